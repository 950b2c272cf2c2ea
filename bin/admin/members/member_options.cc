#include "bin/admin/members/member_options.h"

namespace majlis::bin::admin {

Result<lists::MemberOptions> read_options(const lists::List& list, std::vector<std::string> words) {
  lists::MemberOptions options = lists::take_options(list, words, words.size());
  if (options.empty() || !words.empty()) {
    return Error{ErrorKind::refused,
                 "there is no such option; there are " + lists::option_names(lists::MemberOption::By::owner) +
                     " topics:NAME,... topics:all language:en|fr|default, none beside one that undoes it"};
  }
  if (lists::has_wrong_topics(list, options)) {
    return Error{ErrorKind::refused, "the list has no such topic; see 'majlis config LIST get topics'"};
  }
  return options;
}

}  // namespace majlis::bin::admin
