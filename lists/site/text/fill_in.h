#pragma once

#include <map>
#include <string>
#include <string_view>

namespace majlis::lists {

using TextValues = std::map<std::string, std::string, std::less<>>;

// Every ${word} that has a value replaced, in one pass: what is put in is never read again. Others stay as they are.
std::string fill_in(std::string_view text, const TextValues& values);

}  // namespace majlis::lists
