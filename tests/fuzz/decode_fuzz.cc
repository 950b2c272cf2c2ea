// The decoders take any octets and give valid UTF-8; the writers take any octets and give one field.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/composer.h"

namespace {

using namespace majlis::mail;

void require(bool holds) {
  if (!holds) abort();
}

bool is_one_field(std::string_view text) {
  if (!text.ends_with("\r\n")) return false;
  const std::size_t colon = text.find(':');
  if (colon == 0 || colon == std::string_view::npos) return false;
  for (bool first = true; !text.empty(); first = false) {
    const std::size_t end = text.find("\r\n");
    const std::string_view line = text.substr(0, end);
    if (line.size() > 998 || line.find_first_of("\r\n") != std::string_view::npos) return false;
    if (line.find('\0') != std::string_view::npos) return false;
    if (!first && (!line.starts_with(' ') || majlis::trim(line).empty())) return false;
    text.remove_prefix(end + 2);
  }
  return true;
}

bool has_word_longer_than(std::string_view text, std::size_t octets) {
  for (const std::string_view word : majlis::split_words(text)) {
    if (word.size() > octets) return true;
  }
  return false;
}

void check_decoders(std::string_view first_line, std::string_view text) {
  require(majlis::is_valid_utf8(to_utf8(text, first_line)));
  require(majlis::is_valid_utf8(html_to_text(text)));
  const std::string words = decode_words(text);
  require(majlis::is_valid_utf8(words));
  for (std::string_view rest(words); !rest.empty();) require(!majlis::is_control(majlis::next_code_point(rest)));

  bool canonical = false;
  const std::string bytes = decode_base64(text, &canonical);
  if (canonical) require(decode_base64(encode_base64(bytes)) == bytes);
  require(decode_base64(encode_base64(text)) == text);
  require(decode_quoted_printable(text).size() <= text.size());
  require(decode_quoted_printable(encode_quoted_printable(text)) == text);
}

void check_writers(std::string_view name, std::string_view body) {
  require(is_one_field(field(name, body)));
  require(is_one_field(field("From", body)));
  const std::string encoded = encode_text(body);
  require(majlis::is_ascii(encoded));
  const std::string subject = field("Subject", encoded);
  require(is_one_field(subject));
  // A word that fills a line of its own is cut, because no line may be longer than 998 octets.
  if (!has_word_longer_than(encoded, 900)) {
    require(decode_words(majlis::trim(std::string_view(subject).substr(8))) == decode_words(encoded));
  }
  require(encode_text(decode_words(encoded)) == encoded);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const std::string_view first_line = majlis::next_line(rest).value_or("");
  check_decoders(first_line, rest);
  check_writers(first_line, rest);
  return 0;
}
