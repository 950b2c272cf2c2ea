#include "lists/moving/statements.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/presets.h"

namespace majlis::lists {
namespace {

using foreign::Fate;
using foreign::Finding;

constexpr std::size_t kShownOctets = 200;
constexpr const char* kHashed = "kept as a hash only";

std::string shown(std::string_view value) { return std::string(utf8_prefix(value, kShownOctets)); }

// Without the keyword in front, which stands beside it.
std::string without(const std::string& keyword, const std::string& why) {
  return why.starts_with(keyword + ": ") ? why.substr(keyword.size() + 2) : why;
}

// What is noted of one of its lines: a fault, for which it was left out, or what was read otherwise than it is written.
std::optional<std::string> noted(const Assignment& assignment, const std::vector<ConfigProblem>& notes) {
  for (const ConfigProblem& problem : notes) {
    const std::vector<std::size_t>& lines = assignment.value_lines;
    const bool is_there =
        problem.line == assignment.line || std::find(lines.begin(), lines.end(), problem.line) != lines.end();
    if (is_there) return problem.what;
  }
  return std::nullopt;
}

// The settings that a keyword speaks of; where several keywords share one, those that it changes in a new list.
std::vector<Setting> settings_of(const Codec& codec, const Assignment& assignment) {
  if (!codec.shares_settings()) {
    const std::span<const Setting> fixed = codec.settings_of(assignment.key);
    return {fixed.begin(), fixed.end()};
  }
  if (!codec.knows(assignment.key)) return {};
  const ListConfig before = config_for(kDefaultPreset);
  ListConfig after;
  codec.complete(after, {{assignment.key, assignment.value}}, before);
  std::vector<Setting> settings;
  for (const SettingSpec& spec : all_settings()) {
    if (spec.type != SettingType::secret && after.text(spec.setting) != before.text(spec.setting)) {
      settings.push_back(spec.setting);
    }
  }
  return settings;
}

class Statements {
 public:
  Statements(const Dialect& dialect, const JudgedConfig& judged)
      : codec_(dialect.codec), accepted_(&judged.accepted), config_(&judged.config) {
    for (const Phrase& phrase : accepted_->not_obeyed) add_reason(keyword_of(phrase), in_english(phrase));
    for (const ConfigProblem& note : accepted_->notes) reasons_.emplace(keyword_of(note.phrase), note.what);
    reasons_.erase("");
  }

  Finding finding_of(const Assignment& assignment) const {
    Finding finding{.what = codec_->shown_name(assignment.key), .from = shown(assignment.value)};
    const std::vector<Setting> settings = settings_of(*codec_, assignment);
    if (is_secret(assignment.key, settings)) return finding_of_secret(std::move(finding), settings);
    finding.to = values_of(settings);
    if (const auto why = noted(assignment, accepted_->notes)) {
      finding.fate = finding.to.empty() ? Fate::not_carried : Fate::changed;
      finding.why = without(finding.what, *why);
    } else if (const auto reason = reason_for(finding.what, settings); !reason.empty()) {
      finding.fate = settings.empty() || finding.to.empty() ? Fate::not_carried : Fate::changed;
      finding.why = without(finding.what, reason);
    } else {
      const bool is_unknown = !codec_->knows(assignment.key) && !assignment.value.empty();
      finding.fate = is_unknown ? Fate::not_carried : Fate::carried;
      if (finding.fate == Fate::not_carried) finding.why = "a keyword that is not known; it is kept and not obeyed";
    }
    return finding;
  }

 private:
  void add_reason(const std::string& keyword, const std::string& sentence) {
    std::string& reason = reasons_[keyword];
    reason += reason.empty() ? sentence : "; " + without(keyword, sentence);
  }

  bool is_secret(std::string_view key, const std::vector<Setting>& settings) const {
    return codec_->is_foreign_secret(key) || std::any_of(settings.begin(), settings.end(), [](Setting setting) {
             return spec_of(setting).type == SettingType::secret;
           });
  }

  Finding finding_of_secret(Finding finding, const std::vector<Setting>& settings) const {
    const bool is_empty = std::exchange(finding.from, "").empty();
    const bool is_taken = !settings.empty() && accepted_->passwords.contains(settings.front());
    finding.fate = is_taken ? Fate::changed : (is_empty ? Fate::carried : Fate::not_carried);
    finding.to = is_taken ? std::string(spec_of(settings.front()).name) : "";
    const std::string reason = reason_for(finding.what, settings);
    if (finding.fate != Fate::carried)
      finding.why =
          is_taken ? kHashed : (reason.empty() ? "a password of another program" : without(finding.what, reason));
    return finding;
  }

  std::string reason_for(const std::string& keyword, const std::vector<Setting>& settings) const {
    if (const auto found = reasons_.find(keyword); found != reasons_.end()) return found->second;
    for (const Setting setting : settings) {
      const auto found = reasons_.find(std::string(spec_of(setting).name));
      if (found != reasons_.end()) return found->second;
    }
    return {};
  }

  std::string values_of(const std::vector<Setting>& settings) const {
    std::string text;
    for (const Setting setting : settings) {
      if (!config_->is_set(setting)) continue;
      text += (text.empty() ? "" : "; ") + std::string(spec_of(setting).name) + " = " + shown(config_->text(setting));
    }
    return text;
  }

  const Codec* codec_;
  const AcceptedConfig* accepted_;
  const ListConfig* config_;
  std::map<std::string, std::string> reasons_;
};

}  // namespace

std::string keyword_of(const Phrase& phrase) {
  const auto keyword = phrase.values.find("keyword");
  return keyword == phrase.values.end() ? "" : keyword->second;
}

std::vector<Finding> findings_of(std::string_view text, const Dialect& dialect, const JudgedConfig& judged) {
  const Statements statements(dialect, judged);
  std::vector<Finding> findings;
  for (const Assignment& assignment : dialect.scan(text).assignments)
    findings.push_back(statements.finding_of(assignment));
  for (const ConfigProblem& note : judged.accepted.notes) {
    if (note.line == 0) findings.push_back({.what = "configuration", .from = "", .why = note.what});
  }
  return findings;
}

std::set<Setting> settings_named(std::string_view text, const Dialect& dialect, const JudgedConfig& judged) {
  std::set<Setting> named;
  for (const Assignment& assignment : dialect.scan(text).assignments) {
    const bool has_note = noted(assignment, judged.accepted.notes).has_value();
    for (const Setting setting : settings_of(*dialect.codec, assignment)) {
      if (!has_note || judged.config.is_set(setting)) named.insert(setting);
    }
  }
  return named;
}

}  // namespace majlis::lists
