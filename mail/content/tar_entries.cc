#include "mail/content/tar_entries.h"

#include <algorithm>
#include <cstdint>

#include "base/text.h"

namespace majlis::mail {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kBlock = 512;
constexpr std::size_t kNameOctets = 100;
constexpr std::size_t kSizeAt = 124;
constexpr std::size_t kSizeOctets = 12;
constexpr std::size_t kSumAt = 148;
constexpr std::size_t kSumOctets = 8;
constexpr std::size_t kTypeAt = 156;
constexpr std::size_t kMagicAt = 257;
constexpr std::size_t kPrefixAt = 345;
constexpr std::size_t kPrefixOctets = 155;

std::string_view until_nul(std::string_view field) { return field.substr(0, field.find('\0')); }

std::optional<std::uint64_t> octal(std::string_view field) {
  std::uint64_t value = 0;
  bool has_digit = false;
  for (const char c : field) {
    if (c == '\0' || c == ' ') {
      if (has_digit) break;
      continue;
    }
    if (c < '0' || c > '7') return {};
    value = value * 8 + static_cast<std::uint64_t>(c - '0');
    has_digit = true;
  }
  if (!has_digit) return {};
  return value;
}

// GNU's form for large numbers is none that mail can carry.
std::optional<std::uint64_t> size_of(std::string_view header) { return octal(header.substr(kSizeAt, kSizeOctets)); }

bool has_right_sum(std::string_view header) {
  const std::optional<std::uint64_t> said = octal(header.substr(kSumAt, kSumOctets));
  if (!said) return false;
  std::uint64_t sum = ' ' * kSumOctets;
  for (std::size_t i = 0; i < kBlock; ++i) {
    if (i < kSumAt || i >= kSumAt + kSumOctets) sum += static_cast<unsigned char>(header[i]);
  }
  return sum == *said;
}

bool is_zero(std::string_view block) {
  return std::all_of(block.begin(), block.end(), [](char c) { return c == '\0'; });
}

// "LENGTH path=NAME\n" among a pax record's lines.
void add_pax_names(std::string_view records, std::vector<std::string>& names) {
  while (const auto line = next_line(records)) {
    const std::size_t at = line->find(" path=");
    if (at != std::string_view::npos) names.emplace_back(line->substr(at + 6));
  }
}

void add_header_names(std::string_view header, std::vector<std::string>& names) {
  std::string name(until_nul(header.substr(0, kNameOctets)));
  const std::string_view prefix = until_nul(header.substr(kPrefixAt, kPrefixOctets));
  if (header.substr(kMagicAt).starts_with("ustar\0"sv) && !prefix.empty()) name = std::string(prefix) + "/" + name;
  names.push_back(std::move(name));
}

}  // namespace

bool begins_as_tar(std::string_view octets) {
  return octets.size() >= kBlock && octets.front() != '\0' && size_of(octets) &&
         has_right_sum(octets.substr(0, kBlock));
}

std::optional<std::vector<TarEntry>> list_tar(std::string_view octets, std::size_t max_entries) {
  std::vector<TarEntry> entries;
  std::vector<std::string> names;  // that records gave the next file
  while (!octets.empty() && !is_zero(octets.substr(0, kBlock))) {
    if (octets.size() < kBlock || entries.size() >= max_entries) return {};
    const std::string_view header = octets.substr(0, kBlock);
    const std::optional<std::uint64_t> size = size_of(header);
    if (!size || !has_right_sum(header) || *size > octets.size() - kBlock) return {};
    const std::string_view content = octets.substr(kBlock, static_cast<std::size_t>(*size));
    const char type = header[kTypeAt];
    if (type == 'x' || type == 'g' || type == 'X') {
      add_pax_names(content, names);
    } else if (type == 'L') {
      names.emplace_back(until_nul(content));
    } else {
      add_header_names(header, names);
      entries.push_back({std::move(names), content});
      names.clear();
    }
    octets.remove_prefix(std::min(octets.size(), kBlock + (content.size() + kBlock - 1) / kBlock * kBlock));
  }
  if (!is_zero(octets) || !names.empty()) return {};
  return entries;
}

}  // namespace majlis::mail
