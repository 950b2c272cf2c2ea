#include <unordered_map>

#include "base/text.h"
#include "lists/site/config/config_key.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/list_config.h"
#include "lists/site/config/setting_value.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kTypeNames[] = {"bool",      "enum",         "word",         "string", "integer",
                                           "addresses", "regexp_array", "string_array", "secret"};

// Mail programs break lines soon behind this, and the rest of a broken comment is no comment. Majordomo's own bound.
constexpr std::size_t kMaxCommentOctets = 72;

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
  if (!spec.not_obeyed.empty()) comment += as_comment("Not obeyed: " + std::string(spec.not_obeyed));
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

bool is_kept_elsewhere(const ConfigKey& key) {
  const bool is_secret = key.spec != nullptr && key.spec->type == SettingType::secret;
  return is_secret || key.meaning == ConfigKey::Meaning::foreign_secret;
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
  for (std::size_t i = 0; i < scanned.assignments.size(); ++i) last[read_key(scanned.assignments[i].key).name] = i;

  std::string text;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < scanned.assignments.size(); ++i) {
    const Assignment& assignment = scanned.assignments[i];
    text += original.substr(copied, assignment.begin - copied);
    copied = assignment.end;
    const ConfigKey key = read_key(assignment.key);
    if (is_kept_elsewhere(key)) continue;
    const std::string* value = new_values.find(key.name);
    if (new_values.agrees_with(old_values, key.name)) {
      text += original.substr(assignment.begin, assignment.end - assignment.begin);
    } else if (value != nullptr && last[key.name] == i) {
      text += Writer::statement(key.name, *value, assignment.comment);
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
