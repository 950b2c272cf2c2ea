#include "lists/site/config/content_filter.h"

#include <algorithm>

#include "base/text.h"
#include "base/wildcard.h"
#include "lists/posts/rules/patterns.h"
#include "lists/posts/rules/rules.h"
#include "mail/coding/encoded_words.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kShownOctets = 200;
constexpr std::size_t kMaxWordsOctets = 900;
constexpr std::string_view kBetween = ": ";

// A post as the rules look at it: everything in lower case.
class FilteredPost {
 public:
  explicit FilteredPost(const mail::Message& message) {
    const std::vector<mail::Part>& parts = message.scan().parts;
    for (const mail::Field& field : parts.front().fields) {
      const std::string_view body = message.bytes().substr(field.body_begin, field.body_end - field.body_begin);
      const std::string name = to_lower_ascii(field.name);
      const std::string came = to_lower_ascii(mail::one_line(body));
      const std::string read = to_lower_ascii(field_as_read(message, field));
      lines_.push_back({name, name + std::string(kBetween) + came});
      if (read != came) lines_.push_back({name, name + std::string(kBetween) + read});
    }
    const auto text =
        std::find_if(parts.begin(), parts.end(), [](const mail::Part& part) { return part.type == "text/plain"; });
    if (text != parts.end()) text_ = to_lower_ascii(text_of_part(message, *text));
  }

  bool matches(const ContentRule& rule) const {
    switch (rule.where) {
      case ContentRule::Where::field: return has_field(rule);
      case ContentRule::Where::header: return is_in_header(rule.pattern);
      case ContentRule::Where::text: return rule.pattern.empty() ? trim(text_).empty() : is_in_text(rule.pattern);
    }
    return false;
  }

 private:
  // Of a field: as it came, or as people read it where that is something else.
  struct Line {
    std::string name;
    std::string whole;

    std::string_view body() const { return std::string_view(whole).substr(name.size() + kBetween.size()); }
  };

  bool has_field(const ContentRule& rule) const {
    const std::string name = to_lower_ascii(rule.field);
    const bool wants_none = rule.pattern.empty();
    const bool is_found = std::any_of(lines_.begin(), lines_.end(), [&](const Line& line) {
      return line.name == name && (wants_none ? !line.body().empty() : matches_wildcard(rule.pattern, line.body()));
    });
    return is_found != wants_none;
  }

  bool is_in_header(std::string_view pattern) const {
    return std::any_of(lines_.begin(), lines_.end(),
                       [&](const Line& line) { return matches_wildcard(pattern, line.whole); });
  }

  bool is_in_text(std::string_view pattern) const {
    std::string_view rest = text_;
    while (const auto line = next_line(rest)) {
      if (matches_wildcard(pattern, trim(*line))) return true;
    }
    return false;
  }

  std::vector<Line> lines_;
  std::string text_;
};

Action action_of(ContentRule::Action action) {
  switch (action) {
    case ContentRule::Action::allow: return Action::accept;
    case ContentRule::Action::reject: return Action::reject;
    case ContentRule::Action::moderate: return Action::hold;
    case ContentRule::Action::discard: return Action::discard;
  }
  return Action::hold;
}

}  // namespace

// The first rule that fits decides; one that allows ends the filter, not what other rules say.
std::optional<Decision> content_filter(const PostFacts& facts) {
  const ListConfig& config = facts.list->config();
  if (!config.is_set(Setting::content_filter)) return std::nullopt;
  const ContentFilter filter = read_content_filter(config.text(Setting::content_filter));
  const FilteredPost post(*facts.message);
  const auto rule = std::find_if(filter.rules.begin(), filter.rules.end(),
                                 [&](const ContentRule& each) { return post.matches(each); });
  if (rule == filter.rules.end() || rule->action == ContentRule::Action::allow) return std::nullopt;
  TextValues values = {{"pattern", printable_utf8(rule->written, kShownOctets)}};
  if (rule->words.empty()) return decision(action_of(rule->action), ReasonId::content_filter, std::move(values));
  values.emplace("text", printable_utf8(rule->words, kMaxWordsOctets));
  return decision(action_of(rule->action), ReasonId::content_filter_words, std::move(values));
}

}  // namespace majlis::lists
