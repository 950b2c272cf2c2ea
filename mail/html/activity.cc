#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/html/clean.h"
#include "mail/html/declarations.h"
#include "mail/html/elements.h"
#include "mail/html/link.h"
#include "mail/html/tag.h"
#include "mail/html/tokenizer.h"

namespace majlis::mail {
namespace {

// Charsets in which octets of ASCII mean something else, as a page may name them.
constexpr std::array<std::string_view, 9> kHidingCharsets = {"utf-7", "utf7",      "unicode", "utf-16",        "utf-32",
                                                             "ucs-",  "iso-2022-", "hz",      "x-user-defined"};

// Attributes by which old readers run or take in what stands elsewhere.
constexpr std::array<std::string_view, 4> kActiveAttributes = {"srcdoc", "datasrc", "datafld", "dataformatas"};

bool hides_markup(std::string_view charset) {
  const std::string name = to_lower_ascii(trim(charset));
  return std::any_of(kHidingCharsets.begin(), kHidingCharsets.end(), [&](std::string_view each) {
    return name.find(each) != std::string::npos && !name.starts_with("utf-8");
  });
}

// '<' where a reader could see a tag, a comment or a declaration.
bool has_markup(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (is_html_letter(next) || next == '/' || next == '!' || next == '?') return true;
  }
  return false;
}

// A name that some readers would take for several, or for the end of one.
bool is_odd_name(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) {
    return (c >= '\0' && c < ' ') || std::string_view("<\"'`").find(c) != std::string_view::npos;
  });
}

// Style sheets stand in comments, for readers that do not know them.
std::string_view without_comment_mark(std::string_view sheet) {
  constexpr std::string_view kMark = "<!--";
  sheet = trim(sheet);
  if (sheet.starts_with(kMark)) sheet.remove_prefix(kMark.size());
  return sheet;
}

class Inspection {
 public:
  Inspection(const HtmlPage& page, RemoteContent remote) : page_(page), remote_(remote) {}

  bool finds_anything(std::string_view text) {
    if (text.find('\0') != std::string_view::npos || has_unclear_declaration(text)) return true;
    if (page_.charset.find("iso-2022") == std::string_view::npos && text.find('\x1B') != std::string_view::npos) {
      return true;
    }
    HtmlTokenizer tokenizer(text);
    tokenizer.read_on();
    HtmlToken token;
    while (tokenizer.next(token)) {
      if (is_active(token)) return true;
      if (token.kind == HtmlToken::Kind::start_tag) tokenizer.enter(content_of(token.name));
    }
    return tokenizer.has_unclosed() || (is_read_differently_ && has_markup_in_text_);
  }

 private:
  bool is_active(const HtmlToken& token) {
    switch (token.kind) {
      case HtmlToken::Kind::text: return is_active_text(token.text);
      case HtmlToken::Kind::comment: return is_active_comment(token.text);
      case HtmlToken::Kind::doctype: return false;
      case HtmlToken::Kind::start_tag: element_ = token.name; return is_active_tag(token);
      case HtmlToken::Kind::end_tag: element_.clear(); return is_active_element(token.name);
    }
    return true;
  }

  bool is_active_comment(std::string_view text) {
    has_markup_in_text_ = has_markup_in_text_ || has_markup(text);
    return is_conditional_comment(text);
  }

  // What follows a start tag is its content.
  bool is_active_text(std::string_view text) {
    const HtmlContent content = content_of(element_);
    const bool is_style = element_ == "style";
    element_.clear();
    if (is_style) return has_markup(without_comment_mark(text)) || has_active_style(text, remote_);
    if (content == HtmlContent::data) return false;
    return has_markup(text);
  }

  bool is_active_tag(const HtmlToken& tag) {
    if (is_active_element(tag.name) || tag.attributes.size() >= kMaxHtmlAttributes) return true;
    if (is_odd_name(tag.name)) return true;
    is_read_differently_ = is_read_differently_ || mail::is_read_differently(tag.name);
    if (tag.name == "meta" && is_active_meta(tag)) return true;
    return std::any_of(tag.attributes.begin(), tag.attributes.end(), [&](const auto& each) { return acts(each); }) ||
           std::any_of(tag.repeated.begin(), tag.repeated.end(), [&](const auto& each) { return acts(each); });
  }

  bool is_active_meta(const HtmlToken& tag) const {
    const std::string* equivalent = tag.attribute("http-equiv");
    const std::string* charset = tag.attribute("charset");
    if (equivalent == nullptr) return charset == nullptr || hides(*charset);
    if (!equals_ignoring_case(trim(*equivalent), "content-type")) return true;
    const std::string* content = tag.attribute("content");
    const bool is_html = content != nullptr && starts_with_ignoring_case(trim(*content), "text/html");
    return !is_html || hides(*content) || (charset != nullptr && hides(*charset));
  }

  // A page in such a charset that says so once more hides nothing.
  bool hides(std::string_view written) const {
    return hides_markup(written) && (page_.charset.empty() || !to_lower_ascii(written).ends_with(page_.charset));
  }

  bool acts(const HtmlAttribute& attribute) {
    const std::string& name = attribute.name;
    has_markup_in_text_ = has_markup_in_text_ || has_markup(attribute.value);
    if (name.starts_with("on") && name.size() > 2) return true;
    if (is_odd_name(name) || attribute.value.starts_with('`')) return true;
    if (std::find(kActiveAttributes.begin(), kActiveAttributes.end(), name) != kActiveAttributes.end()) return true;
    if (name == "style") return has_active_style(attribute.value, remote_);
    if (!is_link_attribute(name)) return false;
    const LinkKind kind = kind_of_links(name, attribute.value);
    const bool is_remote = kind != LinkKind::inside && !trim(attribute.value).empty();
    return kind == LinkKind::active || (remote_ == RemoteContent::remove && is_remote && is_loading_attribute(name));
  }

  const HtmlPage& page_;
  RemoteContent remote_;
  std::string element_;  // of the start tag in front
  bool is_read_differently_ = false;
  bool has_markup_in_text_ = false;
};

}  // namespace

bool is_active_page(const HtmlPage& page, RemoteContent remote) {
  return page.charset == "utf-7" || Inspection(page, remote).finds_anything(with_lf(page.text));
}

}  // namespace majlis::mail
