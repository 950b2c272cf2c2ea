#include "bin/admin/config/config.h"

#include "bin/admin/call/print.h"
#include "bin/admin/config/config_file.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/overruled.h"
#include "lists/site/config/setting_value.h"
#include "lists/site/config/value_lines.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kListing[] = {{"json", Takes::nothing}};
constexpr Option kDialect[] = {{"dialect", Takes::value}};

// "" for what is obeyed.
std::string why_not_obeyed(const lists::ListConfig& config, const lists::SettingSpec& spec) {
  if (const auto why = lists::overruled(config, spec.setting)) return lists::in_english(*why);
  return lists::in_english({spec.not_obeyed});
}

std::string json_of(const std::string& list, const lists::ListConfig& config, const lists::SettingSpec& spec) {
  return JsonLine()
      .text("list", list)
      .text("setting", spec.name)
      .text("value", config.text(spec.setting))
      .flag("set", config.is_set(spec.setting))
      .text("description", spec.description)
      .text("not_obeyed", why_not_obeyed(config, spec))
      .line();
}

// As it would stand in the file; a setting at its default behind a '#'.
std::string statement_of(const lists::ListConfig& config, const lists::SettingSpec& spec) {
  const std::string& value = config.text(spec.setting);
  const std::string mark = config.is_set(spec.setting) ? "" : "#";
  const auto overruled = lists::overruled(config, spec.setting);
  const std::string note = overruled ? "# not obeyed: " + lists::in_english(*overruled) + "\n" : "";
  if (lists::is_array(spec.type) && !value.empty()) {
    return note + mark + lists::format_here_text(spec.name, lists::split_lines(value));
  }
  return note + mark + lists::format_assignment(spec.name, value);
}

Result<lists::ListConfig> config_of(const Call& call, const ConfigSubject& subject) {
  Result<std::string> text = read_config(subject.directory);
  if (!text) return text.error();
  Result<lists::ListConfig::Parsed> parsed = parse_config(call, subject.directory + "/config", *text);
  if (!parsed) return parsed.error();
  return std::move(parsed->config);
}

Result<Verdict> show_config(const Call& call) {
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  Result<lists::ListConfig> config = config_of(call, *subject);
  if (!config) return config.error();
  for (const lists::SettingSpec& spec : lists::all_settings()) {
    if (spec.type == lists::SettingType::secret) continue;
    if (!spec.not_obeyed.empty() && !config->is_set(spec.setting)) continue;
    print(call.wants_json() ? json_of(subject->name.address(), *config, spec) : statement_of(*config, spec));
  }
  return Verdict::done;
}

Result<Verdict> get_setting(const Call& call) {
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  Result<const lists::SettingSpec*> spec = find_open_setting(call.word(1));
  if (!spec) return spec.error();
  Result<lists::ListConfig> config = config_of(call, *subject);
  if (!config) return config.error();
  const std::string& value = config->text((*spec)->setting);
  print(call.wants_json() ? json_of(subject->name.address(), *config, **spec) : value + "\n");
  return Verdict::done;
}

Result<Verdict> export_config(const Call& call) {
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  const std::string name = call.arguments.has("dialect") ? call.arguments.value("dialect") : "majordomo";
  const lists::Dialect* const dialect = lists::find_dialect(name);
  if (dialect == nullptr) return wrong_use(call, "--dialect is majordomo, listserv or mailman");
  Result<lists::ListConfig> config = config_of(call, *subject);
  if (!config) return config.error();
  print(lists::write_in(*dialect, *config, subject->name.name()));
  return Verdict::done;
}

constexpr Form kForms[] = {
    {"show", 1, 1, kListing, show_config},   {"get", 2, 2, kListing, get_setting},
    {"set", 3, kAnyNumber, {}, set_setting}, {"unset", 2, kAnyNumber, {}, unset_setting},
    {"edit", 1, 1, {}, edit_config},         {"export", 1, 1, kDialect, export_config},
    {"load", 2, 2, kDialect, load_config},
};

}  // namespace

constinit const Command kConfig{
    "usage: majlis config LIST show [--json]\n"
    "       majlis config LIST get SETTING [--json]\n"
    "       majlis config LIST set SETTING VALUE...\n"
    "       majlis config LIST unset SETTING...\n"
    "       majlis config LIST edit\n"
    "       majlis config LIST export [--dialect majordomo|listserv|mailman]\n"
    "       majlis config LIST load FILE|- --dialect majordomo|listserv|mailman\n"
    "\n"
    "Settings are those of majlis-list.conf(5). A configuration is accepted whole or not at all; passwords are never\n"
    "shown.\n"
    "  set      each VALUE is one line of a setting that has several; '-' alone reads the value from standard input\n"
    "  edit     with $VISUAL or $EDITOR\n"
    "  load     replaces all settings; owner and moderators stay when the file does not name them, passwords too.\n"
    "           With mailman (a dump of config_list -o) what the file does not name stays\n",
    VerbPlace::second_word, kForms};

}  // namespace majlis::bin::admin
