#include "lists/posts/distribution/post_topics.h"

#include <algorithm>

#include "base/regex.h"
#include "base/text.h"
#include "lists/site/config/topics.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxPrefixOctets = 6;  // "Re:", "AW:", "Fwd:", "Re[2]:"
constexpr std::uint64_t kMaxStepsOfAllPatterns = 10 * Pattern::kMaxSteps;

struct Named {
  std::vector<std::string> topics;
  bool is_for_all = false;
  bool is_any() const { return is_for_all || !topics.empty(); }
};

void add_word(const std::vector<Topic>& topics, std::string_view word, Named& named) {
  if (equals_ignoring_case(trim(word), kAllTopics)) named.is_for_all = true;
  if (auto topic = topic_named(topics, word)) named.topics.push_back(std::move(*topic));
}

// What stands in front of a colon and is no topic is a mail program's prefix when it is short enough.
void add_named_in_front(const std::vector<Topic>& topics, std::string_view subject, Named& named) {
  for (;;) {
    subject = trim(subject);
    if (subject.starts_with('[')) {
      const std::size_t end = subject.find(']');
      if (end == std::string_view::npos) return;
      subject.remove_prefix(end + 1);
      continue;
    }
    const std::size_t colon = subject.find(':');
    if (colon == std::string_view::npos) return;
    for (const std::string_view word : split_at(subject.substr(0, colon), ',')) add_word(topics, word, named);
    if (named.is_any() || colon > kMaxPrefixOctets) return;
    subject.remove_prefix(colon + 1);
  }
}

// A tag names its topic whole.
void add_tags(const std::vector<Topic>& topics, std::string_view subject, Named& named) {
  for (std::string_view word : split_words(subject)) {
    if (!word.starts_with('#')) continue;
    word.remove_prefix(1);
    while (!word.empty() && std::string_view(".,;:!?)").find(word.back()) != std::string_view::npos) {
      word.remove_suffix(1);
    }
    const auto topic = std::find_if(topics.begin(), topics.end(),
                                    [&](const Topic& each) { return equals_ignoring_case(each.name, word); });
    if (topic != topics.end()) named.topics.push_back(to_lower_ascii(topic->name));
  }
}

std::vector<std::string> searched_lines(const mail::Message& post) {
  std::vector<std::string> lines = {post.subject()};
  for (const std::string& body : post.fields("Keywords")) {
    lines.push_back(mail::one_line(mail::decode_words(mail::to_utf8(body, "utf-8"))));
  }
  return lines;
}

// A pattern that cannot tell says no: nobody is left out of a topic that another line names.
void add_matching(const std::vector<Topic>& topics, const mail::Message& post, Named& named) {
  const std::vector<std::string> lines = searched_lines(post);
  std::uint64_t steps_left = kMaxStepsOfAllPatterns;
  for (const Topic& topic : topics) {
    if (topic.pattern.empty()) continue;
    const Result<Pattern> pattern = Pattern::parse(topic.pattern);
    const bool matches = pattern && std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
                           return pattern->search(line, &steps_left) == Pattern::Answer::matches;
                         });
    if (matches) named.topics.push_back(to_lower_ascii(topic.name));
  }
}

}  // namespace

std::string topics_of_post(const List& list, const mail::Message& post) {
  if (!list.config().is_set(Setting::topics)) return {};
  const std::vector<Topic> topics = read_topics(list.config().lines(Setting::topics));
  const std::string subject = post.subject();
  Named named;
  add_named_in_front(topics, subject, named);
  add_tags(topics, subject, named);
  add_matching(topics, post, named);
  if (named.is_for_all) return std::string(kAllTopics);
  return named.topics.empty() ? std::string(kOtherTopic) : join_topics(std::move(named.topics));
}

}  // namespace majlis::lists
