#include "mail/html/elements.h"

#include <algorithm>
#include <array>

namespace majlis::mail {
namespace {

using P = HtmlPlace;

constexpr std::string_view kForAll = "class dir id lang style title";
constexpr std::string_view kOfBody = "alink background bgcolor link text vlink";
constexpr std::string_view kOfCell =
    "abbr align background bgcolor colspan headers height nowrap rowspan scope valign width";
constexpr std::string_view kOfColumn = "align bgcolor span valign width";
constexpr std::string_view kOfRow = "align background bgcolor height valign";
constexpr std::string_view kOfTable =
    "align background bgcolor border bordercolor cellpadding cellspacing height rules summary width";

// Sorted by name.
constexpr std::array kKept = {
    KeptElement{"a", P::anchor, "href name"},
    KeptElement{"abbr", P::inner, ""},
    KeptElement{"acronym", P::inner, ""},
    KeptElement{"address", P::block, ""},
    KeptElement{"article", P::block, ""},
    KeptElement{"aside", P::block, ""},
    KeptElement{"b", P::inner, ""},
    KeptElement{"bdi", P::inner, ""},
    KeptElement{"bdo", P::inner, ""},
    KeptElement{"big", P::inner, ""},
    KeptElement{"blockquote", P::block, "cite type"},
    KeptElement{"br", P::empty, "clear"},
    KeptElement{"caption", P::caption, "align"},
    KeptElement{"center", P::block, ""},
    KeptElement{"cite", P::inner, ""},
    KeptElement{"code", P::inner, ""},
    KeptElement{"col", P::column, kOfColumn},
    KeptElement{"colgroup", P::columns, kOfColumn},
    KeptElement{"dd", P::term, ""},
    KeptElement{"del", P::inner, ""},
    KeptElement{"dfn", P::inner, ""},
    KeptElement{"div", P::block, "align"},
    KeptElement{"dl", P::list, ""},
    KeptElement{"dt", P::term, ""},
    KeptElement{"em", P::inner, ""},
    KeptElement{"figcaption", P::block, ""},
    KeptElement{"figure", P::block, ""},
    KeptElement{"font", P::inner, "color face size"},
    KeptElement{"footer", P::block, ""},
    KeptElement{"h1", P::heading, "align"},
    KeptElement{"h2", P::heading, "align"},
    KeptElement{"h3", P::heading, "align"},
    KeptElement{"h4", P::heading, "align"},
    KeptElement{"h5", P::heading, "align"},
    KeptElement{"h6", P::heading, "align"},
    KeptElement{"header", P::block, ""},
    KeptElement{"hr", P::empty, "align color noshade size width"},
    KeptElement{"i", P::inner, ""},
    KeptElement{"img", P::empty, "align alt border height hspace src vspace width"},
    KeptElement{"ins", P::inner, ""},
    KeptElement{"kbd", P::inner, ""},
    KeptElement{"li", P::item, "type value"},
    KeptElement{"main", P::block, ""},
    KeptElement{"mark", P::inner, ""},
    KeptElement{"nav", P::block, ""},
    KeptElement{"ol", P::list, "start type"},
    KeptElement{"p", P::paragraph, "align"},
    KeptElement{"pre", P::block, ""},
    KeptElement{"q", P::inner, "cite"},
    KeptElement{"s", P::inner, ""},
    KeptElement{"samp", P::inner, ""},
    KeptElement{"section", P::block, ""},
    KeptElement{"small", P::inner, ""},
    KeptElement{"span", P::inner, ""},
    KeptElement{"strike", P::inner, ""},
    KeptElement{"strong", P::inner, ""},
    KeptElement{"sub", P::inner, ""},
    KeptElement{"sup", P::inner, ""},
    KeptElement{"table", P::table, kOfTable},
    KeptElement{"tbody", P::rows, kOfRow},
    KeptElement{"td", P::cell, kOfCell},
    KeptElement{"tfoot", P::rows, kOfRow},
    KeptElement{"th", P::cell, kOfCell},
    KeptElement{"thead", P::rows, kOfRow},
    KeptElement{"tr", P::row, kOfRow},
    KeptElement{"tt", P::inner, ""},
    KeptElement{"u", P::inner, ""},
    KeptElement{"ul", P::list, "type"},
    KeptElement{"var", P::inner, ""},
    KeptElement{"wbr", P::empty, ""},
};
static_assert(std::is_sorted(kKept.begin(), kKept.end(),
                             [](const KeptElement& a, const KeptElement& b) { return a.name < b.name; }));

constexpr std::array<std::string_view, 36> kActive = {
    "applet", "audio",    "base",     "bgsound", "button", "datalist", "embed",  "fencedframe", "form",
    "frame",  "frameset", "handler",  "iframe",  "ilayer", "import",   "input",  "isindex",     "keygen",
    "layer",  "link",     "listener", "math",    "object", "optgroup", "option", "output",      "param",
    "portal", "script",   "select",   "source",  "svg",    "textarea", "track",  "video",       "xml"};

constexpr std::array<std::string_view, 19> kDropped = {
    "applet", "audio",  "canvas", "datalist", "embed", "frameset", "iframe",   "math",  "noembed", "noframes",
    "object", "script", "select", "style",    "svg",   "template", "textarea", "title", "video"};

constexpr std::array<std::string_view, 8> kReadDifferently = {"comment",  "listing",   "noembed",  "noframes",
                                                              "noscript", "plaintext", "template", "xmp"};

template <typename Names>
bool holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool lists(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

}  // namespace

const KeptElement* find_kept_element(std::string_view name) {
  const auto* found =
      std::lower_bound(kKept.begin(), kKept.end(), name,
                       [](const KeptElement& element, std::string_view wanted) { return element.name < wanted; });
  return found != kKept.end() && found->name == name ? found : nullptr;
}

bool may_have_attribute(std::string_view element, std::string_view attribute) {
  if (lists(kForAll, attribute)) return true;
  if (element == "body") return lists(kOfBody, attribute);
  const KeptElement* kept = find_kept_element(element);
  return kept != nullptr && lists(kept->attributes, attribute);
}

std::string_view local_name(std::string_view element) {
  const std::size_t colon = element.rfind(':');
  return colon == std::string_view::npos ? element : element.substr(colon + 1);
}

bool is_active_element(std::string_view name) { return holds(kActive, local_name(name)); }

bool is_dropped_element(std::string_view name) { return holds(kDropped, local_name(name)); }

bool is_read_differently(std::string_view name) { return holds(kReadDifferently, name); }

}  // namespace majlis::mail
