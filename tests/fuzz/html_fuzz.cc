#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/html/plain_text.h"
#include "mail/html/tokenizer.h"

namespace {

using majlis::mail::HtmlContent;
using majlis::mail::HtmlToken;

void require(bool condition) {
  if (!condition) std::abort();
}

// Any page comes apart into valid text, in no more tokens than it has octets.
void take_apart(std::string_view page, HtmlContent content, std::string_view element) {
  majlis::mail::HtmlTokenizer tokenizer(page, content, element);
  std::size_t tokens = 0;
  for (HtmlToken token; tokenizer.next(token); ++tokens) {
    require(majlis::is_valid_utf8(token.name) && majlis::is_valid_utf8(token.text));
    require(token.kind != HtmlToken::Kind::text || !token.text.empty());
    require(token.kind != HtmlToken::Kind::start_tag || !token.name.empty());
    for (const auto& each : token.attributes) {
      require(token.attribute(each.name) == &each.value);
      require(majlis::is_valid_utf8(each.name) && majlis::is_valid_utf8(each.value));
    }
    if (token.kind == HtmlToken::Kind::start_tag) tokenizer.enter(majlis::mail::content_of(token.name));
  }
  require(tokens <= page.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string page = majlis::mail::with_lf(majlis::mail::to_utf8(input, "utf-8"));
  take_apart(page, HtmlContent::data, "");
  take_apart(page, HtmlContent::rcdata, "title");
  take_apart(page, HtmlContent::rawtext, "style");
  take_apart(page, HtmlContent::script, "script");
  require(majlis::is_valid_utf8(majlis::mail::html_to_text(input)));
  require(majlis::is_valid_utf8(majlis::mail::plain_text_of_page(input)));
  return 0;
}
