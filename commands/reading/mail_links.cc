#include "commands/reading/mail_links.h"

#include <string_view>

#include "base/text.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kMailLink = "<mailto:";

}  // namespace

void drop_mail_links(std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::size_t begin = words[i].find(kMailLink);
    if (begin == std::string::npos || !words[i].ends_with('>')) continue;
    const std::string target =
        words[i].substr(begin + kMailLink.size(), words[i].size() - begin - kMailLink.size() - 1);
    if (begin > 0) {
      words[i].resize(begin);
    } else if (i > 0 && equals_ignoring_case(words[i - 1], target)) {
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(i--));
    } else {
      words[i] = target;
    }
  }
}

}  // namespace majlis::commands
