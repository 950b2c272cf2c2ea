#include <optional>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/coding/quoted_printable.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxCharsetOctets = 60;

// One "=?charset?encoding?text?=" as found.
struct EncodedWord {
  std::size_t octets;  // length as written
  std::string charset;
  std::string bytes;
};

std::string decode_q(std::string_view text) {
  std::string spaced(text);
  for (char& c : spaced) {
    if (c == '_') c = ' ';
  }
  return decode_escapes(spaced);
}

// `text` starts with "=?". The encoded text ends at the next "?", so a failure costs no more than was read: linear.
std::optional<EncodedWord> read_encoded_word(std::string_view text) {
  const std::size_t charset_end = text.substr(0, kMaxCharsetOctets + 2).find('?', 2);
  if (charset_end == std::string_view::npos || charset_end == 2) return std::nullopt;
  if (text.size() < charset_end + 3 || text[charset_end + 2] != '?') return std::nullopt;
  const char encoding = to_lower_ascii(text[charset_end + 1]);
  if (encoding != 'q' && encoding != 'b') return std::nullopt;
  const std::size_t start = charset_end + 3;
  const std::size_t end = text.find('?', start);
  if (end == std::string_view::npos || text.substr(end, 2) != "?=") return std::nullopt;

  std::string_view charset = text.substr(2, charset_end - 2);
  charset = charset.substr(0, charset.find('*'));  // RFC 2231 5: a language may follow
  const std::string_view encoded = text.substr(start, end - start);
  return EncodedWord{end + 2, to_lower_ascii(charset), encoding == 'q' ? decode_q(encoded) : decode_base64(encoded)};
}

// Collects what belongs together: senders cut characters across adjacent words of one charset.
class Decoder {
 public:
  void add_plain(std::string_view text) {
    if (text.empty()) return;
    flush_word();
    out_ += to_utf8(text, "");
  }
  void add_word(const EncodedWord& word) {
    if (!pending_.empty() && word.charset != charset_) flush_word();
    charset_ = word.charset;
    pending_ += word.bytes;
  }
  std::string finish() {
    flush_word();
    return std::move(out_);
  }

 private:
  void flush_word() {
    if (!pending_.empty()) out_ += to_utf8(pending_, charset_);
    pending_.clear();
  }
  std::string out_;
  std::string charset_;
  std::string pending_;
};

bool is_only_space(std::string_view text) { return trim(text).empty(); }

std::string blank_controls(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const char32_t c = next_code_point(text);
    append_utf8(clean, is_control(c) ? U' ' : c);
  }
  return clean;
}

bool is_line_end(char c) { return c == '\r' || c == '\n'; }

// A fold leaves its blank; a line end that is no fold becomes one.
std::string unfold(std::string_view body) {
  std::string line;
  line.reserve(body.size());
  for (std::size_t at = 0; at < body.size(); ++at) {
    if (!is_line_end(body[at])) {
      line += body[at];
    } else if (at + 1 < body.size() && !is_line_end(body[at + 1]) && !is_blank(body[at + 1])) {
      line += ' ';
    }
  }
  return line;
}

}  // namespace

std::string decode_words(std::string_view field_body) {
  const std::string unfolded = unfold(field_body);
  std::string_view rest(unfolded);
  Decoder decoder;
  bool after_word = false;
  std::size_t at = 0;  // rest[0, at) is plain text not yet handed on
  for (;;) {
    const std::size_t start = rest.find("=?", at);
    if (start == std::string_view::npos) break;
    const std::optional<EncodedWord> word = read_encoded_word(rest.substr(start));
    if (!word) {
      at = start + 2;
      continue;
    }
    const std::string_view before = rest.substr(0, start);
    if (!after_word || !is_only_space(before)) decoder.add_plain(before);
    decoder.add_word(*word);
    rest.remove_prefix(start + word->octets);
    at = 0;
    after_word = true;
  }
  decoder.add_plain(rest);
  return blank_controls(decoder.finish());
}

}  // namespace majlis::mail
