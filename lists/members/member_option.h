#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lists/site/config/member_options.h"
#include "lists/site/list.h"

namespace majlis::lists {

// Whether flags are as the option leaves them; its name may also be a word of take_option()'s: "digest", "mime",
// "plain".
bool is_in_force(std::uint32_t flags, std::string_view name);
// A member's flags once `who` has set the option.
std::uint32_t flags_with(std::uint32_t flags, const MemberOption& option,
                         MemberOption::By who = MemberOption::By::member);
// The options that are set by a member's flags: "conceal digest-mime"; "" for none.
std::string options_set(std::uint32_t flags);
// Whether the word may be part of an option as take_option() reads it.
bool is_option_word(std::string_view word);
bool is_owners_option(std::string_view name);
std::string option_names(MemberOption::By who);  // those that a member, or the owner, may set: "digest nomail ..."

// Takes an option off the front of `words`: its name, ASCII case ignored, or "digest" with or without "mime", "plain"
// or "off" behind it (alone it is the list's digest_format). nullptr: none is there, nothing is taken.
const MemberOption* take_option(const List& list, std::vector<std::string>& words);

// Options that are set together.
struct MemberOptions {
  std::vector<const MemberOption*> flags;  // each once, in the order of member_options()
  std::vector<std::string> topics = {};    // as changed_choice() takes them; none: the choice stays
  std::string language = {};               // one of the site's, or kDefaultLanguage; "" = it stays

  bool empty() const { return flags.empty() && topics.empty() && language.empty(); }
};
constexpr std::size_t kMaxOptionsAtOnce = 3;  // so that a token can be tried for all there may be, where
                                              // what it is for is not kept
// Takes all that stand there, as take_option(), "topics:menus,news" and "language:fr"; in another order they are the
// same. Empty where there is none, where there are more, and where one undoes another.
MemberOptions take_options(const List& list, std::vector<std::string>& words, std::size_t max = kMaxOptionsAtOnce);
// All that take_options() may give with options that members may set, and each of the owner's alone.
const std::vector<MemberOptions>& all_member_options();
constexpr std::string_view kDefaultLanguage = "default";  // the list's

std::string topics_word(const MemberOptions& options);  // "topics:+menus,-news", "" for none
std::string words_of(const MemberOptions& options);     // as take_options() takes them: "nomail conceal topics:menus"
// Of topic words that the list does not have, or that contradict each other.
bool has_wrong_topics(const List& list, const MemberOptions& options);

}  // namespace majlis::lists
