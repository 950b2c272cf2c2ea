// What is taken out of posts and put around them: content filter, header and footer, topics.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "foreign/python/write.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/content_values.h"
#include "lists/site/config/mailman_attributes.h"
#include "lists/site/config/mailman_patterns.h"
#include "lists/site/config/topics.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

using foreign::PythonKind;
using foreign::PythonValue;
using S = Setting;

constexpr std::string_view kHtml = "text/html";

// The other attributes of the filter count while it is on.
bool is_filtering(const ListConfig& config) {
  return config.text(S::attachments) != "yes" || config.is_set(S::attachment_names) ||
         config.is_on(S::collapse_alternatives) || config.choice(S::html) == "text" ||
         config.choice(S::html) == "reject";
}

bool is_filtering(const MailmanTarget& target) {
  const auto said = target.said_number("filter_content");
  return said ? *said != 0 : is_filtering(target.config());
}

// HTML goes without its active content all the same.
void keep_html(MailmanTarget& target) {
  if (target.config().choice(S::html) != "keep") target.set(S::html, "clean");
}

void apply_filter_content(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number || *number == 1) return;
  target.set(S::attachments, "yes");
  target.unset(S::attachment_names);
  target.set(S::collapse_alternatives, "no");
  keep_html(target);
}
std::string write_filter_content(const ListConfig& config) { return is_filtering(config) ? "1" : "0"; }

bool names_type(const std::vector<std::string>& types, std::string_view type) {
  const std::string_view main = type.substr(0, type.find('/'));
  return std::any_of(types.begin(), types.end(), [&](const std::string& each) {
    return equals_ignoring_case(each, type) || equals_ignoring_case(each, main);
  });
}

// Text and what holds parts is no attachment here; HTML becomes text where its type is not among them.
void apply_pass_mime_types(const PythonValue& value, MailmanTarget& target) {
  const auto types = mailman_lines(value, target);
  if (!types) return;
  target.keep();
  if (!is_filtering(target)) return;
  std::string permitted;
  for (const std::string& each : *types) {
    const std::string type = to_lower_ascii(each);
    if (type == "multipart" || type.starts_with("multipart/")) continue;
    permitted += (permitted.empty() ? "" : ", ") + type + (type.find('/') == std::string::npos ? "/*" : "");
  }
  if (types->empty()) return target.set(S::attachments, "yes");
  target.set(S::attachments, permitted.empty() ? "no" : permitted);
  target.set(S::attachment_action, "strip");
  if (!names_type(*types, kHtml)) target.set(S::html, "text");
}

std::string write_pass_mime_types(const ListConfig& config) {
  const PermittedTypes permitted = read_permitted_types(config.text(S::attachments));
  if (permitted.which == PermittedTypes::Which::all) return literal_of(std::string_view());
  std::vector<std::string> types = {"multipart", "text/plain"};
  for (const std::string& type : permitted.types) {
    const bool is_main = type.ends_with("/*");
    if (type != "text/plain") types.push_back(is_main ? type.substr(0, type.size() - 2) : type);
  }
  const bool has_html = config.choice(S::html) == "clean" || config.choice(S::html) == "keep";
  if (has_html && !names_type(types, kHtml)) types.emplace_back(kHtml);
  return literal_of(join_lines(types));
}

// Of what it names only HTML can be told from the rest here, which attachments lists. Whatever else the text says, that
// is told: whether the filter is on may not be known yet.
void apply_filter_mime_types(const PythonValue& value, MailmanTarget& target) {
  const auto types = mailman_lines(value, target);
  if (!types) return;
  target.keep();
  for (const std::string& type : *types) {
    if (equals_ignoring_case(type, kHtml)) {
      if (is_filtering(target)) target.set(S::html, "text");
    } else {
      target.keep(fault_of(FaultId::header_not_done, type));
    }
  }
}
std::string write_filter_mime_types(const ListConfig& /*config*/) { return literal_of(std::string_view()); }

void apply_filter_endings(const PythonValue& value, MailmanTarget& target) {
  const auto endings = mailman_lines(value, target);
  if (!endings) return;
  target.keep();
  if (!is_filtering(target)) return;
  std::string names;
  for (const std::string& ending : *endings) names += (names.empty() ? "" : ", ") + ending;
  target.unset(S::attachment_names);
  if (!names.empty()) target.set(S::attachment_names, names);
}
std::string write_filter_endings(const ListConfig& config) {
  std::vector<std::string> endings;
  for (const std::string_view piece : split_at(config.text(S::attachment_names), ',')) {
    if (!trim(piece).empty()) endings.emplace_back(trim(piece));
  }
  return literal_of(join_lines(endings));
}

void apply_collapse(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number) return;
  target.keep();
  if (is_filtering(target)) target.set(S::collapse_alternatives, *number == 1 ? "yes" : "no");
}
std::string write_collapse(const ListConfig& config) { return config.is_on(S::collapse_alternatives) ? "1" : "0"; }

// HTML whose type does not pass is text already.
void apply_convert_html(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (!number) return;
  target.keep();
  if (!is_filtering(target)) return;
  if (*number == 1) return target.set(S::html, "text");
  const PythonValue* passes = target.said("pass_mime_types");
  const auto types = passes == nullptr ? std::nullopt : mailman_lines(*passes, target);
  const bool may_stay = !types || types->empty() || names_type(*types, kHtml);
  if (may_stay) keep_html(target);
}
std::string write_convert_html(const ListConfig& config) { return config.choice(S::html) == "text" ? "1" : "0"; }

struct TextWord {
  std::string_view theirs;
  std::string_view ours;
};
// The first one for a word of ours is written.
constexpr std::array kTextWords = {TextWord{"%(real_name)s", "$LIST"},
                                   TextWord{"%(list_name)s", "$LIST"},
                                   TextWord{"%(_internal_name)s", "$LIST"},
                                   TextWord{"%(user_address)s", "$USER_ADDRESS"},
                                   TextWord{"%(user_delivered_to)s", "$USER_ADDRESS"},
                                   TextWord{"%(user_name)s", "$USER_NAME"},
                                   TextWord{"%%", "%"}};

// Those of the list's own answers.
constexpr std::array kAnswerWords = {TextWord{"%(listname)s", "$LIST"}, TextWord{"%(requestemail)s", "$REQUEST"},
                                     TextWord{"%(owneremail)s", "$OWNER"}, TextWord{"%(adminemail)s", "$OWNER"},
                                     TextWord{"%%", "%"}};

// A line in our words; nullopt: it names something that there is not here, such as a page of the list.
std::optional<std::string> line_in_our_words(std::string_view line, std::span<const TextWord> words,
                                             const std::vector<TextWord>& more) {
  std::string ours;
  while (!line.empty()) {
    const auto is_here = [&](const TextWord& word) { return line.starts_with(word.theirs); };
    const auto known = std::find_if(words.begin(), words.end(), is_here);
    const TextWord* word = known == words.end() ? nullptr : &*known;
    const auto other = std::find_if(more.begin(), more.end(), is_here);
    if (other != more.end()) word = &*other;
    if (word == nullptr && line.starts_with("%(")) return std::nullopt;
    if (word == nullptr) {
      if (line.size() > 1 && line[0] == '$' && line[1] >= 'A' && line[1] <= 'Z') ours += '\\';
      ours += line.front();
    } else {
      ours += word->ours;
    }
    line.remove_prefix(word == nullptr ? 1 : word->theirs.size());
  }
  return ours;
}

void apply_text(const PythonValue& value, Setting setting, std::span<const TextWord> words,
                const std::vector<TextWord>& more, MailmanTarget& target) {
  const auto text = mailman_text(value, target);
  if (!text) return;
  std::vector<std::string> lines;
  for (const std::string& line : split_lines(*text)) {
    auto ours = line_in_our_words(line, words, more);
    if (ours) {
      lines.push_back(std::move(*ours));
    } else {
      target.keep(fault_of(FaultId::header_not_done, line));
    }
  }
  while (!lines.empty() && lines.back().empty()) lines.pop_back();
  target.unset(setting);
  if (!lines.empty()) target.set(setting, join_lines(lines));
}

template <Setting setting>
void apply_around(const PythonValue& value, MailmanTarget& target) {
  std::vector<TextWord> more = {{"%(description)s", target.config().text(S::description)}};
  const PythonValue* host = target.said("host_name");
  if (host != nullptr && host->as_octets()) more.push_back({"%(host_name)s", *host->as_octets()});
  apply_text(value, setting, kTextWords, more, target);
}

template <Setting setting>
void apply_answer(const PythonValue& value, MailmanTarget& target) {
  apply_text(value, setting, kAnswerWords, {}, target);
}

std::string written_text(std::string_view rest, std::span<const TextWord> words) {
  std::string theirs;
  while (!rest.empty()) {
    const auto word =
        std::find_if(words.begin(), words.end(), [&](const TextWord& each) { return rest.starts_with(each.ours); });
    const bool is_escape = rest.starts_with("\\$");
    if (word != words.end()) {
      theirs += word->theirs;
    } else {
      theirs += rest[is_escape ? 1 : 0];
    }
    rest.remove_prefix(word != words.end() ? word->ours.size() : is_escape ? 2 : 1);
  }
  return literal_of(theirs);
}

template <Setting setting>
std::string write_around(const ListConfig& config) {
  return written_text(config.text(setting), kTextWords);
}

template <Setting setting>
std::string write_answer(const ListConfig& config) {
  return written_text(config.text(setting), kAnswerWords);
}

void apply_topics_enabled(const PythonValue& value, MailmanTarget& target) {
  const auto number = mailman_radio(value, 1, target);
  if (number && *number == 0) target.unset(S::topics);
}
std::string write_topics_enabled(const ListConfig& config) { return config.is_set(S::topics) ? "1" : "0"; }

// (name, pattern, description, ...). Names of several words have hyphens here.
std::optional<std::string> topic_line(const PythonValue& topic) {
  std::array<std::string, 3> words;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto text = i < topic.items().size() ? topic.items()[i].as_octets() : std::nullopt;
    if (!text) return std::nullopt;
    for (const std::string& line : split_lines(*text)) {
      if (!trim(line).empty()) words[i] += (words[i].empty() ? "" : i == 1 ? "|" : " ") + std::string(trim(line));
    }
  }
  std::replace(words[0].begin(), words[0].end(), ' ', '-');
  const auto pattern = words[1].empty() ? std::optional<std::string>("") : pattern_of(words[1]);
  if (!pattern) return std::nullopt;
  const std::string line = words[0] + (pattern->empty() ? "" : " " + *pattern) +
                           (pattern->empty() || words[2].empty() ? "" : " " + words[2]);
  return read_topic(line) ? std::optional(line) : std::nullopt;
}

void apply_topics(const PythonValue& value, MailmanTarget& target) {
  target.keep();
  const bool is_on = target.said_number("topics_enabled").value_or(1) != 0;
  std::string lines;
  for (const PythonValue& topic : value.items()) {
    const auto line = topic_line(topic);
    if (line) {
      lines += (lines.empty() ? "" : "\n") + *line;
    } else {
      const auto name = topic.items().empty() ? std::nullopt : topic.items()[0].as_octets();
      target.keep(fault_of(FaultId::header_not_done, name ? std::string(*name) : foreign::write_literal(topic)));
    }
  }
  target.unset(S::topics);
  if (is_on && !lines.empty()) target.set(S::topics, lines);
}

std::string write_topics(const ListConfig& config) {
  std::string literal = "[";
  for (const Topic& topic : read_topics(config.lines(S::topics))) {
    const std::string expression = topic.pattern.empty() ? topic.name : expression_of_pattern(topic.pattern);
    literal += (literal.size() == 1 ? "(" : ", (") + literal_of(topic.name) + ", " + literal_of(expression) + ", " +
               literal_of(topic.description) + ", False)";
  }
  return literal + "]";
}

constexpr std::array kContent = {
    MailmanAttribute{"filter_content", apply_filter_content, write_filter_content},
    MailmanAttribute{"pass_mime_types", apply_pass_mime_types, write_pass_mime_types},
    MailmanAttribute{"filter_filename_extensions", apply_filter_endings, write_filter_endings},
    MailmanAttribute{"collapse_alternatives", apply_collapse, write_collapse},
    MailmanAttribute{"convert_html_to_plaintext", apply_convert_html, write_convert_html},
    MailmanAttribute{"filter_mime_types", apply_filter_mime_types, write_filter_mime_types},
    MailmanAttribute{"msg_header", apply_around<S::message_fronter>, write_around<S::message_fronter>},
    MailmanAttribute{"msg_footer", apply_around<S::message_footer>, write_around<S::message_footer>},
    MailmanAttribute{"autoresponse_postings_text", apply_answer<S::autoresponse_postings_text>,
                     write_answer<S::autoresponse_postings_text>},
    MailmanAttribute{"autoresponse_admin_text", apply_answer<S::autoresponse_admin_text>,
                     write_answer<S::autoresponse_admin_text>},
    MailmanAttribute{"autoresponse_request_text", apply_answer<S::autoresponse_request_text>,
                     write_answer<S::autoresponse_request_text>},
    MailmanAttribute{"topics_enabled", apply_topics_enabled, write_topics_enabled},
    MailmanAttribute{"topics", apply_topics, write_topics},
};

}  // namespace

std::span<const MailmanAttribute> mailman_content() { return kContent; }

}  // namespace majlis::lists
