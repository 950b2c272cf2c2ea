#include "lists/site/config/topics.h"

#include <algorithm>
#include <array>

#include "base/regex.h"
#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxNameOctets = 40;
constexpr std::string_view kNone = "none";
constexpr std::array<std::string_view, 5> kReserved = {kAllTopics, kNone, "re", kOtherTopic, "others"};

bool is_topic_name(std::string_view name) {
  const bool has_form = !name.empty() && name.size() <= kMaxNameOctets && name.front() != '+' && name.front() != '-' &&
                        name.find_first_of(" \t:,\"/") == std::string_view::npos;
  return has_form && std::none_of(kReserved.begin(), kReserved.end(),
                                  [&](std::string_view word) { return equals_ignoring_case(word, name); });
}

// Where the pattern that a text begins with ends: at the last '/' before a blank, flags behind it.
std::size_t end_of_pattern(std::string_view text) {
  for (std::size_t at = text.find('/', 1); at != std::string_view::npos; at = text.find('/', at + 1)) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    if (text[at - 1] != '\\' && text.substr(at, end - at).find('/', 1) == std::string_view::npos) return end;
  }
  return text.size();
}

std::vector<std::string> names_in(std::string_view choice) {
  std::vector<std::string> names;
  for (const std::string_view name : split_at(choice, ',')) {
    if (!name.empty() && name != kNone) names.emplace_back(name);
  }
  return names;
}

std::vector<std::string> all_names(const std::vector<Topic>& topics) {
  std::vector<std::string> names = {std::string(kOtherTopic)};
  for (const Topic& topic : topics) names.push_back(to_lower_ascii(topic.name));
  return names;
}

bool is_change(std::string_view word) { return word.starts_with('+') || word.starts_with('-'); }

}  // namespace

std::optional<Topic> read_topic(std::string_view line) {
  line = trim(line);
  const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
  Topic topic{std::string(line.substr(0, blank)), "", ""};
  if (!is_topic_name(topic.name)) return std::nullopt;
  std::string_view rest = trim(line.substr(blank));
  if (rest.starts_with('/')) {
    const std::size_t end = end_of_pattern(rest);
    topic.pattern = rest.substr(0, end);
    rest = trim(rest.substr(end));
    if (!Pattern::parse(topic.pattern)) return std::nullopt;
  }
  topic.description = rest;
  return topic;
}

std::vector<Topic> read_topics(const std::vector<std::string>& lines) {
  std::vector<Topic> topics;
  for (const std::string& line : lines) {
    if (auto topic = read_topic(line)) topics.push_back(std::move(*topic));
  }
  return topics;
}

std::optional<Phrase> fault_in_topics(std::string_view value) {
  std::vector<std::string> names;
  for (const std::string& line : split_lines(value)) {
    if (trim(line).empty()) continue;
    const std::optional<Topic> topic = read_topic(line);
    if (!topic) return fault_of(FaultId::no_topic, line);
    std::string name = to_lower_ascii(topic->name);
    if (std::find(names.begin(), names.end(), name) != names.end()) return fault_of(FaultId::topic_twice, topic->name);
    names.push_back(std::move(name));
  }
  if (names.size() > kMaxTopics) return fault_of_limit(FaultId::too_many_topics, kMaxTopics);
  return {};
}

std::optional<std::string> topic_named(const std::vector<Topic>& topics, std::string_view word) {
  const std::string wanted = to_lower_ascii(trim(word));
  if (wanted == "others") return std::string(kOtherTopic);
  std::optional<std::string> found;
  for (std::string& name : all_names(topics)) {
    if (name == wanted) return wanted;
    if (wanted.empty() || !name.starts_with(wanted)) continue;
    if (found) return std::nullopt;
    found = std::move(name);
  }
  return found;
}

std::optional<std::string> changed_choice(const std::vector<Topic>& topics, std::string_view choice,
                                          const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  if (words.size() == 1 && equals_ignoring_case(words.front(), kAllTopics)) return std::string();
  if (words.size() == 1 && equals_ignoring_case(words.front(), kNone)) return std::string(kNone);
  std::vector<std::string> names;
  if (is_change(words.front())) names = choice.empty() ? all_names(topics) : names_in(choice);
  for (const std::string& word : words) {
    if (is_change(word) != is_change(words.front())) return std::nullopt;
    const std::optional<std::string> name =
        topic_named(topics, is_change(word) ? std::string_view(word).substr(1) : std::string_view(word));
    if (!name) return std::nullopt;
    std::erase(names, *name);
    if (!word.starts_with('-')) names.push_back(*name);
  }
  return names.empty() ? std::string(kNone) : join_topics(std::move(names));
}

std::optional<bool> has_topics(const std::vector<Topic>& topics, std::string_view choice,
                               const std::vector<std::string>& words) {
  if (words.empty()) return std::nullopt;
  if (words.size() == 1 && equals_ignoring_case(words.front(), kAllTopics)) return choice.empty();
  if (words.size() == 1 && equals_ignoring_case(words.front(), kNone)) return choice == kNone;
  const std::vector<std::string> chosen = choice.empty() ? all_names(topics) : names_in(choice);
  bool has_all = true;
  for (const std::string& word : words) {
    const std::optional<std::string> name = topic_named(topics, std::string_view(word).substr(is_change(word) ? 1 : 0));
    if (!name) return std::nullopt;
    const bool is_chosen = std::find(chosen.begin(), chosen.end(), *name) != chosen.end();
    has_all = has_all && is_chosen != word.starts_with('-');
  }
  return has_all;
}

std::string join_topics(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : ",") + name;
  return joined;
}

bool wants_topic(std::string_view choice, std::string_view about) {
  if (choice.empty() || about.empty()) return true;
  if (about == kAllTopics) return choice != kNone;
  const std::vector<std::string_view> wanted = split_at(choice, ',');
  const std::vector<std::string_view> topics = split_at(about, ',');
  return std::any_of(topics.begin(), topics.end(), [&](std::string_view topic) {
    return std::find(wanted.begin(), wanted.end(), topic) != wanted.end();
  });
}

}  // namespace majlis::lists
