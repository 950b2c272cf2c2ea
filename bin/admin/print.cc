#include "bin/admin/print.h"

#include <cassert>
#include <cstdio>

#include "base/no_output.h"
#include "base/text.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxSequenceOctets = 4;

bool is_bad_octet(unsigned char octet) { return (octet < 0x20 && octet != '\n' && octet != '\t') || octet == 0x7F; }

// C1 controls are U+0080 to U+009F; U+200B-F, U+202A-E, U+2066-9 and U+FEFF hide or turn what stands around them.
bool is_bad_sequence(std::string_view sequence) {
  if (sequence.size() == 2) return sequence[0] == '\xC2' && static_cast<unsigned char>(sequence[1]) < 0xA0;
  if (sequence == "\xEF\xBB\xBF") return true;
  const auto third = sequence.size() == 3 ? static_cast<unsigned char>(sequence[2]) : 0U;
  if (sequence.starts_with("\xE2\x80")) return (third >= 0x8B && third <= 0x8F) || (third >= 0xAA && third <= 0xAE);
  return sequence.starts_with("\xE2\x81") && third >= 0xA6 && third <= 0xA9;
}

// Octets of the valid UTF-8 sequence that `text` begins with; 0: there is none.
std::size_t sequence_octets(std::string_view text) {
  for (std::size_t octets = 1; octets <= kMaxSequenceOctets && octets <= text.size(); ++octets) {
    if (is_valid_utf8(text.substr(0, octets))) return octets;
  }
  return 0;
}

}  // namespace

void print(std::string_view text) {
  assert(!NoOutput::is_in_force());
  std::fwrite(text.data(), 1, text.size(), stdout);
}

void print_error(std::string_view text) {
  assert(!NoOutput::is_in_force());
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool is_output_complete() { return std::fflush(stdout) == 0 && std::ferror(stdout) == 0; }

std::string visible(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const std::size_t octets = sequence_octets(text);
    const std::string_view sequence = text.substr(0, octets == 0 ? 1 : octets);
    const bool is_bad = octets == 0 || (octets == 1 && is_bad_octet(static_cast<unsigned char>(sequence[0]))) ||
                        is_bad_sequence(sequence);
    if (is_bad) {
      for (const char octet : sequence) shown += "\\x" + hex(std::string_view(&octet, 1));
    } else {
      shown += sequence;
    }
    text.remove_prefix(sequence.size());
  }
  return shown;
}

JsonLine& JsonLine::raw(std::string_view key, std::string_view value) {
  if (!members_.empty()) members_ += ", ";
  members_ += json_string(key) + ": ";
  members_ += value;
  return *this;
}

JsonLine& JsonLine::text(std::string_view key, std::string_view value) { return raw(key, json_string(value)); }
JsonLine& JsonLine::number(std::string_view key, std::int64_t value) { return raw(key, std::to_string(value)); }
JsonLine& JsonLine::hundredths(std::string_view key, std::uint32_t value) {
  const std::string rest = std::to_string(value % 100);
  return raw(key, std::to_string(value / 100) + (rest.size() < 2 ? ".0" : ".") + rest);
}

JsonLine& JsonLine::flag(std::string_view key, bool value) { return raw(key, value ? "true" : "false"); }

JsonLine& JsonLine::texts(std::string_view key, const std::vector<std::string>& values) {
  std::string array;
  for (const std::string& value : values) array += (array.empty() ? "" : ", ") + json_string(value);
  return raw(key, "[" + array + "]");
}

}  // namespace majlis::bin::admin
