#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

struct TarEntry {
  std::vector<std::string> names;  // of its header, and those that records before it give it (pax, GNU)
  std::string_view octets;
};

// Whether the octets begin with the header of a file in a tar archive, of any form since that of V7.
bool begins_as_tar(std::string_view octets);

// The files of a tar archive (POSIX pax, GNU tar). nullopt: it is damaged, cut off, or has more than `max_entries`.
std::optional<std::vector<TarEntry>> list_tar(std::string_view octets, std::size_t max_entries);

}  // namespace majlis::mail
