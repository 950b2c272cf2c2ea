#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/dialect.h"
#include "lists/site/config/list_config.h"
#include "lists/site/config/overruled.h"
#include "lists/site/config/posting_values.h"
#include "lists/site/config/setting_value.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxUnknown = 200;

bool is_text(std::string_view value) {
  const auto is_control = [](char c) { return (c >= 0 && c < ' ' && c != '\t' && c != '\n') || c == '\x7F'; };
  return is_valid_utf8(value) && std::none_of(value.begin(), value.end(), is_control);
}

}  // namespace

// Gives the assignments of one text their meaning.
class ListConfig::Reader {
 public:
  Reader(const Dialect& dialect, const ListConfig& before)
      : dialect_(&dialect), codec_(dialect.codec), before_(&before) {}

  Parsed read(std::string_view text) {
    ConfigText scanned = dialect_->scan(text);
    parsed_.problems = std::move(scanned.problems);
    parsed_.notes = std::move(scanned.notes);
    find_last(scanned.assignments);
    for (std::size_t i = 0; i < scanned.assignments.size(); ++i) take(scanned.assignments[i], i);
    finish();
    return std::move(parsed_);
  }

 private:
  // Later assignments replace earlier ones: only the last that speaks of a thing is looked at for it.
  void find_last(const std::vector<Assignment>& assignments) {
    for (std::size_t i = 0; i < assignments.size(); ++i) {
      const std::span<const Setting> settings = codec_->settings_of(assignments[i].key);
      for (const Setting setting : settings) last_[setting] = i;
      if (settings.empty()) last_of_keyword_[assignments[i].key] = i;
    }
  }

  void take(const Assignment& assignment, std::size_t number) {
    const std::span<const Setting> settings = codec_->settings_of(assignment.key);
    const auto counts = [&](Setting setting) { return last_.at(setting) == number; };
    if (settings.empty() ? last_of_keyword_.at(assignment.key) != number
                         : std::none_of(settings.begin(), settings.end(), counts)) {
      return;
    }
    if (codec_->knows(assignment.key)) {
      take_known(assignment, settings, number);
    } else {
      take_unknown(assignment);
    }
  }

  void take_unknown(const Assignment& assignment) {
    if (codec_->is_foreign_secret(assignment.key)) {
      note(assignment, fault(FaultId::foreign_password));
      return;
    }
    if (assignment.value.empty() || !keep(assignment, assignment.value)) return;
    note(assignment, fault(codec_->why_kept(assignment.key)));
  }

  bool keep(const Assignment& assignment, std::string value) {
    const bool is_too_much = parsed_.config.unknown_.size() == kMaxUnknown;
    if (!is_text(value) || is_too_much) {
      report(assignment, is_too_much ? FaultId::too_many_unknown : FaultId::not_text);
      return false;
    }
    parsed_.config.unknown_.emplace_back(codec_->kept_name(assignment.key), std::move(value));
    return true;
  }

  void take_known(const Assignment& assignment, std::span<const Setting> settings, std::size_t number) {
    const auto takes_lines = [](Setting setting) { return is_array(spec_of(setting).type); };
    if (assignment.is_here_text && std::none_of(settings.begin(), settings.end(), takes_lines)) {
      return report(assignment, FaultId::takes_one_value);
    }
    Reading reading = codec_->read(assignment.key, assignment.value);
    if (reading.fault) {
      return report(line_of(assignment, reading.fault_line),
                    refused(about(codec_->shown_name(assignment.key), std::move(*reading.fault))));
    }
    for (Phrase& remark : reading.remarks) note(assignment, std::move(remark));
    if (reading.is_kept) keep(assignment, assignment.value);
    said_.push_back({assignment.key, assignment.value});
    for (SettingValue& value : reading.values) {
      if (last_.at(value.setting) == number) take_setting(assignment, std::move(value));
    }
  }

  // A configuration from elsewhere is carried as far as it goes.
  void leave_out_our_fields(SettingValue& value) {
    if (value.setting != Setting::message_headers) return;
    std::vector<std::string> left_out;
    value.value = without_fields_written_anyway(value.value, left_out);
    for (const std::string& name : left_out) {
      parsed_.not_obeyed.push_back(about(spec_of(value.setting).name, fault_of(FaultId::field_left_out, name)));
    }
  }

  void take_setting(const Assignment& assignment, SettingValue written) {
    leave_out_our_fields(written);
    const SettingSpec& spec = spec_of(written.setting);
    Result<std::string> value = normalise_value(spec, written.value);
    if (!value) return report(line_of(assignment, written.line), in_words_of(assignment, value.error()));
    if (value->empty()) return;
    if (!spec.not_obeyed.empty() && *value != spec.default_value) {
      parsed_.not_obeyed.push_back(about(spec.name, {spec.not_obeyed}));
    }
    if (spec.type == SettingType::secret) {
      parsed_.passwords[spec.setting] = {std::move(*value), assignment.line};
    } else {
      parsed_.config.values_[spec.setting] = std::move(*value);
    }
  }

  // A codec that is no list of our settings speaks of its own keywords.
  Error in_words_of(const Assignment& assignment, const Error& error) const {
    return codec_->is_whole() ? error : refused(about(codec_->shown_name(assignment.key), error.phrase));
  }

  static std::size_t line_of(const Assignment& assignment, std::size_t line_of_value) {
    return line_of_value < assignment.value_lines.size() ? assignment.value_lines[line_of_value] : assignment.line;
  }

  void note(const Assignment& assignment, Phrase phrase) {
    parsed_.not_obeyed.push_back(about(codec_->shown_name(assignment.key), std::move(phrase)));
  }

  void report(const Assignment& assignment, FaultId id) {
    report(assignment.line, refused(about(codec_->shown_name(assignment.key), fault(id))));
  }

  void report(std::size_t line, const Error& error) {
    if (parsed_.problems.size() > kMaxConfigProblems) return;
    parsed_.problems.push_back({line, error.what, error.phrase});
  }

  void note_overruled() {
    for (const SettingSpec& spec : all_settings()) {
      std::optional<Phrase> why = overruled(parsed_.config, spec.setting);
      if (why) parsed_.not_obeyed.push_back(about(spec.name, std::move(*why)));
    }
  }

  void finish() {
    if (dialect_->faults == Dialect::Faults::leave_out) {
      std::move(parsed_.problems.begin(), parsed_.problems.end(), std::back_inserter(parsed_.notes));
      parsed_.problems.clear();
    }
    if (!codec_->is_whole() && parsed_.problems.empty()) {
      parsed_.kept = codec_->complete(parsed_.config, said_, *before_);
    }
    std::sort(parsed_.config.unknown_.begin(), parsed_.config.unknown_.end());
    note_overruled();
    if (parsed_.problems.empty()) return;
    const auto by_line = [](const ConfigProblem& a, const ConfigProblem& b) { return a.line < b.line; };
    std::stable_sort(parsed_.problems.begin(), parsed_.problems.end(), by_line);
    parsed_.config = ListConfig();
    parsed_.passwords.clear();
  }

  const Dialect* dialect_;
  const Codec* codec_;
  const ListConfig* before_;
  std::vector<Statement> said_;
  std::map<Setting, std::size_t> last_;
  std::unordered_map<std::string, std::size_t> last_of_keyword_;
  Parsed parsed_;
};

ListConfig::Parsed ListConfig::parse(std::string_view text, const Dialect& dialect, const ListConfig& before) {
  return Reader(dialect, before).read(text);
}

ListConfig::Parsed ListConfig::parse(std::string_view text) { return parse(text, majordomo(), {}); }

}  // namespace majlis::lists
