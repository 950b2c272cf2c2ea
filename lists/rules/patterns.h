#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "lists/rules/rules.h"

namespace majlis::lists {

// What is searched, and how it is called in a reason: "taboo header match /x/".
struct SearchedText {
  std::string_view text;
  std::size_t max_lines;
  std::string_view called;
};

// The list's patterns of this setting, each on each line. The first that matches holds the post, and so does one that
// cannot tell within the bound of all searches together: then it is named in Decision::broken_pattern.
std::optional<Decision> search_patterns(const ListConfig& config, Setting setting, const SearchedText& searched);

}  // namespace majlis::lists
