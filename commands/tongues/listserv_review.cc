#include "commands/tongues/listserv_review.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace majlis::commands {
namespace {

using tongues::Request;
using Words = std::vector<std::string>;

bool is(std::string_view word, std::string_view wanted) { return equals_ignoring_case(word, wanted); }

struct ReviewWord {
  std::string_view word;
  std::string_view option;  // as who takes it; "": it does nothing here
};
constexpr std::array kReviewWords = {
    ReviewWord{"short", "short"},          ReviewWord{"country", "by-country"},
    ReviewWord{"countries", "by-country"}, ReviewWord{"date", "by-date"},
    ReviewWord{"name", "by-name"},         ReviewWord{"nodeid", "by-domain"},
    ReviewWord{"node", "by-domain"},       ReviewWord{"domain", "by-domain"},
    ReviewWord{"userid", "by-address"},    ReviewWord{"by", ""},
    ReviewWord{"local", "no-effect"},      ReviewWord{"topics", "no-effect"},
    ReviewWord{"msg", "no-effect"},        ReviewWord{"noheader", ""},
    ReviewWord{"all", "no-effect"},
};

}  // namespace

void read_review(Request& request, const ListservWords& line, const ListWordOf& list_word_of) {
  const std::size_t begin = names_list(line.arguments, list_word_of) ? 1 : 0;
  request.arguments.assign(line.arguments.begin(), line.arguments.begin() + static_cast<std::ptrdiff_t>(begin));
  if (request.word == "scan") {
    request.sought = joined(line.arguments, begin);
    return;
  }
  Words options(line.arguments.begin() + static_cast<std::ptrdiff_t>(begin), line.arguments.end());
  options.insert(options.end(), line.options.begin(), line.options.end());
  for (const std::string& written : options) {
    const std::string_view word = std::string_view(written).substr(written.starts_with('(') ? 1 : 0);
    const auto known = std::find_if(kReviewWords.begin(), kReviewWords.end(),
                                    [&](const ReviewWord& each) { return is(each.word, word); });
    if (known == kReviewWords.end()) return trouble_with(request, tongues::Trouble::option_unknown, std::string(word));
    if (!known->option.empty()) request.options.emplace_back(known->option);
  }
}

}  // namespace majlis::commands
