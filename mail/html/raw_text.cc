#include "mail/html/raw_text.h"

#include <algorithm>
#include <array>

#include "mail/html/cursor.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kScript = "script";

struct Row {
  std::string_view element;
  HtmlContent content;
};
constexpr std::array kContents = {
    Row{"iframe", HtmlContent::rawtext},   Row{"noembed", HtmlContent::rawtext},
    Row{"noframes", HtmlContent::rawtext}, Row{"plaintext", HtmlContent::plaintext},
    Row{"script", HtmlContent::script},    Row{"style", HtmlContent::rawtext},
    Row{"textarea", HtmlContent::rcdata},  Row{"title", HtmlContent::rcdata},
    Row{"xmp", HtmlContent::rawtext},
};

// Whether a tag's whole name is `name`, in any case, at the start of `text`.
bool is_named(std::string_view text, std::string_view name) {
  return starts_with_ignoring_case(text, name) && text.size() > name.size() && ends_html_name(text[name.size()]);
}

bool is_end_tag(std::string_view text, std::string_view element) {
  return !element.empty() && text.starts_with("</") && is_named(text.substr(2), element);
}

// HTML 13.2.5.15 to 31: inside "<!--" and "-->" a <script> and its end tag belong to the script.
std::size_t end_of_script(std::string_view html, std::string_view element) {
  enum class Inside { script, comment, script_in_comment } inside = Inside::script;
  for (std::size_t at = html.find_first_of("<-"); at != std::string_view::npos; at = html.find_first_of("<-", at)) {
    const std::string_view text = html.substr(at);
    std::size_t octets = 1;
    if (inside != Inside::script_in_comment && is_end_tag(text, element)) return at;
    if (inside == Inside::script) {
      if (text.starts_with("<!--")) {
        inside = Inside::comment;
        octets = 2;  // these dashes may be those of "-->", too
      }
    } else if (text.starts_with("-->")) {
      inside = Inside::script;
    } else if (inside == Inside::comment && text.front() == '<' && is_named(text.substr(1), kScript)) {
      inside = Inside::script_in_comment;
    } else if (inside == Inside::script_in_comment && is_end_tag(text, kScript)) {
      inside = Inside::comment;
    }
    at += octets;
  }
  return std::string_view::npos;
}

}  // namespace

HtmlContent content_of(std::string_view element) {
  const auto* found =
      std::find_if(kContents.begin(), kContents.end(), [&](const Row& row) { return row.element == element; });
  return found == kContents.end() ? HtmlContent::data : found->content;
}

std::size_t end_of_content(std::string_view html, HtmlContent content, std::string_view element) {
  if (content == HtmlContent::plaintext) return std::string_view::npos;
  if (content == HtmlContent::cdata) return html.find("]]>");
  if (content == HtmlContent::script) return end_of_script(html, element);
  std::size_t at = html.find("</");
  while (at != std::string_view::npos && !is_end_tag(html.substr(at), element)) at = html.find("</", at + 2);
  return at;
}

}  // namespace majlis::mail
