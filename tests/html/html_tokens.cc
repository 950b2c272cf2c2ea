// Says what the tokenizer makes of pages: html_tokens < FILE. A line of FILE is a content ("data", "rcdata", ...), the
// element it belongs to ("-" where there is none) and the page in hexadecimal ("-" where it is empty); the answer is a
// line of JSON, in the form of the tests of html5lib.
#include <algorithm>
#include <array>
#include <iostream>
#include <string>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/html/tokenizer.h"
#include "pages.h"

namespace {

using majlis::json_string;
using majlis::mail::HtmlContent;
using majlis::mail::HtmlToken;

struct Row {
  std::string_view word;
  HtmlContent content;
};
constexpr std::array kContents = {
    Row{"data", HtmlContent::data},     Row{"rcdata", HtmlContent::rcdata},       Row{"rawtext", HtmlContent::rawtext},
    Row{"script", HtmlContent::script}, Row{"plaintext", HtmlContent::plaintext}, Row{"cdata", HtmlContent::cdata},
};

std::string or_null(const std::optional<std::string>& text) { return text ? json_string(*text) : "null"; }

std::string json_of(const HtmlToken& token) {
  switch (token.kind) {
    case HtmlToken::Kind::text: return R"(["Character",)" + json_string(token.text) + "]";
    case HtmlToken::Kind::comment: return R"(["Comment",)" + json_string(token.text) + "]";
    case HtmlToken::Kind::end_tag: return R"(["EndTag",)" + json_string(token.name) + "]";
    case HtmlToken::Kind::doctype:
      return R"(["DOCTYPE",)" + (token.name.empty() ? "null" : json_string(token.name)) + "," +
             or_null(token.public_id) + "," + or_null(token.system_id) + (token.needs_quirks ? ",false]" : ",true]");
    case HtmlToken::Kind::start_tag: break;
  }
  std::string attributes;
  for (const auto& each : token.attributes) {
    attributes += (attributes.empty() ? "" : ",") + json_string(each.name) + ":" + json_string(each.value);
  }
  return R"(["StartTag",)" + json_string(token.name) + ",{" + attributes + "}" +
         (token.is_self_closing ? ",true]" : "]");
}

std::string tokens_of(std::string_view page, HtmlContent content, std::string_view element) {
  // What is UTF-8 already keeps its byte order mark.
  const std::string utf8 = majlis::is_valid_utf8(page) ? std::string(page) : majlis::mail::to_utf8(page, "utf-8");
  const std::string text = majlis::mail::with_lf(utf8);
  majlis::mail::HtmlTokenizer tokenizer(text, content, element);
  std::string all;
  for (HtmlToken token; tokenizer.next(token);) all += (all.empty() ? "" : ",") + json_of(token);
  return "[" + all + "]";
}

}  // namespace

int main() {
  std::string word, element, page;
  while (std::cin >> word >> element >> page) {
    const auto* row =
        std::find_if(kContents.begin(), kContents.end(), [&](const Row& each) { return each.word == word; });
    if (row == kContents.end()) return 2;
    std::cout << tokens_of(page == "-" ? "" : majlis::bytes_of_hex(page), row->content, element == "-" ? "" : element)
              << "\n";
  }
  return 0;
}
