#include "lists/members/member_option.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lists/site/config/topics.h"
#include "store/records.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kTopics = "topics:";
constexpr std::string_view kLanguage = "language:";

// What may stand behind "digest".
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kDigestForms = {
    {{"plain", "digest-plain"}, {"mime", "digest-mime"}, {"off", "nodigest"}}};

}  // namespace

std::uint32_t flags_with(std::uint32_t flags, const MemberOption& option, MemberOption::By who) {
  const bool is_stopped = (option.sets & store::kMemberNoMail) != 0 && who == MemberOption::By::owner;
  return (flags & ~option.clears) | option.sets | (is_stopped ? store::kMemberStopped : 0U);
}

bool is_in_force(std::uint32_t flags, std::string_view name) {
  if (name == "digest") return (flags & store::kMemberDigest) != 0;
  for (const auto& [word, option] : kDigestForms) {
    if (word == name) name = option;
  }
  const MemberOption* option = find_member_option(name);
  return option != nullptr && (flags & (option->sets | option->clears)) == option->sets;
}

std::string options_set(std::uint32_t flags) {
  std::string names;
  for (const MemberOption& option : member_options()) {
    if (option.sets == 0 || (flags & option.sets) != option.sets) continue;
    names += (names.empty() ? "" : " ") + std::string(option.name);
  }
  return names;
}

const MemberOption* take_option(const List& list, std::vector<std::string>& words) {
  if (words.empty()) return nullptr;
  if (!equals_ignoring_case(words.front(), "digest")) {
    const MemberOption* option = find_member_option(words.front());
    if (option != nullptr) words.erase(words.begin());
    return option;
  }
  words.erase(words.begin());
  for (const auto& [word, name] : kDigestForms) {
    if (words.empty() || !equals_ignoring_case(words.front(), word)) continue;
    words.erase(words.begin());
    return find_member_option(name);
  }
  return find_member_option("digest-" + std::string(list.config().choice(Setting::digest_format)));
}

namespace {

using Flags = std::vector<const MemberOption*>;

// Whether `option` may stand behind `flags`.
bool goes_with(const Flags& flags, const MemberOption& option, std::size_t max = kMaxOptionsAtOnce) {
  return flags.size() < max &&
         std::none_of(flags.begin(), flags.end(), [&](const auto* each) { return contradict(*each, option); });
}

// "topics:a,b" in front of the words.
bool take_topics(std::vector<std::string>& words, std::vector<std::string>& topics) {
  if (words.empty() || !starts_with_ignoring_case(words.front(), kTopics)) return false;
  for (const std::string_view name : split_at(std::string_view(words.front()).substr(kTopics.size()), ',')) {
    if (!name.empty()) topics.emplace_back(name);
  }
  words.erase(words.begin());
  return true;
}

// "language:fr" in front of the words; a language that there is not is left there.
bool take_language(std::vector<std::string>& words, std::string& language) {
  if (words.empty() || !starts_with_ignoring_case(words.front(), kLanguage)) return false;
  const std::string wanted = to_lower_ascii(std::string_view(words.front()).substr(kLanguage.size()));
  const std::vector<std::string_view> known = split_at(spec_of(Setting::language).choices, '|');
  if (wanted != kDefaultLanguage && std::find(known.begin(), known.end(), wanted) == known.end()) return false;
  language = wanted;
  words.erase(words.begin());
  return true;
}

// `flags`, and all that begin with them.
void add_combinations(const Flags& flags, std::vector<MemberOptions>& all) {
  all.push_back({flags});
  for (const MemberOption& option : member_options()) {
    const bool is_next = &option > flags.back() && option.by == MemberOption::By::member;
    if (!is_next || flags.back()->by != MemberOption::By::member || !goes_with(flags, option)) continue;
    Flags longer = flags;
    longer.push_back(&option);
    add_combinations(longer, all);
  }
}

}  // namespace

MemberOptions take_options(const List& list, std::vector<std::string>& words, std::size_t max) {
  MemberOptions options;
  Flags& flags = options.flags;
  for (;;) {
    if (take_topics(words, options.topics) || take_language(words, options.language)) continue;
    const MemberOption* option = take_option(list, words);
    if (option == nullptr) break;
    if (std::find(flags.begin(), flags.end(), option) != flags.end()) continue;
    if (!goes_with(flags, *option, max)) return {};
    flags.push_back(option);
  }
  std::sort(flags.begin(), flags.end());
  return options;
}

const std::vector<MemberOptions>& all_member_options() {
  static const std::vector<MemberOptions> all = [] {
    std::vector<MemberOptions> combinations;
    for (const MemberOption& option : member_options()) add_combinations({&option}, combinations);
    return combinations;
  }();
  return all;
}

std::string topics_word(const MemberOptions& options) {
  std::string word;
  for (const std::string& topic : options.topics) word += (word.empty() ? std::string(kTopics) : ",") + topic;
  return word;
}

std::string words_of(const MemberOptions& options) {
  std::string words;
  for (const MemberOption* option : options.flags) words += (words.empty() ? "" : " ") + std::string(option->name);
  if (!options.topics.empty()) words += (words.empty() ? "" : " ") + topics_word(options);
  if (!options.language.empty()) words += (words.empty() ? "" : " ") + std::string(kLanguage) + options.language;
  return words;
}

bool has_wrong_topics(const List& list, const MemberOptions& options) {
  if (options.topics.empty()) return false;
  return !changed_choice(read_topics(list.config().lines(Setting::topics)), "", options.topics);
}

bool is_option_word(std::string_view word) {
  return find_member_option(word) != nullptr || equals_ignoring_case(word, "digest") ||
         starts_with_ignoring_case(word, kTopics) || starts_with_ignoring_case(word, kLanguage) ||
         std::any_of(kDigestForms.begin(), kDigestForms.end(),
                     [&](const auto& form) { return equals_ignoring_case(word, form.first); });
}

bool is_owners_option(std::string_view name) {
  const MemberOption* option = find_member_option(name);
  return option != nullptr && option->by == MemberOption::By::owner;
}

std::string option_names(MemberOption::By who) {
  std::string names = "digest";
  for (const MemberOption& option : member_options()) {
    if (option.by == MemberOption::By::member || who == MemberOption::By::owner)
      names += " " + std::string(option.name);
  }
  return names;
}

}  // namespace majlis::lists
