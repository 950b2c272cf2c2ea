// What members may sort by: Topics=, Subject-Tag=.
#include "base/text.h"
#include "lists/site/config/listserv_keywords.h"
#include "lists/site/config/topics.h"

namespace majlis::lists {
namespace {

// What else would be read as several values, or as a keyword. One with a quote in it cannot be said: "".
std::string in_quotes(const std::string& text) {
  if (text.find('"') != std::string::npos) return {};
  const bool is_plain = text.find_first_of(",=() ") == std::string::npos;
  return is_plain ? text : "\"" + text + "\"";
}

}  // namespace

Reading read_subject_tag(const HeaderItems& items) {
  if (auto refused = surplus(items)) return *refused;
  return Reading{.values = {{Setting::subject_tag, items.front().text, items.front().line}}};
}

std::string write_subject_tag(const ListConfig& config) { return in_quotes(config.text(Setting::subject_tag)); }

// An empty place is a topic that was dropped: LISTSERV knows them by their places, and we by their names.
Reading read_topics_keyword(const HeaderItems& items) {
  Reading reading;
  std::string lines;
  for (const HeaderItem& item : items) {
    const std::optional<Topic> topic = read_topic(item.text);
    if (!topic || topic->name != item.text) return refused_item(item, fault_of(FaultId::no_topic, item.text));
    lines += (lines.empty() ? "" : "\n") + item.text;
  }
  if (!items.empty()) reading.values = {{Setting::topics, lines, items.front().line}};
  return reading;
}

std::string write_topics_keyword(const ListConfig& config) {
  std::string names;
  for (const Topic& topic : read_topics(config.lines(Setting::topics))) append_item(names, in_quotes(topic.name));
  return names;
}

}  // namespace majlis::lists
