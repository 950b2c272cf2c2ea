#include "mail/channel.h"

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/ascii_field.h"
#include "mail/coding/decode.h"
#include "mail/open_text.h"
#include "mail/scan/part_header.h"
#include "mail/scan/scan.h"

namespace majlis::mail {
namespace {

// One octet in so many above 127 and base64 is the shorter one: each takes three octets in quoted-printable.
constexpr std::size_t kBase64From = 6;

struct Replacement {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

bool has_long_line(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const bool has_cr = end > 0 && text[end - 1] == '\r';
    if (end - (has_cr ? 1 : 0) > kMaxLineOctets) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::size_t octets_above_127(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 127; }));
}

bool is_sealing(const Part& part) { return part.type == "multipart/signed" || part.type == "multipart/encrypted"; }

const Field* find_field(const Part& part, std::string_view name) {
  const auto found = std::find_if(part.fields.begin(), part.fields.end(),
                                  [&](const Field& field) { return equals_ignoring_case(field.name, name); });
  return found == part.fields.end() ? nullptr : &*found;
}

// One conversion under way: what is to be replaced in the message, and whether it can be done.
class Fitting {
 public:
  Fitting(std::string_view message, Channel channel, std::string_view gap_stem)
      : message_(message), channel_(channel), gap_stem_(gap_stem), scan_(scan(message)) {
    has_child_.resize(scan_.parts.size());
    is_sealed_.resize(scan_.parts.size());
    for (std::size_t i = 1; i < scan_.parts.size(); ++i) {
      const auto parent = static_cast<std::size_t>(scan_.parts[i].parent);
      has_child_[parent] = true;
      is_sealed_[i] = is_sealed_[parent] || is_sealing(scan_.parts[parent]);
    }
  }

  Fitted run() {
    for (std::size_t i = 0; i < scan_.parts.size(); ++i) fit_part(i);
    if (problem_) return {*problem_, {}};
    if (replacements_.empty() && !has_stray_octets_) {
      return is_7bit_where_it_must(message_) ? Fitted() : Fitted{Fitted::Kind::impossible, {}};
    }
    std::string text = apply();
    if (!is_7bit_where_it_must(text)) return {Fitted::Kind::impossible, {}};
    return {Fitted::Kind::converted, std::move(text)};
  }

 private:
  std::string_view between(std::size_t begin, std::size_t end) const { return message_.substr(begin, end - begin); }

  bool is_7bit_where_it_must(std::string_view text) const {
    if (channel_.eight_bit || is_ascii(text)) return true;
    // Sealed long lines were left alone on purpose; 8-bit octets never are.
    return false;
  }

  void fail(Fitted::Kind problem) {
    if (!problem_) problem_ = problem;
  }

  void fit_part(std::size_t index) {
    const Part& part = scan_.parts[index];
    const bool is_body = index > 0;
    for (const Field& field : part.fields) fit_field(field, is_sealed_[index], is_body);
    if (has_child_[index] || part.is_multipart()) {
      fit_around(index);
    } else {
      fit_leaf(index);
    }
  }

  void fit_field(const Field& field, bool is_sealed, bool is_body) {
    const std::string_view whole = between(field.begin, field.end);
    if (is_ascii(whole)) return;
    const bool may_stay = is_body ? channel_.eight_bit : channel_.utf8_header && is_valid_utf8(whole);
    if (may_stay) return;
    if (is_sealed) return fail(Fitted::Kind::prohibited);
    std::optional<std::string> ascii = ascii_field(field.name, between(field.body_begin, field.body_end));
    if (!ascii) return fail(Fitted::Kind::no_ascii_address);
    replacements_.push_back({field.begin, field.end, std::move(*ascii)});
  }

  // The label of what encloses other parts, and the text around them that nobody is shown.
  void fit_around(std::size_t index) {
    const Part& part = scan_.parts[index];
    if (channel_.eight_bit || is_ascii(between(part.body_begin, part.body_end))) return;
    if (is_sealed_[index] || is_sealing(part)) return fail(Fitted::Kind::prohibited);
    has_stray_octets_ = true;
    const bool is_labelled = find_field(part, "Content-Transfer-Encoding") != nullptr;
    if (is_labelled && is_identity_encoding(part.encoding)) label(part, "7bit");
  }

  void fit_leaf(std::size_t index) {
    const Part& part = scan_.parts[index];
    const std::string_view body = between(part.body_begin, part.body_end);
    const bool is_foreign = !channel_.eight_bit && !is_ascii(body);
    if (!is_foreign && (is_sealed_[index] || !has_long_line(body))) return;
    if (is_sealed_[index]) return fail(Fitted::Kind::prohibited);
    // These must be 7bit (RFC 2046 5.2.2, 5.2.3).
    if (part.type == "message/partial" || part.type == "message/external-body") return fail(Fitted::Kind::impossible);
    const bool is_text = part.type.starts_with("text/") || part.type.starts_with("message/");
    const std::string octets =
        is_identity_encoding(part.encoding) ? std::string(body) : decode_transfer(body, part.encoding);
    const bool is_dense = octets_above_127(octets) * kBase64From > octets.size();
    const bool as_base64 = !is_text || (is_dense && !has_gaps(octets, gap_stem_));
    describe(part, octets);
    label(part, as_base64 ? "base64" : "quoted-printable");
    replacements_.push_back(
        {part.body_begin, part.body_end, as_base64 ? encode_base64(octets) : quoted_printable(part, with_lf(octets))});
  }

  // What its author had encoded must not become a delimiter of what encloses it.
  std::string quoted_printable(const Part& part, std::string_view text) const {
    std::string encoded = encode_with_gaps(text, gap_stem_);
    return part.parent < 0 ? encoded : without_leading_dashes(std::move(encoded));
  }

  // Text without a word about what it is.
  void describe(const Part& part, std::string_view octets) {
    if (find_field(part, "Content-Type") == nullptr && !is_ascii(octets)) {
      add_field(part, std::string("Content-Type: text/plain; charset=") +
                          (is_valid_utf8(octets) ? "utf-8" : "unknown-8bit") + "\r\n");
    }
    const bool is_whole_message = part.parent < 0 || holds_message(scan_.parts[static_cast<std::size_t>(part.parent)]);
    if (is_whole_message && find_field(part, "MIME-Version") == nullptr) add_field(part, "MIME-Version: 1.0\r\n");
  }

  void label(const Part& part, std::string_view encoding) {
    std::string line = "Content-Transfer-Encoding: " + std::string(encoding) + "\r\n";
    const Field* field = find_field(part, "Content-Transfer-Encoding");
    if (field == nullptr) return add_field(part, std::move(line));
    // A field that is given twice keeps one meaning.
    for (const Field& each : part.fields) {
      if (!equals_ignoring_case(each.name, "Content-Transfer-Encoding")) continue;
      replacements_.push_back({each.begin, each.end, std::exchange(line, {})});
    }
  }

  // Below the last field of the part.
  void add_field(const Part& part, std::string line) {
    const std::size_t at = part.fields.empty() ? part.header_begin : part.fields.back().end;
    replacements_.push_back({at, at, std::move(line)});
  }

  std::string apply() {
    std::stable_sort(replacements_.begin(), replacements_.end(),
                     [](const Replacement& a, const Replacement& b) { return a.begin < b.begin; });
    std::string text;
    std::size_t at = 0;
    for (const Replacement& each : replacements_) {
      if (each.begin < at) continue;
      append_kept(text, between(at, each.begin));
      text += each.text;
      at = each.end;
    }
    append_kept(text, message_.substr(at));
    return text;
  }

  // Every part and field was dealt with: what is left above 127 stands around parts, where nobody looks.
  void append_kept(std::string& text, std::string_view kept) const {
    const std::size_t from = text.size();
    text += kept;
    if (channel_.eight_bit || !has_stray_octets_) return;
    std::replace_if(
        text.begin() + static_cast<std::ptrdiff_t>(from), text.end(),
        [](char c) { return static_cast<unsigned char>(c) > 127; }, '?');
  }

  std::string_view message_;
  Channel channel_;
  std::string_view gap_stem_;
  Scan scan_;
  std::vector<bool> has_child_;
  std::vector<bool> is_sealed_;
  std::vector<Replacement> replacements_;
  bool has_stray_octets_ = false;
  std::optional<Fitted::Kind> problem_;
};

}  // namespace

bool Demand::is_met_by(Channel channel) const {
  if (eight_bit_header && (!channel.utf8_header || !is_header_utf8)) return false;
  return !long_lines && (!eight_bit_body || channel.eight_bit);
}

Demand demand_of(std::string_view message) {
  Demand demand;
  const bool has_body_only = message.starts_with("\r\n");
  const std::size_t header_end = has_body_only ? 0 : std::min(message.find("\r\n\r\n"), message.size());
  const std::string_view header = message.substr(0, header_end);
  demand.eight_bit_header = !is_ascii(header);
  demand.is_header_utf8 = !demand.eight_bit_header || is_valid_utf8(header);
  demand.eight_bit_body = !is_ascii(message.substr(header_end));
  demand.long_lines = has_long_line(message.substr(header_end));
  return demand;
}

Fitted fit(std::string_view message, Channel channel, std::string_view gap_stem) {
  return Fitting(message, channel, gap_stem).run();
}

}  // namespace majlis::mail
