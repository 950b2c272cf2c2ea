#include "bin/admin/call/suggestion.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxOctets = 100;  // of a word that is looked at
constexpr std::size_t kLongWord = 6;

// How many slips lie between two words: optimal string alignment.
std::size_t slips_between(std::string_view a, std::string_view b) {
  std::array<std::vector<std::size_t>, 3> rows;
  for (std::vector<std::size_t>& row : rows) row.resize(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t>& now = rows[i % 3];
    const std::vector<std::size_t>& last = rows[(i + 2) % 3];
    const std::vector<std::size_t>& before = rows[(i + 1) % 3];
    now[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      const bool is_swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (is_swapped) now[j] = std::min(now[j], before[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace

std::string suggestion(std::string_view written, const std::vector<std::string>& known) {
  if (written.size() > kMaxOctets) return {};
  const std::string word = to_lower_ascii(written);
  std::size_t fewest = written.size() < kLongWord ? 1 : 2;
  const std::string* nearest = nullptr;
  for (const std::string& candidate : known) {
    if (candidate.empty() || candidate.size() > kMaxOctets) continue;
    const std::size_t slips = slips_between(word, candidate);
    if (slips > fewest || (nearest != nullptr && slips == fewest)) continue;
    fewest = slips;
    nearest = &candidate;
  }
  return nearest == nullptr ? "" : "; did you mean '" + *nearest + "'?";
}

}  // namespace majlis::bin::admin
