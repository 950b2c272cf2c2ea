#include <algorithm>
#include <array>
#include <vector>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/html/plain_text.h"
#include "mail/html/text_effects.h"
#include "mail/html/text_flow.h"
#include "mail/html/tokenizer.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxHtmlOctets = 2 * 1024 * 1024;
constexpr std::size_t kMaxLinkOctets = 2000;
constexpr std::size_t kMaxIndentedLists = 8;

using Effect = TextEffect;

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

// What the text is for.
enum class For {
  search,   // the words that a reader sees
  reading,  // what stands in place of the page
};

class Reader {
 public:
  Reader(std::string_view html, For purpose) : tokenizer_(html), purpose_(purpose) {
    if (purpose == For::reading) tokenizer_.read_on();
  }

  std::string read() {
    HtmlToken token;
    while (tokenizer_.next(token)) {
      switch (token.kind) {
        case HtmlToken::Kind::text: take_text(token.text); break;
        case HtmlToken::Kind::start_tag: take_start_tag(token); break;
        case HtmlToken::Kind::end_tag: take_end_tag(token.name); break;
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
    const Effect effect = text_effect_of(tag.name);
    switch (effect) {
      case Effect::dropped: is_dropping_ = tokenizer_.content() != HtmlContent::data; return;
      case Effect::preformatted: flow_.begin_preformatted(); return flow_.break_paragraph();
      case Effect::quote: return flow_.begin_quote();
      case Effect::link: return begin_link(tag.attribute("href"));
      case Effect::list:
      case Effect::numbered_list: return begin_list(effect);
      case Effect::item: return flow_.begin_item(next_mark());
      case Effect::image: return add_image(tag.attribute("alt"));
      case Effect::cell: return flow_.add_blank();
      default: return break_for(effect);
    }
  }

  void take_end_tag(std::string_view name) {
    const Effect effect = text_effect_of(name);
    is_dropping_ = false;
    if (effect == Effect::link) return end_link();
    if (effect == Effect::quote) return flow_.end_quote();
    if (effect == Effect::list || effect == Effect::numbered_list) return end_list();
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

  void begin_list(Effect effect) {
    flow_.break_line();
    if (lists_.size() < kMaxIndentedLists) lists_.push_back({effect == Effect::numbered_list, 0});
  }

  void end_list() {
    flow_.break_line();
    if (!lists_.empty()) lists_.pop_back();
  }

  std::string next_mark() {
    if (lists_.empty()) return "- ";
    const std::string indent((lists_.size() - 1) * 2, ' ');
    return lists_.back().is_numbered ? indent + std::to_string(++lists_.back().items) + ". " : indent + "- ";
  }

  void add_image(const std::string* alt) {
    if (alt != nullptr && purpose_ == For::reading) take_text(*alt);
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

  struct List {
    bool is_numbered;
    std::size_t items;
  };

  HtmlTokenizer tokenizer_;
  For purpose_;
  TextFlow flow_;
  std::vector<List> lists_;   // that are open, in each other
  bool is_dropping_ = false;  // until the end tag: nothing else stands in such an element
  std::string link_;
  std::size_t link_start_ = 0;
};

}  // namespace

std::string html_to_text(std::string_view html) {
  const std::string text = with_lf(to_utf8(html.substr(0, kMaxHtmlOctets), "utf-8"));
  return Reader(text, For::search).read();
}

std::string plain_text_of_page(std::string_view page) {
  const std::string text = with_lf(to_utf8(page, "utf-8"));
  return Reader(text, For::reading).read();
}

}  // namespace majlis::mail
