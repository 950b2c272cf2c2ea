#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/html/text_flow.h"
#include "mail/html/tokenizer.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxHtmlOctets = 2 * 1024 * 1024;
constexpr std::size_t kMaxLinkOctets = 2000;

enum class Effect { none, line, paragraph, item, cell, preformatted, quote, dropped, link };

struct Element {
  std::string_view name;
  Effect effect;
};

// What an element does to the lines. Sorted by name.
constexpr std::array kElements = {
    Element{"a", Effect::link},
    Element{"address", Effect::line},
    Element{"article", Effect::paragraph},
    Element{"aside", Effect::paragraph},
    Element{"blockquote", Effect::quote},
    Element{"body", Effect::line},
    Element{"br", Effect::line},
    Element{"center", Effect::line},
    Element{"dd", Effect::line},
    Element{"div", Effect::line},
    Element{"dl", Effect::paragraph},
    Element{"dt", Effect::line},
    Element{"fieldset", Effect::paragraph},
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
    Element{"li", Effect::item},
    Element{"main", Effect::line},
    Element{"nav", Effect::line},
    Element{"noembed", Effect::dropped},
    Element{"noframes", Effect::dropped},
    Element{"ol", Effect::line},
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
    Element{"ul", Effect::line},
    Element{"xmp", Effect::preformatted},
};
static_assert(std::is_sorted(kElements.begin(), kElements.end(),
                             [](const Element& a, const Element& b) { return a.name < b.name; }));

Effect effect_of(std::string_view name) {
  const auto found =
      std::lower_bound(kElements.begin(), kElements.end(), name,
                       [](const Element& element, std::string_view wanted) { return element.name < wanted; });
  return found != kElements.end() && found->name == name ? found->effect : Effect::none;
}

constexpr std::array<std::string_view, 3> kSchemes = {"http://", "https://", "mailto:"};

std::string_view without_scheme(std::string_view link) {
  for (const std::string_view scheme : kSchemes) {
    if (starts_with_ignoring_case(link, scheme)) link.remove_prefix(scheme.size());
  }
  if (link.ends_with('/')) link.remove_suffix(1);
  return link;
}

// Whether a link's text is the link itself, so that showing both would be noise.
bool says_the_same(std::string_view text, std::string_view link) {
  return without_scheme(text) == without_scheme(link);
}

// A link worth showing; empty for script, relative and unprintable ones.
std::string visible_link(std::string_view href) {
  const std::string_view link = trim(href);
  const bool known = std::any_of(kSchemes.begin(), kSchemes.end(),
                                 [&](std::string_view scheme) { return starts_with_ignoring_case(link, scheme); });
  const bool printable =
      std::all_of(link.begin(), link.end(), [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>'; });
  return known && printable && link.size() <= kMaxLinkOctets ? std::string(link) : std::string();
}

class Reader {
 public:
  explicit Reader(std::string_view html) : tokenizer_(html) {}

  std::string read() {
    HtmlToken token;
    while (tokenizer_.next(token)) {
      switch (token.kind) {
        case HtmlToken::Kind::text: take_text(token.text); break;
        case HtmlToken::Kind::start_tag: take_start_tag(token); break;
        case HtmlToken::Kind::end_tag: take_end_tag(effect_of(token.name)); break;
        case HtmlToken::Kind::comment:
        case HtmlToken::Kind::doctype: break;
      }
    }
    return flow_.finish();
  }

 private:
  void take_text(std::string_view text) {
    if (is_dropping_) return;
    while (!text.empty()) flow_.add_character(next_code_point(text));
  }

  void take_start_tag(const HtmlToken& tag) {
    tokenizer_.enter(content_of(tag.name));
    const Effect effect = effect_of(tag.name);
    switch (effect) {
      case Effect::dropped: is_dropping_ = true; return;
      case Effect::preformatted: flow_.begin_preformatted(); return flow_.break_paragraph();
      case Effect::quote: return flow_.begin_quote();
      case Effect::link: return begin_link(tag.attribute("href"));
      case Effect::item: return flow_.begin_item();
      case Effect::cell: return flow_.add_blank();
      default: return break_for(effect);
    }
  }

  void take_end_tag(Effect effect) {
    is_dropping_ = false;
    if (effect == Effect::link) return end_link();
    if (effect == Effect::quote) return flow_.end_quote();
    if (effect == Effect::preformatted) {
      flow_.end_preformatted();
      return flow_.break_paragraph();
    }
    break_for(effect);
  }

  void break_for(Effect effect) {
    if (effect == Effect::line || effect == Effect::item) flow_.break_line();
    if (effect == Effect::paragraph) flow_.break_paragraph();
  }

  void begin_link(const std::string* href) {
    link_ = href == nullptr ? std::string() : visible_link(*href);
    link_start_ = flow_.written().size();
  }

  void end_link() {
    if (link_.empty()) return;
    const std::string_view text = trim(flow_.written().substr(link_start_));
    const bool shown = says_the_same(text, link_);
    if (!shown) {
      flow_.add_blank();
      flow_.add_word('<' + link_ + '>');
    }
    link_.clear();
  }

  HtmlTokenizer tokenizer_;
  TextFlow flow_;
  bool is_dropping_ = false;  // until the end tag: nothing else stands in such an element
  std::string link_;
  std::size_t link_start_ = 0;
};

}  // namespace

std::string html_to_text(std::string_view html) {
  const std::string text = with_lf(to_utf8(html.substr(0, kMaxHtmlOctets), "utf-8"));
  return Reader(text).read();
}

}  // namespace majlis::mail
