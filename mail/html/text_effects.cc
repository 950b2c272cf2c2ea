#include "mail/html/text_effects.h"

#include <algorithm>
#include <array>

namespace majlis::mail {
namespace {

using Effect = TextEffect;

struct Element {
  std::string_view name;
  Effect effect;
};

// Sorted by name.
constexpr std::array kElements = {
    Element{"a", Effect::link},
    Element{"address", Effect::line},
    Element{"article", Effect::paragraph},
    Element{"aside", Effect::paragraph},
    Element{"blockquote", Effect::quote},
    Element{"body", Effect::line},
    Element{"br", Effect::line},
    Element{"caption", Effect::line},
    Element{"center", Effect::line},
    Element{"dd", Effect::line},
    Element{"div", Effect::line},
    Element{"dl", Effect::paragraph},
    Element{"dt", Effect::line},
    Element{"fieldset", Effect::paragraph},
    Element{"figcaption", Effect::line},
    Element{"figure", Effect::line},
    Element{"footer", Effect::line},
    Element{"form", Effect::line},
    Element{"h1", Effect::paragraph},
    Element{"h2", Effect::paragraph},
    Element{"h3", Effect::paragraph},
    Element{"h4", Effect::paragraph},
    Element{"h5", Effect::paragraph},
    Element{"h6", Effect::paragraph},
    Element{"header", Effect::line},
    Element{"hr", Effect::paragraph},
    Element{"iframe", Effect::dropped},
    Element{"img", Effect::image},
    Element{"legend", Effect::line},
    Element{"li", Effect::item},
    Element{"main", Effect::line},
    Element{"nav", Effect::line},
    Element{"noembed", Effect::dropped},
    Element{"noframes", Effect::dropped},
    Element{"ol", Effect::numbered_list},
    Element{"option", Effect::line},
    Element{"p", Effect::paragraph},
    Element{"pre", Effect::preformatted},
    Element{"script", Effect::dropped},
    Element{"section", Effect::paragraph},
    Element{"style", Effect::dropped},
    Element{"table", Effect::line},
    Element{"td", Effect::cell},
    Element{"th", Effect::cell},
    Element{"title", Effect::dropped},
    Element{"tr", Effect::line},
    Element{"ul", Effect::list},
    Element{"xmp", Effect::preformatted},
};
static_assert(std::is_sorted(kElements.begin(), kElements.end(),
                             [](const Element& a, const Element& b) { return a.name < b.name; }));

}  // namespace

TextEffect text_effect_of(std::string_view name) {
  const auto found =
      std::lower_bound(kElements.begin(), kElements.end(), name,
                       [](const Element& element, std::string_view wanted) { return element.name < wanted; });
  return found != kElements.end() && found->name == name ? found->effect : Effect::none;
}

}  // namespace majlis::mail
