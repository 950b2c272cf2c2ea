#include "mail/content/zip_directory.h"

#include <algorithm>
#include <array>

#include "mail/content/octet_reader.h"

namespace majlis::mail {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kLocal = "PK\x03\x04"sv;
constexpr std::string_view kCentral = "PK\x01\x02"sv;
constexpr std::string_view kEnd = "PK\x05\x06"sv;
constexpr std::size_t kLocalOctets = 30;
constexpr std::size_t kCentralOctets = 46;
constexpr std::size_t kEndOctets = 22;
constexpr std::size_t kMaxComment = 0xFFFF;
constexpr std::uint32_t kElsewhere = 0xFFFFFFFF;  // in a field for 64 bits
constexpr std::uint16_t kEncrypted = 1U << 0U;
constexpr std::uint16_t kSizesBehind = 1U << 3U;
constexpr std::uint16_t kNamesMasked = 1U << 13U;
constexpr std::uint16_t kUnicodePath = 0x7075;
constexpr std::size_t kUnicodePathHead = 5;  // version, CRC
// What may stand behind a file's octets: CRC and sizes of 4 or 8 octets, with or without a signature.
constexpr std::array<std::size_t, 5> kBehind = {0, 12, 16, 20, 24};

struct Header {
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t compressed_size = 0;
  std::uint32_t size = 0;
  std::string_view name;
  std::string_view extra;
};

struct Located {
  Header header;
  std::uint32_t offset = 0;
};

std::optional<Header> read_local(std::string_view octets, std::size_t at) {
  if (at > octets.size() || octets.size() - at < kLocalOctets || !octets.substr(at).starts_with(kLocal)) return {};
  const std::string_view head = octets.substr(at);
  const std::size_t name_size = u16(head, 26);
  const std::size_t extra_size = u16(head, 28);
  if (head.size() < kLocalOctets + name_size + extra_size) return {};
  return Header{.flags = u16(head, 6),
                .method = u16(head, 8),
                .compressed_size = u32(head, 18),
                .size = u32(head, 22),
                .name = head.substr(kLocalOctets, name_size),
                .extra = head.substr(kLocalOctets + name_size, extra_size)};
}

// The entry at the front of `rest`, which moves behind it.
std::optional<Located> next_central(std::string_view& rest) {
  if (rest.size() < kCentralOctets || !rest.starts_with(kCentral)) return {};
  const std::size_t name_size = u16(rest, 28);
  const std::size_t extra_size = u16(rest, 30);
  const std::size_t all = kCentralOctets + name_size + extra_size + u16(rest, 32);
  if (rest.size() < all) return {};
  Located entry;
  entry.header = {.flags = u16(rest, 8),
                  .method = u16(rest, 10),
                  .compressed_size = u32(rest, 20),
                  .size = u32(rest, 24),
                  .name = rest.substr(kCentralOctets, name_size),
                  .extra = rest.substr(kCentralOctets + name_size, extra_size)};
  entry.offset = u32(rest, 42);
  rest.remove_prefix(all);
  return entry;
}

bool agree(const Header& central, const Header& local) {
  const auto same_size = [&](std::uint32_t here, std::uint32_t there) {
    const bool is_behind = (local.flags & kSizesBehind) != 0 && there == 0;
    return here == there || there == kElsewhere || is_behind;
  };
  return central.name == local.name && central.method == local.method &&
         ((central.flags ^ local.flags) & (kEncrypted | kNamesMasked)) == 0 &&
         same_size(central.compressed_size, local.compressed_size) && same_size(central.size, local.size);
}

void add_unicode_names(std::string_view extra, std::vector<std::string>& names) {
  while (extra.size() >= 4) {
    const std::size_t size = u16(extra, 2);
    const std::string_view body = extra.substr(4, size);
    if (u16(extra, 0) == kUnicodePath && body.size() > kUnicodePathHead) {
      names.emplace_back(body.substr(kUnicodePathHead));
    }
    extra.remove_prefix(std::min(extra.size(), 4 + size));
  }
}

// Where the record at the end stands whose comment ends where the octets end.
std::optional<std::size_t> find_end(std::string_view octets) {
  if (octets.size() < kEndOctets) return {};
  const std::size_t first = octets.size() > kEndOctets + kMaxComment ? octets.size() - kEndOctets - kMaxComment : 0;
  for (std::size_t at = octets.rfind(kEnd); at != std::string_view::npos && at >= first;
       at = at == 0 ? std::string_view::npos : octets.rfind(kEnd, at - 1)) {
    if (octets.size() - at >= kEndOctets && at + kEndOctets + u16(octets, at + 20) == octets.size()) return at;
  }
  return {};
}

std::optional<std::vector<Located>> read_directory(std::string_view octets, std::size_t max_entries) {
  const std::optional<std::size_t> end = find_end(octets);
  if (!end || octets.rfind(kEnd) != *end) return {};
  const bool is_one_piece = u16(octets, *end + 4) == 0 && u16(octets, *end + 6) == 0;
  const std::size_t count = u16(octets, *end + 10);
  const std::size_t size = u32(octets, *end + 12);
  const std::size_t offset = u32(octets, *end + 16);
  if (!is_one_piece || u16(octets, *end + 8) != count || count > max_entries || offset + size != *end) return {};
  std::vector<Located> entries;
  std::string_view rest = octets.substr(offset, size);
  while (!rest.empty()) {
    std::optional<Located> entry = next_central(rest);
    if (!entry || entries.size() >= count) return {};
    entries.push_back(*entry);
  }
  if (entries.size() != count) return {};
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Located& a, const Located& b) { return a.offset < b.offset; });
  return entries;
}

// The entry whose file begins at `at`, which moves to where the next one must begin.
std::optional<ZipEntry> read_entry(std::string_view octets, const Located& entry, std::size_t next, std::size_t& at) {
  const std::optional<Header> local = read_local(octets, entry.offset);
  if (!local || entry.offset != at || !agree(entry.header, *local)) return {};
  if ((entry.header.flags & kNamesMasked) != 0 || entry.header.compressed_size == kElsewhere) return {};
  const std::size_t begin = at + kLocalOctets + local->name.size() + local->extra.size();
  const std::size_t end = begin + entry.header.compressed_size;
  const bool has_sizes_behind = (local->flags & kSizesBehind) != 0;
  const bool is_seamless = std::any_of(kBehind.begin(), kBehind.end(), [&](std::size_t behind) {
    return end + behind == next && (behind == 0 || has_sizes_behind);
  });
  if (!is_seamless) return {};
  ZipEntry result;
  result.names.emplace_back(entry.header.name);
  add_unicode_names(entry.header.extra, result.names);
  add_unicode_names(local->extra, result.names);
  result.method = entry.header.method;
  result.is_encrypted = (entry.header.flags & kEncrypted) != 0;
  result.compressed = octets.substr(begin, entry.header.compressed_size);
  at = next;
  return result;
}

}  // namespace

std::optional<std::vector<ZipEntry>> list_zip(std::string_view octets, std::size_t max_entries) {
  const std::optional<std::vector<Located>> directory = read_directory(octets, max_entries);
  if (!directory) return {};
  const std::size_t directory_at = u32(octets, *find_end(octets) + 16);
  std::vector<ZipEntry> entries;
  std::size_t at = 0;
  for (std::size_t i = 0; i < directory->size(); ++i) {
    const std::size_t next = i + 1 < directory->size() ? (*directory)[i + 1].offset : directory_at;
    std::optional<ZipEntry> entry = read_entry(octets, (*directory)[i], next, at);
    if (!entry) return {};
    entries.push_back(std::move(*entry));
  }
  if (at != directory_at) return {};
  return entries;
}

bool ends_as_zip(std::string_view octets) {
  const std::optional<std::size_t> end = find_end(octets);
  if (!end) return false;
  const std::size_t size = u32(octets, *end + 12);
  return size <= *end && octets.substr(*end - size).starts_with(size == 0 ? kEnd : kCentral);
}

}  // namespace majlis::mail
