#include "lists/site/config/pattern_check.h"

#include <algorithm>

#include "base/regex_trial.h"
#include "base/text.h"
#include "lists/site/config/config_fault.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kShownOctets = 60;
constexpr std::uint64_t kMaxStepsOfAll = 200'000'000;  // a second or two, for 500 patterns

Status check(const SettingSpec& spec, const std::string& written, std::uint64_t& steps_left) {
  Result<Pattern> pattern = Pattern::parse(written);
  if (!pattern) return refused(about(spec.name, fault_in_pattern(written, pattern.error())));
  const std::optional<std::string> text = find_hostile_text(*pattern, steps_left);
  if (!text) return {};
  if (text->empty()) return refused(about(spec.name, fault_of(FaultId::patterns_take_long, written)));
  Phrase phrase = fault_of(FaultId::pattern_takes_long, written);
  phrase.values.emplace("text", printable(*text, kShownOctets));
  return refused(about(spec.name, std::move(phrase)));
}

}  // namespace

Status check_new_patterns(const ListConfig& now, const ListConfig& before) {
  std::uint64_t steps_left = kMaxStepsOfAll;
  for (const SettingSpec& spec : all_settings()) {
    if (spec.type != SettingType::patterns || now.text(spec.setting) == before.text(spec.setting)) continue;
    const std::vector<std::string> known = before.lines(spec.setting);
    for (const std::string& written : now.lines(spec.setting)) {
      if (std::find(known.begin(), known.end(), written) != known.end()) continue;
      Status checked = check(spec, written, steps_left);
      if (!checked) return checked;
    }
  }
  return {};
}

}  // namespace majlis::lists
