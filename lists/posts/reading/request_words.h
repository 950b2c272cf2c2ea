#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace majlis::lists {

// What an author wrote, taken apart for find_admin_request().
struct OwnText {
  std::vector<std::string> lines;  // neither blank nor quoted, up to signature or quoted message; at most kMaxOwnLines
  bool has_quote = false;          // text of others stands among or behind it: it is an answer
  std::size_t octets = 0;          // of all lines of the author's, also those beyond
};
constexpr std::size_t kMaxOwnLines = 9;  // as many as resend tests
OwnText own_text(std::string_view text);

// Lower case words without the marks around and in them ("[un]subscribe," is "unsubscribe"); "." ends a sentence.
std::vector<std::string> words_of(std::string_view text);

// Also as people misspell them; not "unsubscribed", "subscriber" and the like.
bool is_unsubscribe(std::string_view word);
bool is_subscribe(std::string_view word);

}  // namespace majlis::lists
