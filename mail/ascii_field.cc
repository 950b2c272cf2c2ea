#include "mail/ascii_field.h"

#include <array>
#include <vector>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"
#include "mail/scan/content_field.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kFoldAt = 76;
constexpr std::size_t kMaxParameters = 50;
constexpr std::array<std::string_view, 13> kAddressFields = {"From",
                                                             "Sender",
                                                             "Reply-To",
                                                             "To",
                                                             "Cc",
                                                             "Bcc",
                                                             "Resent-From",
                                                             "Resent-To",
                                                             "Resent-Sender",
                                                             "Resent-Cc",
                                                             "Resent-Bcc",
                                                             "Mail-Followup-To",
                                                             "Disposition-Notification-To"};

bool is_address_field(std::string_view name) {
  for (const std::string_view each : kAddressFields) {
    if (equals_ignoring_case(each, name)) return true;
  }
  return false;
}

bool is_content_field(std::string_view name) {
  return equals_ignoring_case(name, "Content-Type") || equals_ignoring_case(name, "Content-Disposition");
}

// Puts words in a row and breaks it where it grows long.
class Folder {
 public:
  explicit Folder(std::string_view name) : line_(std::string(name) + ":"), column_(line_.size()) {}
  void add(std::string_view word) {
    if (word.empty()) return;
    const bool is_long = column_ + 1 + word.size() > kFoldAt && !is_first_;
    line_ += is_long ? "\r\n " : " ";
    line_ += word;
    column_ = (is_long ? 1 : column_ + 1) + word.size();
    is_first_ = false;
  }
  void add_all(std::string_view words) {
    for (const std::string_view word : split_words(words)) add(word);
  }
  std::string finish() { return std::move(line_) + "\r\n"; }

 private:
  std::string line_;
  std::size_t column_;
  bool is_first_ = true;
};

// Words with such octets that stand side by side become one text: readers drop the blank between encoded words.
std::string ascii_text(std::string_view name, std::string_view text) {
  Folder folder(name);
  std::string foreign;
  const auto flush = [&] {
    if (!foreign.empty()) folder.add_all(encode_words(foreign));
    foreign.clear();
  };
  for (const std::string_view word : split_words(text)) {
    if (is_ascii(word)) {
      flush();
      folder.add(word);
    } else {
      if (!foreign.empty()) foreign += ' ';
      foreign += word;
    }
  }
  flush();
  return folder.finish();
}

// A piece of an address field: quoted string, comment, angle address, or a run of anything else up to a blank or a
// special character.
std::size_t piece_octets(std::string_view text) {
  const char first = text.front();
  const char end = first == '"' ? '"' : first == '(' ? ')' : first == '<' ? '>' : '\0';
  if (end != '\0') {
    std::size_t depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\\' && first != '<') {
        ++at;
      } else if (first == '(' && text[at] == '(') {
        ++depth;
      } else if (at > 0 && text[at] == end && (first != '(' || --depth == 0)) {
        return at + 1;
      }
    }
    return text.size();
  }
  const std::size_t stop = text.find_first_of(" \t\"(<,;:", 1);
  return std::min(stop, text.size());
}

std::string without_escapes(std::string_view quoted) {
  std::string plain;
  for (std::size_t at = 1; at + 1 < quoted.size(); ++at) {
    if (quoted[at] == '\\' && at + 2 < quoted.size()) ++at;
    plain += quoted[at];
  }
  return plain;
}

// nullopt: the piece is an address, or part of one.
std::optional<std::string> ascii_piece(std::string_view piece, std::string_view behind) {
  if (is_ascii(piece)) return std::string(piece);
  if (piece.front() == '<' || piece.find('@') != std::string_view::npos || behind.starts_with('@')) return std::nullopt;
  if (piece.front() == '"') return encode_words(without_escapes(piece));
  if (piece.front() == '(') return "(" + encode_words(without_escapes(piece)) + ")";
  return encode_words(piece);
}

std::optional<std::string> ascii_addresses(std::string_view name, std::string_view text) {
  Folder folder(name);
  std::string word;
  while (!text.empty()) {
    if (is_blank(text.front())) {
      folder.add_all(word);
      word.clear();
      text.remove_prefix(1);
      continue;
    }
    const std::size_t octets = piece_octets(text);
    const std::string_view piece = text.substr(0, octets);
    text.remove_prefix(octets);
    const std::optional<std::string> ascii = ascii_piece(piece, text);
    if (!ascii) return std::nullopt;
    // An encoded word must stand between blanks (RFC 2047 5).
    const bool is_split = !is_ascii(piece) && piece.front() != '(' && !word.empty();
    word += (is_split ? " " : "") + *ascii;
    const bool is_close_behind = !is_ascii(piece) && !text.empty() && (text.front() == '<' || text.front() == '"');
    if (is_close_behind) word += ' ';
  }
  folder.add_all(word);
  return folder.finish();
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    const auto octet = static_cast<unsigned char>(c);
    if (is_plain) {
      out += c;
    } else {
      out += {'%', kDigits[octet >> 4U], kDigits[octet & 15U]};
    }
  }
  return out;
}

std::string ascii_parameters(std::string_view name, std::string_view text) {
  const ContentField field = parse_content_field(text, kMaxParameters);
  std::string value = is_ascii(field.value) ? field.value : "application/octet-stream";
  Folder folder(name);
  for (const Parameter& parameter : field.parameters) {
    if (!is_ascii(parameter.name)) continue;
    folder.add(value + ";");
    value = parameter.name;
    if (parameter.section >= 0) value += "*" + std::to_string(parameter.section);
    if (is_ascii(parameter.raw)) {
      value += (parameter.extended ? "*=" : "=") + parameter.raw;
    } else {
      // Only the first section of several names the charset.
      value += (parameter.section > 0 ? "*=" : "*=utf-8''") + percent_encoded(parameter.value);
    }
  }
  folder.add(value);
  return folder.finish();
}

}  // namespace

std::optional<std::string> ascii_field(std::string_view name, std::string_view body) {
  const std::string text = to_utf8(unfold(body), "");
  if (is_address_field(name)) return ascii_addresses(name, text);
  if (is_content_field(name)) return ascii_parameters(name, text);
  return ascii_text(name, text);
}

}  // namespace majlis::mail
