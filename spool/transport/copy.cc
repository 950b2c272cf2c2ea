#include "spool/transport/copy.h"

#include <algorithm>
#include <cassert>

#include "base/file.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kShortPiece = 2048;

// Hands slices of the shared text, as offsets, to `share` and values to `own`, in order, without the first `skipped`
// octets.
template <typename Share, typename Own>
void visit(const Copy& copy, std::size_t skipped, const Share& share, const Own& own) {
  assert(copy.values.size() == copy.points.size());
  std::size_t at = 0;
  const auto share_until = [&](std::size_t end) {
    const std::size_t from = std::min(at + skipped, end);
    skipped -= from - at;
    if (from < end) share(from, end);
    at = end;
  };
  for (std::size_t i = 0; i < copy.points.size(); ++i) {
    share_until(copy.points[i].at);
    const std::size_t cut = std::min(skipped, copy.values[i].size());
    skipped -= cut;
    own(std::string_view(copy.values[i]).substr(cut));
  }
  share_until(copy.text->size());
}

}  // namespace

std::size_t octets_of(const Copy& copy) {
  std::size_t octets = copy.text->size();
  for (const std::string& value : copy.values) octets += value.size();
  return octets;
}

std::string first_octet_of(const Copy& copy) {
  std::string first;
  visit(
      copy, 0,
      [&](std::size_t from, std::size_t) {
        if (first.empty()) first = copy.text->substr(from, 1);
      },
      [&](std::string_view value) {
        if (first.empty()) first = value.substr(0, 1);
      });
  return first;
}

void send(SendBuffer& outgoing, const Copy& copy, std::size_t from) {
  const std::string_view text = *copy.text;
  visit(
      copy, from,
      [&](std::size_t begin, std::size_t end) {
        const bool is_short = !copy.points.empty() && end - begin <= kShortPiece;
        if (is_short) return outgoing.add(text.substr(begin, end - begin));
        outgoing.add_shared(copy.text, begin, end);
      },
      [&](std::string_view value) { outgoing.add(value); });
}

Status write_copy(int fd, const Copy& copy, const std::string& path) {
  const std::string_view text = *copy.text;
  Status written;
  const auto write = [&](std::string_view octets) {
    if (written) written = write_all(fd, octets, path);
  };
  visit(
      copy, 0, [&](std::size_t begin, std::size_t end) { write(text.substr(begin, end - begin)); }, write);
  return written;
}

}  // namespace majlis::spool
