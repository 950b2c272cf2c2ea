#include "mail/scan/file_names.h"

#include <algorithm>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

// A careless reader looks at this many pieces of one field.
constexpr std::size_t kMaxPieces = 100;

bool is_file_name_parameter(std::string_view name) { return name == "name" || name == "filename"; }

// "filename*0" and the like reduced to "filename".
std::string base_name(std::string_view written) { return to_lower_ascii(trim(written.substr(0, written.find('*')))); }

std::string without_quotes(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c != '"'; });
  return out;
}

}  // namespace

void FileNames::add(std::string_view name) {
  name = trim(name);
  if (name.empty() || is_full()) return;
  if (std::find(names_.begin(), names_.end(), name) == names_.end()) names_.emplace_back(name);
}

void FileNames::add_readings(std::string_view name) {
  add(name);
  if (name.find('\0') != std::string_view::npos) add(name.substr(0, name.find('\0')));
  if (name.find("=?") != std::string_view::npos) add(decode_words(name));
  if (name.find('%') != std::string_view::npos) {
    const std::string decoded = decode_percent(name);
    add(decoded);
    if (decoded.find('\0') != std::string::npos) add(decoded.substr(0, decoded.find('\0')));
  }
}

void FileNames::add_strict(const ContentField& field) {
  for (const Parameter& parameter : field.parameters) {
    if (!is_file_name_parameter(parameter.name)) continue;
    add_readings(parameter.value);
    if (parameter.extended) add_readings(decode_extended(parameter.value));
    std::string_view raw = parameter.raw;
    if (raw.starts_with('"')) {
      raw.remove_prefix(1);
      if (raw.ends_with('"')) raw.remove_suffix(1);
      if (raw.find('"') != std::string_view::npos) add_readings(raw.substr(0, raw.find('"')));
    }
    add_readings(raw);
    if (raw.find(' ') != std::string_view::npos && !parameter.raw.starts_with('"')) {
      add_readings(raw.substr(0, raw.find(' ')));
    }
  }
}

void FileNames::add_joined(const ContentField& field, std::string_view name) {
  std::string by_appearance, undecoded;
  std::string_view first_extended;
  for (const Parameter& parameter : field.parameters) {
    if (parameter.name != name || parameter.section < 0) continue;
    undecoded += parameter.value;
    if (parameter.extended && by_appearance.empty()) first_extended = parameter.value;
    by_appearance += parameter.extended ? decode_extended(parameter.value) : parameter.value;
  }
  if (undecoded.empty()) return;
  add_readings(by_appearance);
  add_readings(undecoded);
  if (!first_extended.empty()) add_readings(decode_extended(undecoded));
  if (const auto strict = parameter_value(field, name)) add_readings(*strict);
}

void FileNames::add_careless(std::string_view text, std::size_t max_pieces) {
  std::size_t at = text.find(';');
  for (std::size_t count = 0; at != std::string_view::npos && count < max_pieces; ++count) {
    const std::size_t next = text.find(';', at + 1);
    const std::string_view piece = text.substr(at + 1, next == std::string_view::npos ? next : next - at - 1);
    const std::size_t equals = piece.find('=');
    if (equals != std::string_view::npos && is_file_name_parameter(base_name(piece.substr(0, equals)))) {
      add_readings(without_quotes(piece.substr(equals + 1)));
    }
    at = next;
  }
}

void FileNames::collect(std::string_view field_body, const ContentField& field) {
  add_strict(field);
  add_joined(field, "name");
  add_joined(field, "filename");
  add_careless(unfold(field_body), kMaxPieces);
  if (field_body.find('\n') == std::string_view::npos) return;
  const ContentField closed_up = parse_content_field(unfold(field_body, FoldBlanks::drop), field.parameters.size());
  add_strict(closed_up);
  add_joined(closed_up, "name");
  add_joined(closed_up, "filename");
}

}  // namespace majlis::mail
