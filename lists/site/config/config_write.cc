#include "lists/site/config/config_write.h"
#include "lists/site/config/config_fault.h"

#include <optional>
#include <span>
#include <unordered_map>

#include "base/text.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/list_config.h"
#include "lists/site/config/majordomo_codec.h"
#include "lists/site/config/setting_value.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kTypeNames[] = {"bool",      "enum",         "word",         "string", "integer",
                                           "addresses", "regexp_array", "string_array", "secret"};

// Mail programs break lines soon behind this, and the rest of a broken comment is no comment. Majordomo's own bound.
constexpr std::size_t kMaxCommentOctets = 72;

constexpr std::string_view kPasswordsAreNotKnown =
    "Majlis does not know it; choose one here before Majordomo reads this file.";

std::string as_comment(std::string_view text) {
  std::string comment = "#";
  std::size_t width = comment.size();
  for (const std::string_view word : split_words(text)) {
    if (width > 1 && width + 1 + word.size() > kMaxCommentOctets) {
      comment += "\n#";
      width = 1;
    }
    comment.append(" ").append(word);
    width += 1 + word.size();
  }
  return comment + "\n";
}

// "# name [type] (default) /choices/" and the description, as Majordomo's writeconfig does.
std::string comment_for(const SettingSpec& spec) {
  std::string head = std::string(spec.name) + " [" + std::string(kTypeNames[static_cast<std::size_t>(spec.type)]) + "]";
  if (!spec.default_value.empty()) head += " (" + std::string(spec.default_value) + ")";
  if (!spec.choices.empty()) head += " /" + std::string(spec.choices) + "/";
  std::string comment = as_comment(head) + as_comment(spec.description);
  if (!spec.not_obeyed.empty()) comment += as_comment("Not obeyed: " + in_english({spec.not_obeyed}));
  return comment;
}

std::string statement_for(const SettingSpec& spec, const std::string& value, std::string_view comment = {}) {
  if (!is_array(spec.type)) return format_assignment(spec.name, value, comment);
  std::vector<std::string> lines = split_lines(value);
  if (spec.type == SettingType::lines) {
    for (std::string& line : lines) line = escape_line(line);
  }
  return format_here_text(spec.name, lines);
}

std::string statement_for_unknown(std::string_view name, std::string_view value) {
  const bool fits_a_line = value.find_first_of("\n#") == std::string_view::npos;
  return fits_a_line ? format_assignment(name, value) : format_here_text(name, split_lines(value));
}

std::string statement_left_out(const SettingSpec& spec) {
  if (is_array(spec.type)) return "#" + std::string(spec.name) + " << END\n#END\n";
  return "#" + format_assignment(spec.name, spec.default_value);
}

// One name for all spellings of one thing in a list's own file.
std::string name_of(const std::string& key) {
  const std::span<const Setting> settings = majordomo_codec().settings_of(key);
  return settings.empty() ? key : std::string(spec_of(settings.front()).name);
}

bool is_kept_elsewhere(const std::string& name) {
  const SettingSpec* spec = find_setting(name);
  return spec == nullptr ? is_foreign_secret(name) : spec->type == SettingType::secret;
}

// Every line behind the mark.
std::string behind_mark(std::string_view text) {
  std::string marked;
  while (const std::optional<std::string_view> line = next_line(text)) {
    marked.append(kOursMark).append(" ").append(*line).append("\n");
  }
  return marked;
}

void end_line(std::string& text) {
  if (!text.empty() && text.back() != '\n') text += '\n';
}

}  // namespace

std::string ListConfig::write() const {
  std::string text = as_comment(
      "Configuration of this list; see majlis-list.conf(5). A '#' in front of a setting: it has its default.");
  for (const SettingSpec& spec : all_settings()) {
    const auto value = values_.find(spec.setting);
    if (value == values_.end() && !spec.not_obeyed.empty()) continue;
    text += "\n" + comment_for(spec);
    if (spec.type == SettingType::secret) continue;
    text += value == values_.end() ? statement_left_out(spec) : statement_for(spec, value->second);
  }
  if (!unknown_.empty()) text += "\n# Keywords Majlis does not know: kept, not obeyed.\n";
  for (const auto& [name, value] : unknown_) text += statement_for_unknown(name, value);
  return text;
}

std::string print_statements(const std::vector<Statement>& statements) {
  std::string text =
      as_comment("Configuration of a list for Majordomo 1.94, and for Majlis, which also reads what stands behind " +
                 std::string(kOursMark) + " (majlis-list.conf(5)).");
  std::string_view before;
  for (const Statement& statement : statements) {
    const SettingSpec* spec = find_setting(statement.keyword);
    if (statement.keyword != before) text += "\n" + (spec == nullptr ? std::string() : comment_for(*spec));
    if (spec != nullptr && spec->type == SettingType::secret) text += as_comment(kPasswordsAreNotKnown);
    before = statement.keyword;
    const bool has_lines = spec != nullptr && is_array(spec->type);
    const std::string line = has_lines ? format_here_text(statement.keyword, split_lines(statement.value))
                                       : statement_for_unknown(statement.keyword, statement.value);
    text += statement.standing == Statement::Standing::ours ? behind_mark(line) : line;
  }
  return text;
}

// Everything that is set, by name.
class ListConfig::Writer {
 public:
  explicit Writer(const ListConfig& config) {
    for (const auto& [setting, value] : config.values_) values_.emplace(spec_of(setting).name, value);
    for (const auto& [name, value] : config.unknown_) values_.emplace(name, value);
  }

  const std::string* find(const std::string& name) const {
    const auto found = values_.find(name);
    return found == values_.end() ? nullptr : &found->second;
  }
  bool agrees_with(const Writer& other, const std::string& name) const {
    const std::string* mine = find(name);
    const std::string* theirs = other.find(name);
    return mine == nullptr || theirs == nullptr ? mine == theirs : *mine == *theirs;
  }
  const std::map<std::string, std::string>& all() const { return values_; }

  static std::string statement(const std::string& name, const std::string& value, std::string_view comment) {
    const SettingSpec* spec = find_setting(name);
    return spec == nullptr ? statement_for_unknown(name, value) : statement_for(*spec, value, comment);
  }

 private:
  std::map<std::string, std::string> values_;
};

std::string ListConfig::write_into(std::string_view original) const {
  const Parsed before = parse(original);
  if (!before.problems.empty()) return write();
  const Writer old_values(before.config);
  const Writer new_values(*this);
  const ConfigText scanned = scan_config(original);
  std::unordered_map<std::string, std::size_t> last;
  for (std::size_t i = 0; i < scanned.assignments.size(); ++i) last[name_of(scanned.assignments[i].key)] = i;

  std::string text;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < scanned.assignments.size(); ++i) {
    const Assignment& assignment = scanned.assignments[i];
    text += original.substr(copied, assignment.begin - copied);
    copied = assignment.end;
    const std::string name = name_of(assignment.key);
    if (is_kept_elsewhere(name)) continue;
    const std::string* value = new_values.find(name);
    if (new_values.agrees_with(old_values, name)) {
      text += original.substr(assignment.begin, assignment.end - assignment.begin);
    } else if (value != nullptr && last[name] == i) {
      text += Writer::statement(name, *value, assignment.comment);
    }
  }
  text += original.substr(copied);

  for (const auto& [name, value] : new_values.all()) {
    if (last.contains(name)) continue;
    end_line(text);
    const SettingSpec* spec = find_setting(name);
    text += (spec == nullptr ? "" : "\n" + comment_for(*spec)) + Writer::statement(name, value, {});
  }
  return text;
}

}  // namespace majlis::lists
