#include "mail/composer.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/encoded_words.h"
#include "mail/local_part.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kFoldColumn = 78;      // RFC 5322 2.1.1
constexpr std::size_t kMaxNameOctets = 76;   // leaves a first line below kFoldColumn + kMaxWordOctets
constexpr std::size_t kMaxWordOctets = 900;  // with name and blanks below the 998 octets of a line
constexpr std::size_t kMaxDisplayOctets = 300;
constexpr std::string_view kNamelessField = "X-Unnamed";

// Where RFC 6532 lets UTF-8 stand, because an address cannot be encoded.
constexpr std::array<std::string_view, 6> kAddressFields = {"from", "to", "cc", "reply-to", "sender", "bcc"};

std::string field_name(std::string_view name) {
  std::string safe;
  for (const char c : name.substr(0, kMaxNameOctets)) {
    if (c > ' ' && c <= '~' && c != ':') safe += c;
  }
  return safe.empty() ? std::string(kNamelessField) : safe;
}

bool is_address_field(std::string_view name) {
  return std::any_of(kAddressFields.begin(), kAddressFields.end(),
                     [&](std::string_view known) { return equals_ignoring_case(name, known); });
}

// Encodes from the first to the last word that `must_encode`, blanks between included; the words around stay readable.
template <typename Question>
std::string encode_where(std::string_view line, Question must_encode) {
  std::size_t first = line.size();
  std::size_t last = 0;
  std::size_t at = 0;
  for (const std::string_view word : split_at(line, ' ')) {
    if (must_encode(word)) {
      first = std::min(first, at);
      last = at + word.size();
    }
    at += word.size() + 1;
  }
  if (first >= last) return std::string(line);
  return std::string(line.substr(0, first)) + encode_words(line.substr(first, last - first)) +
         std::string(line.substr(last));
}

enum class Quotes { are_text, hold_together };

// The pieces between blanks; a quoted string of an address field is never parted, for it may be a local part.
std::vector<std::string_view> fold_points(std::string_view body, Quotes quotes) {
  std::vector<std::string_view> words;
  bool quoted = false;
  std::size_t start = 0;
  for (std::size_t at = 0; at < body.size(); ++at) {
    if (body[at] == '\\' && quoted) {
      ++at;
    } else if (body[at] == '"') {
      quoted = !quoted && quotes == Quotes::hold_together;
    } else if (body[at] == ' ' && !quoted) {
      words.push_back(body.substr(start, at - start));
      start = at + 1;
    }
  }
  words.push_back(body.substr(start));
  return words;
}

// Puts line ends before blanks so that lines stay near kFoldColumn; a word that no line could hold is cut.
std::string fold(std::string_view name, std::string_view body, Quotes quotes) {
  std::string out(name);
  out += ':';
  std::size_t column = out.size();
  const auto put = [&](std::size_t blanks, std::string_view word) {
    if (column + blanks + word.size() > kFoldColumn && column > name.size() + 1) {
      out += "\r\n";
      column = 0;
    }
    out.append(blanks, ' ').append(word);
    column += blanks + word.size();
  };
  std::size_t blanks = 1;
  for (std::string_view word : fold_points(body, quotes)) {
    if (!word.empty()) {
      for (; word.size() > kMaxWordOctets; blanks = 1) {
        put(blanks, word.substr(0, kMaxWordOctets));
        word.remove_prefix(kMaxWordOctets);
      }
      put(blanks, word);
      blanks = 0;
    }
    ++blanks;
  }
  return out += "\r\n";
}

bool is_phrase(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == ' ' || is_atom_octet(c); });
}

}  // namespace

std::string field(std::string_view name, std::string_view body) {
  const std::string safe_name = field_name(name);
  std::string line = one_line(body);
  const bool addresses = is_address_field(safe_name) && parse_mailbox_list(line);
  if (!addresses && !is_ascii(line)) {
    line = encode_where(line, [](std::string_view word) { return !is_ascii(word); });
  }
  return fold(safe_name, line, addresses ? Quotes::hold_together : Quotes::are_text);
}

std::string encode_text(std::string_view text) {
  return encode_where(one_line(text), [](std::string_view word) {
    return !is_ascii(word) || word.find("=?") != std::string_view::npos;
  });
}

std::string display_mailbox(std::string_view display, const Address& address) {
  const std::string line = one_line(utf8_prefix(one_line(display), kMaxDisplayOctets));
  if (line.empty()) return address.text();
  std::string phrase;
  if (!is_ascii(line) || line.find("=?") != std::string::npos) {
    phrase = encode_words(line);
  } else {
    phrase = is_phrase(line) ? line : quoted_string(line);
  }
  return phrase + " <" + address.text() + '>';
}

}  // namespace majlis::mail
