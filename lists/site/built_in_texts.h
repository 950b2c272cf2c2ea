#pragma once

#include <span>
#include <string_view>

namespace majlis::lists {

// The files under lists/site/text/, made into a table by cmake/built_in_texts.cmake.
struct BuiltInText {
  std::string_view language;
  std::string_view name;
  std::string_view content;
};

std::span<const BuiltInText> built_in_texts();

}  // namespace majlis::lists
