#include "base/error_words.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace majlis {
namespace {

constexpr std::array<std::string_view, 10> kRooms = {
    "base: ", "foreign: ", "tongues: ", "mail: ", "auth: ", "store: ", "spool: ", "lists: ", "commands: ", "bin: "};

}  // namespace

std::string words_for_errno(int error_number) {
  std::string words = std::strerror(error_number);
  // local(8) hands its own limit on to the programs of aliases.
  if (error_number == EFBIG) words += "; a limit of file sizes was inherited (mailbox_size_limit of local(8)?)";
  return words;
}

std::string without_rooms(std::string_view what) {
  std::string words;
  while (!what.empty()) {
    const auto room =
        std::find_if(kRooms.begin(), kRooms.end(), [&](std::string_view r) { return what.starts_with(r); });
    if (room != kRooms.end()) {
      what.remove_prefix(room->size());
      continue;
    }
    const std::size_t end = what.find(": ");
    const std::size_t octets = end == std::string_view::npos ? what.size() : end + 2;
    words += what.substr(0, octets);
    what.remove_prefix(octets);
  }
  return words;
}

}  // namespace majlis
