#pragma once

#include <functional>
#include <string_view>

#include "mail/message.h"

namespace majlis::lists {

// Whether `is_it` says yes to a word of what people could read of a message: header fields of every part, as written
// and decoded, texts in any transfer encoding and of any type that can be read, HTML with and without its tags, what
// stands around the parts of a multipart. A word is a stretch of visible ASCII, and any piece of it that begins and
// ends at a mark ("approve,PASSWORD", "<PASSWORD>") with at most twelve marks in it, so that what stands around a
// password does not hide it; nor do invisible characters in it or the %20 of an address. Those of a length that no
// password has are left out. At most kMaxWordsTried are asked about. Any octets.
constexpr std::size_t kMaxWordsTried = 200'000;
bool has_word(const mail::Message& message, const std::function<bool(std::string_view word)>& is_it);
// The same of a text.
bool has_word(std::string_view text, const std::function<bool(std::string_view word)>& is_it);

}  // namespace majlis::lists
