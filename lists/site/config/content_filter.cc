#include "lists/site/config/content_filter.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/wildcard.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/posting_values.h"

namespace majlis::lists {
namespace {

using Action = ContentRule::Action;
using Where = ContentRule::Where;

constexpr std::string_view kHeader = "Header";
constexpr std::string_view kText = "Text";
constexpr std::string_view kAction = "Action:";

enum class TakesWords { no, yes };
struct ActionWord {
  std::string_view word;
  Action action;
  TakesWords takes_words;
};
constexpr std::array kActions = {
    ActionWord{"ALLOW", Action::allow, TakesWords::no}, ActionWord{"REJECT", Action::reject, TakesWords::yes},
    ActionWord{"MODERATE", Action::moderate, TakesWords::no}, ActionWord{"DISCARD", Action::discard, TakesWords::yes}};

std::string_view first_word(std::string_view text) { return text.substr(0, text.find_first_of(" \t")); }

// "NAME:" or "NAME::" taken apart.
struct Prefix {
  std::string_view name;
  bool wants_all = false;
};
std::optional<Prefix> prefix_of(std::string_view word) {
  if (!word.ends_with(':')) return std::nullopt;
  Prefix prefix{word.substr(0, word.size() - 1)};
  prefix.wants_all = prefix.name.ends_with(':');
  if (prefix.wants_all) prefix.name.remove_suffix(1);
  const bool is_one = !prefix.name.empty() && prefix.name.find(':') == std::string_view::npos;
  return is_one ? std::optional(prefix) : std::nullopt;
}

class Reader {
 public:
  ContentFilter read(std::string_view value) {
    std::size_t number = 0;
    for (const std::string_view line : split_at(value, '\n')) {
      std::optional<Phrase> fault = take(trim(line));
      if (fault) {
        fault->values.emplace("number", std::to_string(number + 1));
        filter_.fault = std::move(fault);
        filter_.fault_line = number;
        break;
      }
      ++number;
    }
    return std::move(filter_);
  }

 private:
  std::optional<Phrase> take(std::string_view line) {
    if (line.empty()) return {};
    if (starts_with_ignoring_case(line, kAction)) return take_action(line);
    takes_action_ = true;
    return take_rule(line);
  }

  std::optional<Phrase> take_action(std::string_view line) {
    const std::string_view said = trim(line.substr(kAction.size()));
    const std::string_view word = first_word(said);
    const std::string_view words = trim(said.substr(word.size()));
    const auto* const row = std::find_if(kActions.begin(), kActions.end(),
                                         [&](const ActionWord& each) { return equals_ignoring_case(each.word, word); });
    if (row == kActions.end()) return fault_of(FaultId::filter_no_action, word);
    if (!takes_action_) return fault_of(FaultId::filter_action_astray, line);
    if (!words.empty() && row->takes_words == TakesWords::no) return fault_of(FaultId::filter_surplus, words);
    takes_action_ = false;
    filter_.rules.back().action = row->action;
    filter_.rules.back().words = words;
    return {};
  }

  std::optional<Phrase> take_rule(std::string_view line) {
    if (filter_.rules.size() == kMaxContentRules) return fault_of_limit(FaultId::filter_too_many, kMaxContentRules);
    ContentRule& rule = filter_.rules.emplace_back(ContentRule{.written = std::string(line)});
    const std::string_view word = first_word(line);
    const std::optional<Prefix> prefix = prefix_of(word);
    if (!prefix) {
      rule.pattern = pattern_of(line, false);
      return {};
    }
    const std::string_view text = trim(line.substr(word.size()));
    if (equals_ignoring_case(prefix->name, kHeader)) {
      rule.where = Where::header;
    } else if (!equals_ignoring_case(prefix->name, kText)) {
      rule.where = Where::field;
      rule.field = prefix->name;
      if (!is_field_name(prefix->name)) return fault_of(FaultId::filter_no_field, prefix->name);
    }
    const bool may_be_empty = prefix->wants_all && rule.where != Where::header;
    if (text.empty() && !may_be_empty) return fault_of(FaultId::filter_nothing, line);
    rule.pattern = text.empty() ? "" : pattern_of(text, prefix->wants_all);
    return {};
  }

  static std::string pattern_of(std::string_view text, bool is_all) {
    const std::string lower = to_lower_ascii(text);
    return is_all || text.find(kAnything) != std::string_view::npos ? lower : kAnything + lower + kAnything;
  }

  ContentFilter filter_;
  bool takes_action_ = false;
};

}  // namespace

ContentFilter read_content_filter(std::string_view value) { return Reader().read(value); }

}  // namespace majlis::lists
