#include "mail/html/first_line.h"

#include <algorithm>
#include <array>

#include "base/unicode.h"
#include "mail/html/tokenizer.h"

namespace majlis::mail {
namespace {

// Elements that a line goes on in. Sorted.
constexpr std::array<std::string_view, 14> kWithinALine = {"a",    "b",   "big",   "code", "em",     "font", "i",
                                                           "mark", "o:p", "small", "span", "strong", "tt",   "u"};
static_assert(std::is_sorted(kWithinALine.begin(), kWithinALine.end()));

bool is_all_blank(std::string_view text) {
  const std::string plain = with_plain_blanks(text);
  return plain.find_first_not_of(" \t\r\n\f") == std::string::npos;
}

class Reader {
 public:
  explicit Reader(std::string_view html) : html_(html), tokenizer_(html) {}

  HtmlLine read() {
    HtmlToken token;
    std::size_t begin = 0;
    while (!is_ended_ && tokenizer_.next(token)) {
      const std::size_t end = tokenizer_.position();
      take(token, {begin, end});
      begin = end;
    }
    return is_all_blank(line_.text) ? HtmlLine() : std::move(line_);
  }

 private:
  void take(const HtmlToken& token, OctetRange octets) {
    const bool is_tag = token.kind == HtmlToken::Kind::start_tag || token.kind == HtmlToken::Kind::end_tag;
    if (token.kind == HtmlToken::Kind::text && !is_hidden_) take_text(token.text, octets);
    if (!is_tag) return;
    const bool is_start = token.kind == HtmlToken::Kind::start_tag;
    const HtmlContent content = is_start ? content_of(token.name) : HtmlContent::data;
    if (is_start) tokenizer_.enter(content);
    is_hidden_ = content != HtmlContent::data && content != HtmlContent::plaintext;
    if (token.name == "pre") is_preformatted_ = is_start;
    if (!std::binary_search(kWithinALine.begin(), kWithinALine.end(), token.name)) end_line();
  }

  // In preformatted text a line ends where it ends in the page.
  void take_text(std::string_view text, OctetRange octets) {
    if (is_preformatted_) {
      const std::string_view raw = html_.substr(octets.begin, octets.end - octets.begin);
      const std::size_t first = raw.find_first_not_of(" \t\r\n");
      const std::size_t end = first == std::string_view::npos ? first : raw.find('\n', first);
      is_ended_ = end != std::string_view::npos;
      if (is_ended_) octets.end = octets.begin + end;
      text = text.substr(0, text.find('\n', std::min(text.size(), text.find_first_not_of(" \t\r\n"))));
    }
    line_.text += text;
    line_.octets.push_back(octets);
  }

  void end_line() {
    if (is_all_blank(line_.text)) {
      line_ = {};
    } else {
      is_ended_ = true;
    }
  }

  std::string_view html_;
  HtmlTokenizer tokenizer_;
  HtmlLine line_;
  bool is_hidden_ = false;  // until the next tag: nothing else stands in such an element
  bool is_preformatted_ = false;
  bool is_ended_ = false;
};

}  // namespace

HtmlLine first_line_of_html(std::string_view html) { return Reader(html).read(); }

}  // namespace majlis::mail
