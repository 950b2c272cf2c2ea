#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

struct ZipEntry {
  std::vector<std::string> names;  // as the directory has it, and as extra fields for Unicode do
  std::uint16_t method = 0;        // 0 stored, 8 deflated; others are not opened here
  bool is_encrypted = false;
  std::string_view compressed;  // octets of the archive
};

// The files of a ZIP archive (APPNOTE.TXT 6.3). nullopt: it cannot be listed, or readers could see different files in
// it: its directory and its local headers differ, there are octets that neither speaks of, it is in several pieces,
// its directory is encrypted, or it has more than `max_entries`.
std::optional<std::vector<ZipEntry>> list_zip(std::string_view octets, std::size_t max_entries);

// Whether the octets end as a ZIP archive does, whatever they begin with: there are readers that look there only.
bool ends_as_zip(std::string_view octets);

}  // namespace majlis::mail
