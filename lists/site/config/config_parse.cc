#include <algorithm>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "lists/site/config/config_key.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/list_config.h"
#include "lists/site/config/posting_values.h"
#include "lists/site/config/setting_value.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

using Meaning = ConfigKey::Meaning;

constexpr std::size_t kMaxUnknown = 200;

// A blank line in front of the end tag is layout; a lone "-" there is a blank line.
std::string unescape_lines(std::string_view value) {
  while (value.ends_with('\n')) value.remove_suffix(1);
  std::string text;
  bool is_first = true;
  for (const std::string_view line : split_at(value, '\n')) {
    if (!std::exchange(is_first, false)) text += '\n';
    text += unescape_line(line);
  }
  return text;
}

// The value of Majordomo's old switch in the words of today's setting.
Result<std::string> value_of_switch(const ConfigKey& key, const Assignment& assignment) {
  const std::string lower = to_lower_ascii(assignment.value);
  if (lower.empty()) return lower;
  if (lower == "yes" || lower == "y") return std::string("list");
  if (lower == "no" || lower == "n") return std::string("open");
  return Error{ErrorKind::refused, assignment.key + ": must be yes or no (it is " + key.name + " today)"};
}

Result<std::string> value_of(const ConfigKey& key, const Assignment& assignment) {
  if (key.meaning == Meaning::old_private_switch) return value_of_switch(key, assignment);
  if (assignment.is_here_text && !is_array(key.spec->type)) {
    return Error{ErrorKind::refused, assignment.key + ": takes one value, written 'key = value'"};
  }
  return normalise_value(*key.spec,
                         key.spec->type == SettingType::lines ? unescape_lines(assignment.value) : assignment.value);
}

bool is_text(std::string_view value) {
  const auto is_control = [](char c) { return (c >= 0 && c < ' ' && c != '\t' && c != '\n') || c == '\x7F'; };
  return is_valid_utf8(value) && std::none_of(value.begin(), value.end(), is_control);
}

}  // namespace

// Gives the assignments of one text their meaning.
class ListConfig::Reader {
 public:
  Parsed read(std::string_view text) {
    ConfigText scanned = scan_config(text);
    parsed_.problems = std::move(scanned.problems);
    // Later assignments replace earlier ones, so only the last of each name is looked at.
    std::unordered_map<std::string, std::size_t> last;
    std::vector<ConfigKey> keys;
    for (const Assignment& assignment : scanned.assignments) {
      keys.push_back(read_key(assignment.key));
      last[keys.back().name] = keys.size() - 1;
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (last[keys[i].name] == i) take(keys[i], scanned.assignments[i]);
    }
    finish();
    return std::move(parsed_);
  }

 private:
  void take(const ConfigKey& key, const Assignment& assignment) {
    if (key.meaning == Meaning::foreign_secret) {
      parsed_.not_obeyed.push_back(key.name + ": a password of another program; it is not kept");
    } else if (key.meaning == Meaning::unknown) {
      take_unknown(assignment);
    } else {
      take_setting(key, assignment);
    }
  }

  void take_unknown(const Assignment& assignment) {
    if (assignment.value.empty()) return;
    if (!is_text(assignment.value)) return report(assignment, assignment.key + ": not UTF-8 text");
    if (parsed_.config.unknown_.size() == kMaxUnknown) return report(assignment, "too many unknown keywords");
    parsed_.config.unknown_.emplace_back(assignment.key, assignment.value);
    parsed_.not_obeyed.push_back(assignment.key + ": not known to Majlis; it is kept");
  }

  // A configuration from elsewhere is carried as far as it goes.
  Assignment without_our_fields(const ConfigKey& key, Assignment assignment) {
    if (key.spec->setting != Setting::message_headers) return assignment;
    std::vector<std::string> left_out;
    assignment.value = without_fields_written_anyway(assignment.value, left_out);
    for (const std::string& name : left_out) {
      parsed_.not_obeyed.push_back(key.name + ": " + name +
                                   " is left out: posts get this field by a setting of its own");
    }
    return assignment;
  }

  void take_setting(const ConfigKey& key, const Assignment& written) {
    const Assignment assignment = without_our_fields(key, written);
    Result<std::string> value = value_of(key, assignment);
    if (!value) return report(assignment, value.error().what);
    if (value->empty()) return;
    const SettingSpec& spec = *key.spec;
    if (!spec.not_obeyed.empty() && *value != spec.default_value) {
      parsed_.not_obeyed.push_back(key.name + ": " + std::string(spec.not_obeyed));
    }
    if (spec.type == SettingType::secret) {
      parsed_.passwords[spec.setting] = {std::move(*value), assignment.line};
    } else {
      parsed_.config.values_[spec.setting] = std::move(*value);
    }
  }

  void report(const Assignment& assignment, std::string what) {
    if (parsed_.problems.size() <= kMaxConfigProblems) parsed_.problems.push_back({assignment.line, std::move(what)});
  }

  void finish() {
    std::sort(parsed_.config.unknown_.begin(), parsed_.config.unknown_.end());
    if (parsed_.problems.empty()) return;
    const auto by_line = [](const ConfigProblem& a, const ConfigProblem& b) { return a.line < b.line; };
    std::stable_sort(parsed_.problems.begin(), parsed_.problems.end(), by_line);
    parsed_.config = ListConfig();
    parsed_.passwords.clear();
  }

  Parsed parsed_;
};

ListConfig::Parsed ListConfig::parse(std::string_view text) { return Reader().read(text); }

}  // namespace majlis::lists
