#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// What the posts of a list are about (the setting `topics`), and the choices of its members.
//
// A choice is one text in canonical form: names in lower case and octet order with commas between, "menus,news"; "" is
// every post, "none" no post at all. What a post is about is written in the same form.
namespace majlis::lists {

constexpr std::size_t kMaxTopics = 50;
constexpr std::string_view kOtherTopic = "other";  // of a post that is about none of the list's topics
constexpr std::string_view kAllTopics = "all";     // of one for all who want any

// A line of the setting: "NAME", "NAME /pattern/" or "NAME /pattern/ description".
struct Topic {
  std::string name;     // as written: up to 40 octets without blank, colon, comma, quote or slash
  std::string pattern;  // "" = only posts that name it in the Subject are about it
  std::string description;
};
// nullopt: the line is none, or its name means something else to LISTSERV (ALL, NONE, RE, OTHER, OTHERS).
std::optional<Topic> read_topic(std::string_view line);
std::vector<Topic> read_topics(const std::vector<std::string>& lines);
std::optional<Phrase> fault_in_topics(std::string_view value);

// The topic that a word stands for, as written in the setting or as any beginning of that which is no other's, ASCII
// case ignored; also "other". In lower case; nullopt: none, or several.
std::optional<std::string> topic_named(const std::vector<Topic>& topics, std::string_view word);

// A choice changed by words as SET takes them: "+NAME" and "-NAME" add and take away, bare names replace; "all" and
// "none" stand for themselves. nullopt when a word names no topic, both forms are mixed, or there is none.
std::optional<std::string> changed_choice(const std::vector<Topic>& topics, std::string_view choice,
                                          const std::vector<std::string>& words);

// Whether a choice has all topics that `words` name and none of those behind '-' ("A -B"); "all" and "none" alone stand
// for these choices. nullopt when a word names no topic, or there is none.
std::optional<bool> has_topics(const std::vector<Topic>& topics, std::string_view choice,
                               const std::vector<std::string>& words);

// In canonical form.
std::string join_topics(std::vector<std::string> names);

// Whether a member who made this choice wants a post about this; a post about "" (a list without topics) is for
// everybody.
bool wants_topic(std::string_view choice, std::string_view about);

}  // namespace majlis::lists
