#include "mail/content/inspection.h"

#include <algorithm>
#include <array>

#include "mail/content/file_ending.h"
#include "mail/content/octet_reader.h"
#include "mail/content/office_files.h"
#include "mail/content/signatures.h"
#include "mail/content/tar_entries.h"
#include "mail/content/zip_directory.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kHeadOctets = 4096;      // of a member are opened to see what it is
constexpr std::size_t kPackageOctets = 65536;  // of a file that says what the whole package is
constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::size_t kGzipHead = 10;  // RFC 1952 2.3
constexpr unsigned kGzipExtra = 4U;
constexpr unsigned kGzipName = 8U;

// They hold files, and are not opened here.
constexpr std::array kClosed = {
    Kind::seven_zip,
    Kind::rar,
    Kind::cabinet,
    Kind::arj,
    Kind::ace,
    Kind::lha,
    Kind::bzip2,
    Kind::xz,
    Kind::zstandard,
    Kind::lz4,
    Kind::unix_compress,
    Kind::tnef,
    Kind::encrypted_office,
    Kind::iso_image,
    Kind::virtual_disk,
    Kind::mac_disk,
    Kind::wim,
    Kind::squashfs,
    Kind::deb,
    Kind::rpm,
    Kind::xar,
};
constexpr std::array kOpened = {Kind::zip, Kind::tar, Kind::gzip, Kind::ole, Kind::svg};
constexpr std::array kArchives = {Kind::zip, Kind::tar, Kind::gzip};

template <typename Table>
bool is_in(const Table& table, Kind kind) {
  return std::find(table.begin(), table.end(), kind) != table.end();
}

// An archive by its name: what it holds cannot be seen where it cannot be opened.
bool is_named_as_archive(const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    for (const std::string& ending : last_endings(name)) {
      for (const KindRow& row : kind_table()) {
        if ((is_in(kClosed, row.kind) || is_in(kArchives, row.kind)) && has_word(row.endings, ending)) return true;
      }
    }
  }
  return false;
}

std::vector<std::string> gzip_names(std::string_view octets) {
  const unsigned flags = octets.size() > 3 ? static_cast<unsigned char>(octets[3]) : 0U;
  if ((flags & kGzipName) == 0) return {};
  std::size_t at = kGzipHead;
  if ((flags & kGzipExtra) != 0) at += 2U + u16(octets, at);
  if (at >= octets.size()) return {};
  const std::string_view name = octets.substr(at);
  return {std::string(name.substr(0, name.find('\0')))};
}

void add_kind(std::vector<Kind>& kinds, Kind kind) {
  if (!is_in(kinds, kind)) kinds.push_back(kind);
}

}  // namespace

Inspection Inspector::inspect(std::string_view octets) {
  Inspection found;
  found.kinds = look(octets, 0, found);
  return found;
}

std::vector<Kind> Inspector::look(std::string_view octets, int depth, Inspection& found) {
  std::vector<Kind> seen = kinds_of(octets);
  if (begins_as_tar(octets)) {
    std::erase(seen, Kind::unknown);
    std::erase(seen, Kind::text);
    add_kind(seen, Kind::tar);
  }
  std::vector<Kind> kinds;
  for (const Kind kind : seen) add_kind(kinds, open(kind, octets, depth, found));
  if (!is_in(seen, Kind::zip) && ends_as_zip(octets)) {
    add_kind(kinds, Kind::zip);
    found.is_listed = false;
  }
  return kinds;
}

// What it turns out to be.
Kind Inspector::open(Kind kind, std::string_view octets, int depth, Inspection& found) {
  if (is_in(kClosed, kind) || (is_in(kArchives, kind) && depth >= kMaxDepth)) {
    found.is_listed = false;
    return kind;
  }
  switch (kind) {
    case Kind::zip: return open_zip(octets, depth + 1, found);
    case Kind::tar: open_tar(octets, depth + 1, found); return kind;
    case Kind::gzip: open_gzip(octets, depth + 1, found); return kind;
    case Kind::svg:
      if (svg_has_script(octets)) add({""}, {Kind::java_script}, found);
      return kind;
    case Kind::ole: {
      const OfficeFile file = read_ole(octets);
      if (file.has_macros) add({""}, {Kind::office_macros}, found);
      if (!file.can_be_listed) found.is_listed = false;
      return file.kind;
    }
    default: return kind;
  }
}

Kind Inspector::open_zip(std::string_view octets, int depth, Inspection& found) {
  const auto entries = list_zip(octets, holdings_left_);
  if (!entries) {
    found.is_listed = false;
    return Kind::zip;
  }
  Package package;
  for (const ZipEntry& entry : *entries) {
    package.names.insert(package.names.end(), entry.names.begin(), entry.names.end());
    if (entry.is_encrypted || (entry.method != kStored && entry.method != kDeflated)) {
      if (!add(entry.names, {}, found) || is_named_as_archive(entry.names)) found.is_listed = false;
      continue;
    }
    const bool is_stored = entry.method == kStored;
    if (std::string* const said = package.place_for(entry.names.front())) {
      *said = is_stored ? std::string(entry.compressed) : inflate(Stream::raw, entry.compressed, kPackageOctets).octets;
    }
    if (is_stored) take_member(entry.names, entry.compressed, depth, found);
    if (!is_stored) take_deflated(entry.names, entry.compressed, depth, found);
  }
  const OfficeFile file = office_file_of(package);
  if (file.has_macros) add({""}, {Kind::office_macros}, found);
  return file.kind;
}

void Inspector::open_tar(std::string_view octets, int depth, Inspection& found) {
  const auto entries = list_tar(octets, holdings_left_);
  if (!entries) {
    found.is_listed = false;
    return;
  }
  for (const TarEntry& entry : *entries) take_member(entry.names, entry.octets, depth, found);
}

// A tar archive in it is the same archive, one level deep.
void Inspector::open_gzip(std::string_view octets, int depth, Inspection& found) {
  const Inflated content = inflate(Stream::gzip, octets, kMaxOpenedOctets);
  if (!content.is_whole) {
    found.is_listed = false;
    return;
  }
  take_member(gzip_names(octets), content.octets, begins_as_tar(content.octets) ? depth - 1 : depth, found);
}

void Inspector::take_deflated(const std::vector<std::string>& names, std::string_view compressed, int depth,
                              Inspection& found) {
  const Inflated head = inflate(Stream::raw, compressed, kHeadOctets);
  const std::vector<Kind> kinds = kinds_of(head.octets);
  const bool is_opened = begins_as_tar(head.octets) ||
                         std::any_of(kinds.begin(), kinds.end(), [](Kind kind) { return is_in(kOpened, kind); });
  if (head.is_whole || is_opened) {
    const Inflated whole = head.is_whole ? head : inflate(Stream::raw, compressed, kMaxOpenedOctets);
    if (!whole.is_whole) found.is_listed = false;
    take_member(names, whole.octets, depth, found);
    return;
  }
  if (head.octets.size() < kHeadOctets || !add(names, kinds, found)) found.is_listed = false;
}

void Inspector::take_member(const std::vector<std::string>& names, std::string_view octets, int depth,
                            Inspection& found) {
  const std::vector<Kind> kinds = look(octets, depth, found);
  if (!add(names.empty() ? std::vector<std::string>{""} : names, kinds, found)) found.is_listed = false;
}

// False: beyond the ceiling.
bool Inspector::add(const std::vector<std::string>& names, const std::vector<Kind>& kinds, Inspection& found) {
  if (holdings_left_ < names.size()) {
    holdings_left_ = 0;
    return false;
  }
  holdings_left_ -= names.size();
  for (const std::string& name : names) found.holdings.push_back({name, kinds});
  return true;
}

Inflated Inspector::inflate(Stream form, std::string_view compressed, std::size_t most) {
  Inflated content = majlis::mail::inflate(form, compressed, std::min(most, inflated_left_));
  inflated_left_ -= content.octets.size();
  return content;
}

}  // namespace majlis::mail
