#include "lists/upkeep/blotting.h"

#include <fcntl.h>

#include "base/file.h"
#include "lists/posts/archive/archive_file.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kPieceOctets = 1024 * 1024;
constexpr std::size_t kLongestWord = 1024;  // an address in any form is shorter

// Up to a line's end; of a longer one up to where no address can begin that ends behind the piece.
std::size_t octets_to_take(std::string_view piece) {
  if (piece.size() < kPieceOctets) return piece.size();
  const std::size_t line_end = piece.rfind('\n');
  return line_end == std::string_view::npos ? piece.size() - kLongestWord : line_end + 1;
}

}  // namespace

Result<std::size_t> blot_file(const std::string& path, const PersonWords& address, Erasing erasing) {
  const Result<UniqueFd> fd = open_file(path, erasing == Erasing::look ? O_RDONLY : O_RDWR);
  if (!fd && fd.error().kind == ErrorKind::missing) return std::size_t{0};
  if (!fd) return fd.error();
  std::size_t places = 0;
  for (std::uint64_t at = 0;;) {
    const Result<std::string> piece = read_piece(fd->get(), at, kPieceOctets, path);
    if (!piece) return piece.error();
    if (piece->empty()) break;
    const std::string_view taken = std::string_view(*piece).substr(0, octets_to_take(*piece));
    const std::vector<mail::TextRange> found = address.find(taken);
    places += found.size();
    const std::string blotted = found.empty() ? std::string() : address.blotted_in(taken);
    for (const mail::TextRange& range : found) {
      if (erasing == Erasing::look) break;
      const std::string_view octets = std::string_view(blotted).substr(range.begin, range.end - range.begin);
      if (Status written = write_all_at(fd->get(), octets, at + range.begin, path); !written) return written.error();
    }
    at += taken.size();
  }
  if (places == 0 || erasing == Erasing::look) return places;
  Status synced = sync_file(fd->get(), path);
  return synced ? Result(places) : synced.error();
}

}  // namespace majlis::lists
