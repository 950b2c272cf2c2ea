#pragma once

#include <string_view>

namespace majlis::mail {

// What an element does to the lines when a page becomes text.
enum class TextEffect {
  none,
  line,
  paragraph,
  list,
  numbered_list,
  item,
  cell,
  preformatted,
  quote,
  dropped,  // with its content
  link,
  image,
};
TextEffect text_effect_of(std::string_view element);

}  // namespace majlis::mail
