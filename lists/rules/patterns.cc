#include "lists/rules/patterns.h"

#include "base/regex.h"
#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::uint64_t kMaxStepsOfAllSearches = 10 * Pattern::kMaxSteps;  // of one setting on one post: some 200 ms
constexpr std::size_t kShownOctets = 200;

Decision broken(const std::string& written, const std::string& why) {
  return {Action::hold, {}, why + printable(written, kShownOctets), written};
}

}  // namespace

std::optional<Decision> search_patterns(const ListConfig& config, Setting setting, const SearchedText& searched) {
  std::uint64_t steps_left = kMaxStepsOfAllSearches;
  const std::string match = std::string(searched.called) + " match ";
  for (const std::string& written : config.lines(setting)) {
    Result<Pattern> pattern = Pattern::parse(written);
    if (!pattern) return broken(written, "a pattern of the list cannot be used: ");
    std::string_view rest = searched.text;
    for (std::size_t count = 0; count < searched.max_lines; ++count) {
      const auto line = next_line(rest);
      if (!line) break;
      switch (pattern->search(*line, &steps_left)) {
        case Pattern::Answer::does_not_match: break;
        case Pattern::Answer::matches: return Decision{Action::hold, {}, match + printable(written, kShownOctets), {}};
        case Pattern::Answer::cannot_tell: return broken(written, "too complex to tell, " + match);
      }
    }
  }
  return std::nullopt;
}

}  // namespace majlis::lists
