#include "mail/scan/part_header.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/text.h"
#include "mail/scan/boundaries.h"
#include "mail/scan/content_field.h"
#include "mail/scan/file_names.h"

namespace majlis::mail {
namespace {

// Fields that RFC 5322 3.6 allows once; a second one makes readers choose. They matter in the message's own header.
constexpr std::array<std::string_view, 8> kSingleFields = {"from", "sender",  "reply-to", "to",
                                                           "cc",   "subject", "date",     "message-id"};
constexpr std::array<std::string_view, 5> kEncodings = {"7bit", "8bit", "binary", "quoted-printable", "base64"};

void note_repeated_fields(const Part& part, Notes& notes) {
  std::set<std::string> seen;
  for (const Field& field : part.fields) {
    std::string name = to_lower_ascii(field.name);
    const bool single =
        part.parent < 0 && std::find(kSingleFields.begin(), kSingleFields.end(), name) != kSingleFields.end();
    if (!single && name != "mime-version" && !name.starts_with("content-")) continue;
    const bool is_reply_to = name == "reply-to";
    if (seen.insert(std::move(name)).second) continue;
    notes.add(is_reply_to ? Ambiguity::repeated_reply_to : Ambiguity::repeated_field);
  }
}

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return c > ' ' && c < 127 && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
  });
}

bool is_media_type(std::string_view type) {
  const std::size_t slash = type.find('/');
  return slash != std::string_view::npos && is_token(type.substr(0, slash)) && is_token(type.substr(slash + 1));
}

void read_boundary(Part& part, const ContentField& field, const ScanLimits& limits, Notes& notes) {
  std::string boundary = parameter_value(field, "boundary").value_or("");
  const bool unquoted_blank = std::any_of(field.parameters.begin(), field.parameters.end(), [](const Parameter& p) {
    return p.name == "boundary" && !p.raw.starts_with('"') && p.value.find_first_of(" \t") != std::string::npos;
  });
  const bool bare = std::any_of(field.parameters.begin(), field.parameters.end(), [](const Parameter& p) {
    return p.name == "boundary" && p.raw.size() > 2 && p.raw.starts_with('"') && is_blank(p.raw[p.raw.size() - 2]);
  });
  const bool allowed = std::all_of(boundary.begin(), boundary.end(), is_boundary_octet);
  if (boundary.empty() || boundary.size() > limits.max_boundary_octets || unquoted_blank || bare || !allowed) {
    notes.add(Ambiguity::bad_boundary);
  }
  if (boundary.size() <= limits.max_boundary_octets) part.boundary = std::move(boundary);
}

// A fold inside the quoted boundary: its blanks belong to the value for some readers, or end it.
bool has_folded_boundary(std::string_view body, const ContentField& field, const ScanLimits& limits) {
  if (!field.value.starts_with("multipart/") || body.find('\n') == std::string_view::npos) return false;
  const ContentField closed_up = parse_content_field(unfold(body, FoldBlanks::drop), limits.max_parameters);
  return parameter_value(field, "boundary") != parameter_value(closed_up, "boundary");
}

void read_content_type(Part& part, const ContentField& field, const ScanLimits& limits, Notes& notes) {
  if (field.is_irregular) notes.add(Ambiguity::comment_in_type);
  if (is_media_type(field.value)) part.type = field.value;
  part.charset = to_lower_ascii(parameter_value(field, "charset").value_or(""));
  if (part.is_multipart()) read_boundary(part, field, limits, notes);
}

void read_encoding(Part& part, std::string_view body, Notes& notes) {
  part.encoding = parse_content_field(unfold(body), 0).value;
  // "7bit;" names no encoding, though this reader would see one.
  const bool known = body.find(';') == std::string_view::npos &&
                     std::find(kEncodings.begin(), kEncodings.end(), part.encoding) != kEncodings.end();
  if (!known) notes.add(Ambiguity::unknown_encoding);
}

}  // namespace

void describe_part(Part& part, std::string_view raw, std::string_view default_type, const ScanLimits& limits,
                   Notes& notes) {
  part.type = default_type;
  note_repeated_fields(part, notes);
  FileNames names;
  bool has_type = false;
  bool has_encoding = false;
  for (const Field& field : part.fields) {
    const std::string_view body = raw.substr(field.body_begin, field.body_end - field.body_begin);
    const bool is_type = equals_ignoring_case(field.name, "Content-Type");
    if (equals_ignoring_case(field.name, "Content-Transfer-Encoding") && !std::exchange(has_encoding, true)) {
      read_encoding(part, body, notes);
    }
    if (!is_type && !equals_ignoring_case(field.name, "Content-Disposition")) continue;
    const std::string text = unfold(body);
    const ContentField content = parse_content_field(text, limits.max_parameters);
    if (content.is_cut) notes.add(Ambiguity::too_many_parameters);
    if (has_repeated_parameter(content, text)) notes.add(Ambiguity::repeated_parameter);
    if (is_type && !std::exchange(has_type, true)) {
      part.type = "text/plain";
      read_content_type(part, content, limits, notes);
    }
    if (is_type && has_folded_boundary(body, content, limits)) notes.add(Ambiguity::bad_boundary);
    names.collect(body, content);
  }
  if (names.is_full()) notes.add(Ambiguity::too_many_parameters);
  part.file_names = names.take();
  if (part.is_encoded_composite()) {
    notes.add(Ambiguity::encoded_composite);
  }
}

bool is_identity_encoding(std::string_view encoding) { return encoding != "base64" && encoding != "quoted-printable"; }

bool holds_message(const Part& part) {
  return (part.type == "message/rfc822" || part.type == "message/global") && is_identity_encoding(part.encoding);
}

}  // namespace majlis::mail
