#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace majlis {

constexpr std::size_t kLetterColumns = 78;  // RFC 5322 2.1.1: what a line of a letter should have at most

// Characters of UTF-8 text.
std::size_t columns_of(std::string_view line);

// Where a line of more than `columns` is to be broken: the octet of a blank that the next line begins behind. The last
// one that leaves no more than `columns`, else the first there is; not behind an opening mark or before a closing one
// ("quelle liste ?"). npos: it is short enough, or has no such blank. Blanks at its beginning are none.
std::size_t find_break(std::string_view line, std::size_t columns);

// Every line broken so, its parts as far from the margin as the line was.
std::string wrapped(std::string_view text, std::size_t columns);

}  // namespace majlis
