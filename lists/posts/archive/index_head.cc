#include "lists/posts/archive/index_head.h"

#include <fcntl.h>

#include <array>
#include <cstdio>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "lists/posts/archive/archive_file.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kMark = "majlis-archive-index 1 ";
// "majlis-archive-index 1 OCTETS POSTS CHECKSUM\n": digits enough for any file, so that every head has one length.
constexpr std::size_t kNumberDigits = 15;
constexpr std::size_t kChecksumDigits = 8;
static_assert(kIndexHeadOctets == kMark.size() + kNumberDigits + 1 + kNumberDigits + 1 + kChecksumDigits + 1);

std::optional<IndexHead> parse_head(std::string_view line) {
  const std::vector<std::string_view> words = split_words(line);
  if (line.size() != kIndexHeadOctets || !line.starts_with(kMark) || words.size() != 5) return std::nullopt;
  const auto octets = parse_number(words[2]);
  const auto posts = parse_number(words[3]);
  if (!octets || !posts) return std::nullopt;
  IndexHead head{*octets, *posts, 0};
  unsigned checksum = 0;
  if (std::sscanf(std::string(words[4]).c_str(), "%8x", &checksum) != 1) return std::nullopt;
  head.checksum = checksum;
  return head_line(head) == line ? std::optional(head) : std::nullopt;
}

}  // namespace

std::string head_line(const IndexHead& head) {
  std::array<char, kIndexHeadOctets + 1> line{};
  std::snprintf(line.data(), line.size(), "majlis-archive-index 1 %015llu %015llu %08x\n",
                static_cast<unsigned long long>(head.octets), static_cast<unsigned long long>(head.posts),
                head.checksum);
  return line.data();
}

std::optional<IndexHead> read_index_head(const std::string& index_path) {
  const Result<UniqueFd> fd = open_file(index_path, O_RDONLY);
  if (!fd) return std::nullopt;
  const Result<std::string> line = read_piece(fd->get(), 0, kIndexHeadOctets, index_path);
  return line ? parse_head(*line) : std::nullopt;
}

}  // namespace majlis::lists
