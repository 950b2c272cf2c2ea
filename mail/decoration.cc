#include "mail/decoration.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/coding/quoted_printable.h"
#include "mail/flowed.h"
#include "mail/open_text.h"
#include "mail/scan/content_field.h"
#include "mail/scan/part_header.h"
#include "mail/text_part.h"

namespace majlis::mail {
namespace {

constexpr std::array<std::string_view, 3> kCountingFields = {"Content-MD5", "Content-Length", "Lines"};
constexpr std::array<std::string_view, 10> kPlainCharsets = {"",     "us-ascii", "ascii",  "utf-8",  "utf8",
                                                             "big5", "gbk",      "gb2312", "euc-jp", "euc-kr"};
constexpr std::array<std::string_view, 4> kPlainFamilies = {"iso-8859-", "windows-125", "koi8-", "gb18030"};

// True when ASCII text stands for itself in this charset, wherever in the text it stands.
bool holds_ascii(std::string_view charset) {
  const auto begins = [&](std::string_view family) { return charset.starts_with(family); };
  return std::find(kPlainCharsets.begin(), kPlainCharsets.end(), charset) != kPlainCharsets.end() ||
         std::any_of(kPlainFamilies.begin(), kPlainFamilies.end(), begins);
}

// The octets of UTF-8 `text` in the charset of a part; nullopt when it cannot take them, or we do not know.
std::optional<std::string> in_charset(std::string_view text, std::string_view charset) {
  if (is_ascii(text)) return holds_ascii(charset) ? std::optional<std::string>(text) : std::nullopt;
  if (charset == "utf-8" || charset == "utf8") return std::string(text);
  if (charset != "iso-8859-1" && charset != "windows-1252") return std::nullopt;
  std::string octets;
  while (!text.empty()) {
    const char32_t code_point = next_code_point(text);
    const bool same_in_both = code_point < 0x80 || (code_point >= 0xA0 && code_point <= 0xFF);
    if (!same_in_both) return std::nullopt;
    octets += static_cast<char>(static_cast<unsigned char>(code_point));
  }
  return octets;
}

constexpr std::size_t kMaxParameters = 50;
constexpr std::size_t kMaxLastLine = 4096;

bool is_word(std::string_view text) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_letter);
}

bool is_ascii_charset(std::string_view charset) {
  return charset.empty() || charset == "us-ascii" || charset == "ascii";
}
bool is_utf8_charset(std::string_view charset) { return charset == "utf-8" || charset == "utf8"; }

class Decorator {
 public:
  Decorator(const Message& message, const Decoration& decoration, Edit& edit)
      : message_(message),
        decoration_(decoration),
        edit_(edit),
        root_(message.scan().parts.front()),
        is_flowed_(flows()) {}

  Decorated run() {
    if (decoration_.front.empty() && decoration_.behind.empty()) return Decorated::nothing;
    if (message_.scan().is_ambiguous() || is_fragment()) return Decorated::nothing;
    const bool is_in_text = is_open() ? put_into_open_text() : put_into_text();
    const Decorated how = is_in_text     ? Decorated::in_text
                          : put_beside() ? Decorated::as_parts
                          : put_around() ? Decorated::wrapped
                                         : Decorated::nothing;
    if (how == Decorated::nothing) return how;
    for (const std::string_view name : kCountingFields) edit_.remove_fields(name);
    return how;
  }

 private:
  bool is_open() const { return is_open(decoration_.front) || is_open(decoration_.behind); }
  bool is_open(std::string_view text) const { return has_gaps(text, decoration_.gap_stem); }
  std::string_view bytes() const { return message_.bytes(); }
  std::string_view line_end() const { return message_.scan().crlf ? "\r\n" : "\n"; }
  std::string in_own_style(std::string crlf_text) const {
    if (!message_.scan().crlf) std::erase(crlf_text, '\r');
    return crlf_text;
  }
  // A piece of a larger message, or one whose text is elsewhere: what its readers put together is not ours to change.
  bool is_fragment() const { return root_.type == "message/partial" || root_.type == "message/external-body"; }
  bool is_file() const {
    const auto disposition = message_.field("Content-Disposition").value_or("");
    return !root_.file_names.empty() || parse_content_field(disposition, 0).value == "attachment";
  }

  bool flows() const {
    const std::string written = message_.field("Content-Type").value_or("");
    const auto format = parameter_value(parse_content_field(written, kMaxParameters), "format");
    return format && equals_ignoring_case(*format, "flowed");
  }
  // Words of our own as lines of the text.
  std::string as_lines(const std::string& text) const { return is_flowed_ ? as_fixed_lines(text) : text; }

  // The text as it may stand in the message's one plain text part.
  std::optional<std::string> fitted(const std::string& text) const {
    std::optional<std::string> octets = in_charset(as_lines(text), root_.charset);
    if (!octets) return std::nullopt;
    if (root_.encoding == "quoted-printable") return in_own_style(encode_quoted_printable(*octets));
    const bool fits = is_ascii(*octets) || root_.encoding == "8bit";
    if (!is_identity_encoding(root_.encoding) || !fits) return std::nullopt;
    return in_own_style(with_crlf(*octets));
  }

  bool put_into_text() {
    if (root_.type != "text/plain" || is_file()) return false;
    const std::optional<std::string> front = fitted(decoration_.front);
    const std::optional<std::string> behind = fitted(decoration_.behind);
    if (!front || !behind) return false;
    edit_.insert(root_.body_begin, body_opening() + *front);
    if (!behind->empty()) edit_.insert(bytes().size(), end_of_text() + *behind);
    return true;
  }

  // As above, for texts with gaps.
  bool put_into_open_text() {
    if (root_.type != "text/plain" || is_file()) return false;
    const bool is_encoded = root_.encoding == "quoted-printable";
    if (!is_encoded && root_.encoding != "7bit" && root_.encoding != "8bit") return false;
    const std::string_view body = bytes().substr(root_.body_begin);
    // With a bare CR, too long a line or a bad escape it is no quoted-printable, whatever the label says.
    const bool stays = is_encoded && is_quoted_printable(body);
    const std::string text = is_encoded ? with_lf(decode_quoted_printable(with_lf(body))) : with_lf(body);
    if (!is_utf8_charset(root_.charset) && !(is_ascii_charset(root_.charset) && is_ascii(text))) return false;
    const std::string front = in_own_style(encode_open_text(as_lines(decoration_.front), decoration_.gap_stem));
    const std::string behind = in_own_style(encode_open_text(as_lines(decoration_.behind), decoration_.gap_stem));
    std::string own;
    if (!stays) {
      own = in_own_style(encode_quoted_printable(text));
      if (!own.empty() && !own.ends_with('\n')) own += line_end();
      edit_.remove(root_.body_begin, bytes().size());
    }
    if (!is_encoded) relabel("Content-Transfer-Encoding", "quoted-printable");
    if (!is_utf8_charset(root_.charset)) relabel("Content-Type", plain_text_in_utf8());
    if (!message_.has_field("MIME-Version")) edit_.add_field("MIME-Version", "1.0");
    edit_.insert(root_.body_begin, body_opening() + front + own);
    if (!behind.empty())
      edit_.insert(bytes().size(), (stays ? end_of_text() : std::string(goes_on() ? line_end() : "")) + behind);
    return true;
  }

  void relabel(std::string_view name, std::string_view body) {
    edit_.remove_fields(name);
    edit_.add_field(name, body);
  }

  // The message's type with another charset; what says how its lines flow stays (RFC 3676).
  std::string plain_text_in_utf8() const {
    std::string body = "text/plain; charset=UTF-8";
    const ContentField written = parse_content_field(message_.field("Content-Type").value_or(""), kMaxParameters);
    for (const std::string_view name : {"format", "delsp"}) {
      const std::optional<std::string> value = parameter_value(written, name);
      if (value && is_word(*value)) body.append("; ").append(name).append("=").append(*value);
    }
    return body;
  }

  // Whether the text's last line would go on in ours behind it: its end is enough to tell. "-- " stands alone.
  bool goes_on() const {
    if (!is_flowed_ || decoration_.behind.starts_with("-- \n")) return false;
    const std::string_view body = bytes().substr(root_.body_begin);
    const std::string end = with_lf(body.substr(body.size() - std::min(body.size(), kMaxLastLine)));
    return ends_in_flow(root_.encoding == "quoted-printable" ? decode_quoted_printable(end) : end);
  }

  // What is missing between the text and a new line of it. A soft line break at the very end would join the two.
  std::string end_of_text() const {
    if (root_.body_begin == bytes().size()) return {};
    std::string missing(bytes().ends_with('\n') ? "" : line_end());
    if (goes_on()) missing += line_end();
    const bool is_soft = root_.encoding == "quoted-printable" && trim(bytes().substr(root_.body_begin)).ends_with('=');
    return is_soft ? missing + std::string(line_end()) : missing;
  }

  // What is missing between a header that just ends and a body.
  std::string body_opening() const {
    if (root_.body_begin > message_.header().size()) return {};
    const bool ends_a_line = bytes().empty() || bytes().back() == '\n';
    return std::string(ends_a_line ? "" : line_end()) + std::string(line_end());
  }

  std::string own_part(const std::string& text, std::string_view boundary) const {
    if (is_open(text)) return in_own_style(open_text_part(text, decoration_.gap_stem));
    std::string part = text_part(text);
    if (part.find("\n--" + std::string(boundary)) != std::string::npos) part = text_part_in_base64(text);
    return in_own_style(part);
  }

  bool put_beside() {
    if (root_.type != "multipart/mixed" || root_.boundary.empty()) return false;
    const Part* first = nullptr;
    const Part* last = nullptr;
    for (const Part& part : message_.scan().parts) {
      if (part.parent != 0) continue;
      if (first == nullptr) first = &part;
      last = &part;
    }
    if (first == nullptr) return false;
    const std::string delimiter = "--" + root_.boundary;
    std::size_t closing = last->body_end;
    for (const char c : {'\r', '\n'}) {
      if (closing < bytes().size() && bytes()[closing] == c) ++closing;
    }
    if (!bytes().substr(closing).starts_with(delimiter + "--")) return false;
    if (!decoration_.front.empty()) {
      edit_.insert(first->header_begin,
                   own_part(decoration_.front, root_.boundary) + delimiter + std::string(line_end()));
    }
    if (!decoration_.behind.empty()) {
      edit_.insert(closing, delimiter + std::string(line_end()) + own_part(decoration_.behind, root_.boundary));
    }
    return true;
  }

  bool put_around() {
    if (root_.body_begin == message_.header().size()) return false;
    const auto part_of = [&](const std::string& text) {
      return is_open(text) ? open_text_part(text, decoration_.gap_stem) : text_part(text);
    };
    const std::string front = part_of(decoration_.front);
    const std::string behind = part_of(decoration_.behind);
    const std::string boundary = choose_boundary(message_.message_id(), {bytes(), front, behind});
    for (const Part& part : message_.scan().parts) {
      if (!part.boundary.empty() && boundary.starts_with(part.boundary)) return false;
    }
    const std::string delimiter = "--" + boundary;
    const std::string end(line_end());
    edit_.insert(root_.body_begin, (decoration_.front.empty() ? "" : delimiter + end + in_own_style(front)) +
                                       delimiter + end + moved_fields() + end);
    edit_.insert(bytes().size(), end + (decoration_.behind.empty() ? "" : delimiter + end + in_own_style(behind)) +
                                     delimiter + "--" + end);
    if (!message_.has_field("MIME-Version")) edit_.add_field("MIME-Version", "1.0");
    edit_.add_field("Content-Type", "multipart/mixed; boundary=\"" + boundary + '"');
    const std::string encoding = root_.encoding == "binary"      ? "binary"
                                 : message_.scan().has_eight_bit ? "8bit"
                                                                 : "7bit";
    edit_.add_field("Content-Transfer-Encoding", encoding);
    return true;
  }

  // The message's own Content-* fields, taken out of its header octet for octet.
  std::string moved_fields() {
    std::string moved;
    for (const Field& field : root_.fields) {
      if (!starts_with_ignoring_case(field.name, "Content-") || is_counting(field.name)) continue;
      moved += bytes().substr(field.begin, field.end - field.begin);
      edit_.remove(field.begin, field.end);
    }
    return moved;
  }

  static bool is_counting(std::string_view name) {
    return std::any_of(kCountingFields.begin(), kCountingFields.end(),
                       [&](std::string_view counting) { return equals_ignoring_case(counting, name); });
  }

  const Message& message_;
  const Decoration& decoration_;
  Edit& edit_;
  const Part& root_;
  const bool is_flowed_;
};

}  // namespace

Decorated decorate(const Message& message, const Decoration& decoration, Edit& edit) {
  return Decorator(message, decoration, edit).run();
}

}  // namespace majlis::mail
