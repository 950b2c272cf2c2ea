#include "lists/site/config/default_options.h"

#include <string>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/member_options.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kDigest = "digest";  // in the list's form
constexpr std::string_view kOneForm = "digest-mime";

}  // namespace

bool may_be_default(std::string_view name) {
  if (equals_ignoring_case(name, kDigest)) return true;
  const MemberOption* option = find_member_option(name);
  return option != nullptr && option->as_default == MemberOption::Default::may_be;
}

namespace {

std::string all_names() {
  std::string all(kDigest);
  for (const MemberOption& option : member_options()) {
    if (may_be_default(option.name)) all += ", " + std::string(option.name);
  }
  return all;
}

// In either form a digest undoes the same.
const MemberOption* option_called(std::string_view name) {
  return find_member_option(equals_ignoring_case(name, kDigest) ? kOneForm : name);
}

}  // namespace

bool defaults_contradict(std::string_view one, std::string_view other) {
  const MemberOption* first = option_called(one);
  const MemberOption* second = option_called(other);
  return first != nullptr && second != nullptr && contradict(*first, *second);
}

std::optional<Phrase> fault_in_default_options(std::string_view value) {
  for (const std::string_view word : split_words(value)) {
    if (may_be_default(word)) continue;
    Phrase phrase = fault_of(FaultId::none_of, word);
    phrase.values.emplace("names", all_names());
    return phrase;
  }
  return {};
}

}  // namespace majlis::lists
