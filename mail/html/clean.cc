#include "mail/html/clean.h"

#include <array>
#include <unordered_map>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/html/link.h"
#include "mail/html/page_writer.h"
#include "mail/html/tokenizer.h"

namespace majlis::mail {
namespace {

// Tags that end a drawing or formula that was never closed (HTML 13.2.6.5).
bool ends_foreign_content(std::string_view name) {
  const KeptElement* element = find_kept_element(name);
  return name == "body" || (element != nullptr && name != "a" && name != "font");
}

bool is_foreign(std::string_view name) { return local_name(name) == "svg" || local_name(name) == "math"; }

// What the page has elements of that are dropped whole: how many end tags of each are still to come.
std::unordered_map<std::string, std::size_t> count_end_tags(std::string_view html) {
  std::unordered_map<std::string, std::size_t> counts;
  HtmlTokenizer tokenizer(html);
  tokenizer.read_on();
  for (HtmlToken token; tokenizer.next(token);) {
    if (token.kind == HtmlToken::Kind::start_tag) tokenizer.enter(content_of(token.name));
    if (token.kind == HtmlToken::Kind::end_tag && is_dropped_element(token.name)) ++counts[token.name];
  }
  return counts;
}

class Cleaner {
 public:
  Cleaner(std::string_view html, RemoteContent remote)
      : tokenizer_(html), end_tags_(count_end_tags(html)), remote_(remote) {
    tokenizer_.read_on();
  }

  std::string clean() {
    for (HtmlToken token; tokenizer_.next(token);) {
      switch (token.kind) {
        case HtmlToken::Kind::text: take_text(token.text); break;
        case HtmlToken::Kind::start_tag: take_start_tag(token); break;
        case HtmlToken::Kind::end_tag: take_end_tag(token.name); break;
        case HtmlToken::Kind::comment: break;
        case HtmlToken::Kind::doctype: has_doctype_ = true; break;
      }
    }
    return (has_doctype_ ? "<!DOCTYPE html>\n" : "") + ("<html" + html_attributes_) +
           "><head><meta charset=\"utf-8\">" + styles_ + "</head><body" + body_attributes_ + ">" + body_.finish() +
           "</body></html>\n";
  }

 private:
  void take_text(std::string_view text) {
    if (is_in_style_) {
      const std::string rules = harmless_rules(text);
      if (!rules.empty()) styles_.append("<style" + media_ + ">\n").append(rules).append("</style>");
    } else if (dropped_.empty()) {
      body_.add_text(text);
    }
    is_in_style_ = false;
  }

  void take_start_tag(const HtmlToken& tag) {
    tokenizer_.enter(content_of(tag.name));
    is_in_style_ = false;
    if (!dropped_.empty() && is_foreign(dropped_) && ends_foreign_content(tag.name)) dropped_.clear();
    if (!dropped_.empty()) return begin_inside_dropped(tag);
    if (tag.name == "style") {
      is_in_style_ = true;
      media_ = media_of(tag);
    } else if (is_dropped_element(tag.name)) {
      begin_dropped(tag);
    } else if (tag.name == "html" || tag.name == "body") {
      take_frame(tag);
    } else if (const KeptElement* element = find_kept_element(tag.name)) {
      take_kept(*element, tag);
    }
  }

  // One without an end tag ends where it begins.
  void begin_dropped(const HtmlToken& tag) {
    const auto left = end_tags_.find(tag.name);
    if ((tag.is_self_closing && is_foreign(tag.name)) || left == end_tags_.end() || left->second == 0) return;
    dropped_ = tag.name;
    depth_ = 1;
  }

  void begin_inside_dropped(const HtmlToken& tag) {
    if (tag.name == dropped_ && !tag.is_self_closing) ++depth_;
  }

  void take_end_tag(const std::string& name) {
    is_in_style_ = false;
    const auto left = end_tags_.find(name);
    if (left != end_tags_.end()) --left->second;
    if (dropped_.empty()) {
      body_.end(name);
    } else if (name == dropped_ && (--depth_ == 0 || left->second == 0)) {
      dropped_.clear();
    }
  }

  // The first of each counts.
  void take_frame(const HtmlToken& tag) {
    bool& is_known = tag.name == "html" ? has_html_ : has_body_;
    if (!is_known) (tag.name == "html" ? html_attributes_ : body_attributes_) = attributes_of(tag);
    is_known = true;
  }

  void take_kept(const KeptElement& element, const HtmlToken& tag) {
    const std::string attributes = attributes_of(tag);
    if (element.name == "img" && attributes.empty()) return;
    body_.start(element, attributes);
  }

  static std::string media_of(const HtmlToken& tag) {
    const std::string* media = tag.attribute("media");
    if (media == nullptr || media->empty()) return {};
    const std::string wanted = to_lower_ascii(*media);
    const bool is_plain = wanted.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-:,.() ") == std::string::npos;
    return html_attribute("media", is_plain ? std::string_view(wanted) : "not all");
  }

  std::string attributes_of(const HtmlToken& tag) const {
    std::string written;
    for (const HtmlAttribute& each : tag.attributes) {
      if (may_have_attribute(tag.name, each.name)) written += attribute_of(each);
    }
    return written;
  }

  std::string attribute_of(const HtmlAttribute& attribute) const {
    if (attribute.name == "style") {
      const std::string declarations = harmless_declarations(attribute.value);
      return declarations.empty() ? std::string() : html_attribute("style", declarations);
    }
    if (!is_link_attribute(attribute.name)) return html_attribute(attribute.name, attribute.value);
    const std::string link = plain_link(attribute.value);
    const bool is_remote = is_loading_attribute(attribute.name) && kind_of_link(link) != LinkKind::inside;
    if (link.empty() || (is_remote && remote_ == RemoteContent::remove)) return {};
    return html_attribute(attribute.name, link);
  }

  HtmlTokenizer tokenizer_;
  std::unordered_map<std::string, std::size_t> end_tags_;
  RemoteContent remote_;
  PageWriter body_;
  std::string styles_, html_attributes_, body_attributes_;
  std::string media_;  // of the style sheet that begins
  bool is_in_style_ = false;
  bool has_doctype_ = false, has_html_ = false, has_body_ = false;
  std::string dropped_;    // the element that everything goes with; "" = none
  std::size_t depth_ = 0;  // of such elements in each other
};

}  // namespace

std::string clean_page(std::string_view page, RemoteContent remote) {
  std::string text = with_lf(to_utf8(page, "utf-8"));
  std::erase(text, '\0');
  return Cleaner(text, remote).clean();
}

}  // namespace majlis::mail
