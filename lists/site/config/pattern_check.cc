#include "lists/site/config/pattern_check.h"

#include <algorithm>

#include "base/regex_trial.h"
#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::uint64_t kMaxStepsOfAll = 200'000'000;  // a second or two, for 500 patterns

Error refused(const SettingSpec& spec, std::string_view pattern, std::string_view why) {
  return {ErrorKind::refused, std::string(spec.name) + ": '" + printable(pattern, 200) + "' " + std::string(why)};
}

Status check(const SettingSpec& spec, const std::string& written, std::uint64_t& steps_left) {
  Result<Pattern> pattern = Pattern::parse(written);
  if (!pattern) return refused(spec, written, pattern.error().what);
  const std::optional<std::string> text = find_hostile_text(*pattern, steps_left);
  if (!text) return {};
  if (text->empty()) return refused(spec, written, "and the patterns before it take too long to try; use fewer");
  return refused(spec, written,
                 "takes too long on some texts, '" + printable(*text, 60) +
                     "' for one; do not repeat what is itself a repetition");
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
