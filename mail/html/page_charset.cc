#include "mail/html/page_charset.h"

#include "base/text.h"
#include "mail/html/tokenizer.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxPrologueOctets = 4096;

// "utf-8" of "text/html; charset=utf-8".
std::string charset_in(std::string_view content) {
  constexpr std::string_view kName = "charset=";
  const std::size_t at = find_ignoring_case(content, kName);
  if (at == std::string_view::npos) return {};
  const std::string_view value = trim(content.substr(at + kName.size()));
  return to_lower_ascii(trim(value.substr(0, value.find_first_of("; "))));
}

}  // namespace

std::string charset_of_page(std::string_view octets, std::string_view of_part) {
  if (!of_part.empty() && of_part != "us-ascii" && of_part != "ascii") return std::string(of_part);
  HtmlTokenizer tokenizer(octets.substr(0, kMaxPrologueOctets));
  for (HtmlToken token; tokenizer.next(token);) {
    if (token.kind != HtmlToken::Kind::start_tag) continue;
    tokenizer.enter(content_of(token.name));
    if (token.name != "meta") continue;
    if (const std::string* charset = token.attribute("charset")) return to_lower_ascii(trim(*charset));
    const std::string* content = token.attribute("content");
    const std::string found = content == nullptr ? std::string() : charset_in(*content);
    if (!found.empty()) return found;
  }
  return std::string(of_part);
}

}  // namespace majlis::mail
