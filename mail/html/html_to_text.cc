#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/coding/unicode.h"
#include "mail/html/html_entities.h"
#include "mail/html/text_flow.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxHtmlOctets = 2 * 1024 * 1024;
constexpr std::size_t kMaxTagOctets = 16 * 1024;
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
    Element{"li", Effect::item},
    Element{"main", Effect::line},
    Element{"nav", Effect::line},
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
};
static_assert(std::is_sorted(kElements.begin(), kElements.end(),
                             [](const Element& a, const Element& b) { return a.name < b.name; }));

Effect effect_of(std::string_view name) {
  const auto found =
      std::lower_bound(kElements.begin(), kElements.end(), name,
                       [](const Element& element, std::string_view wanted) { return element.name < wanted; });
  return found != kElements.end() && found->name == name ? found->effect : Effect::none;
}

bool is_letter(char c) { return to_lower_ascii(c) >= 'a' && to_lower_ascii(c) <= 'z'; }
bool is_space(char c) { return is_blank(c) || c == '\n' || c == '\r' || c == '\f'; }
bool ends_name(char c) { return is_space(c) || c == '/' || c == '>'; }

// Walks over one tag, at most kMaxTagOctets of it: a '>' inside quotes ends nothing.
class TagReader {
 public:
  TagReader(std::string_view html, std::size_t at) : html_(html.substr(0, at + kMaxTagOctets)), at_(at) {}

  std::string_view read_until_name_end() {
    const std::size_t start = at_;
    while (!at_end() && !ends_name(peek())) ++at_;
    return html_.substr(start, at_ - start);
  }

  // The first href's raw value, when there is one.
  std::string_view read_attributes() {
    std::string_view href;
    for (;;) {
      while (!at_end() && (is_space(peek()) || peek() == '/')) ++at_;
      if (at_end()) return href;
      if (peek() == '>') {
        ++at_;
        return href;
      }
      const std::size_t start = at_++;
      while (!at_end() && !ends_name(peek()) && peek() != '=') ++at_;
      const std::string_view name = html_.substr(start, at_ - start);
      const std::string_view value = read_value();
      if (href.empty() && equals_ignoring_case(name, "href")) href = value;
    }
  }

  std::size_t position() const { return at_; }

 private:
  bool at_end() const { return at_ >= html_.size(); }
  char peek() const { return html_[at_]; }

  std::string_view read_value() {
    while (!at_end() && is_space(peek())) ++at_;
    if (at_end() || peek() != '=') return {};
    ++at_;
    while (!at_end() && is_space(peek())) ++at_;
    if (at_end() || peek() == '>') return {};
    const char quote = peek() == '"' || peek() == '\'' ? peek() : '\0';
    const std::size_t start = quote != '\0' ? ++at_ : at_;
    while (!at_end() && (quote != '\0' ? peek() != quote : !is_space(peek()) && peek() != '>')) ++at_;
    const std::string_view value = html_.substr(start, at_ - start);
    if (quote != '\0' && !at_end()) ++at_;
    return value;
  }

  std::string_view html_;
  std::size_t at_;
};

std::string decode_references(std::string_view value) {
  std::string decoded;
  while (!value.empty()) {
    const auto reference = value.front() == '&' ? read_character_reference(value) : std::nullopt;
    if (reference) append_utf8(decoded, reference->code_point);
    if (!reference) decoded += value.front();
    value.remove_prefix(reference ? reference->octets : 1);
  }
  return decoded;
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
  const std::string link = decode_references(trim(href.substr(0, kMaxLinkOctets + 1)));
  const bool known = std::any_of(kSchemes.begin(), kSchemes.end(),
                                 [&](std::string_view scheme) { return starts_with_ignoring_case(link, scheme); });
  const bool printable =
      std::all_of(link.begin(), link.end(), [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>'; });
  return known && printable && link.size() <= kMaxLinkOctets ? link : std::string();
}

class Reader {
 public:
  explicit Reader(std::string_view html) : html_(html) {}

  std::string read() {
    while (at_ < html_.size()) {
      const char c = html_[at_];
      if (c == '<') {
        read_markup();
      } else if (c == '&') {
        read_reference();
      } else {
        std::string_view rest = html_.substr(at_);
        flow_.add_character(next_code_point(rest));
        at_ = html_.size() - rest.size();
      }
    }
    return flow_.finish();
  }

 private:
  char ahead(std::size_t distance) const { return at_ + distance < html_.size() ? html_[at_ + distance] : '\0'; }

  void read_reference() {
    constexpr std::size_t kEnough = 64;
    const auto reference = read_character_reference(html_.substr(at_, kEnough));
    flow_.add_character(reference ? reference->code_point : U'&');
    at_ += reference ? reference->octets : 1;
  }

  void read_markup() {
    if (html_.substr(at_).starts_with("<!--")) return skip_comment();
    if (ahead(1) == '!' || ahead(1) == '?') return skip_to('>');
    if (ahead(1) == '/') return is_letter(ahead(2)) ? read_end_tag() : skip_to('>');
    if (is_letter(ahead(1))) return read_start_tag();
    flow_.add_character(U'<');
    ++at_;
  }

  void skip_to(char end) {
    const std::size_t found = html_.find(end, at_);
    at_ = found == std::string_view::npos ? html_.size() : found + 1;
  }

  // Ends at "-->" or "--!>"; "<!-->" and "<!--->" are whole comments (HTML, 13.2.5.43).
  void skip_comment() {
    at_ += 2;
    for (;;) {
      at_ = html_.find("--", at_);
      if (at_ == std::string_view::npos) break;
      const std::string_view tail = html_.substr(at_ + 2, 2);
      if (tail.starts_with('>') || tail == "!>") return skip_to('>');
      ++at_;
    }
    at_ = html_.size();
  }

  void read_start_tag() {
    TagReader tag(html_, at_ + 1);
    const std::string name = to_lower_ascii(tag.read_until_name_end());
    const std::string_view href = tag.read_attributes();
    at_ = tag.position();
    const Effect effect = effect_of(name);
    switch (effect) {
      case Effect::dropped: return skip_raw_text(name);
      case Effect::preformatted: flow_.begin_preformatted(); return flow_.break_paragraph();
      case Effect::quote: return flow_.begin_quote();
      case Effect::link: return begin_link(href);
      case Effect::item: return flow_.begin_item();
      case Effect::cell: return flow_.add_blank();
      default: return break_for(effect);
    }
  }

  void read_end_tag() {
    TagReader tag(html_, at_ + 2);
    const std::string name = to_lower_ascii(tag.read_until_name_end());
    tag.read_attributes();
    at_ = tag.position();
    const Effect effect = effect_of(name);
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

  // Everything up to the matching end tag; without one, nothing of the rest is text.
  void skip_raw_text(std::string_view name) {
    for (;;) {
      at_ = html_.find("</", at_);
      if (at_ == std::string_view::npos) break;
      const std::string_view rest = html_.substr(at_ + 2);
      const bool same = starts_with_ignoring_case(rest, name);
      if (same && (rest.size() == name.size() || ends_name(rest[name.size()]))) return read_end_tag();
      at_ += 2;
    }
    at_ = html_.size();
  }

  void begin_link(std::string_view href) {
    link_ = visible_link(href);
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

  std::string_view html_;
  std::size_t at_ = 0;
  TextFlow flow_;
  std::string link_;
  std::size_t link_start_ = 0;
};

}  // namespace

std::string html_to_text(std::string_view html) {
  return Reader(to_utf8(html.substr(0, kMaxHtmlOctets), "utf-8")).read();
}

}  // namespace majlis::mail
