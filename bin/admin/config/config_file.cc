#include "bin/admin/config/config_file.h"

#include "base/file.h"
#include "base/text.h"
#include "bin/admin/call/suggestion.h"
#include "lists/effects/list_change.h"
#include "lists/site/config/config_text.h"

namespace majlis::bin::admin {
namespace {

using lists::AcceptedConfig;
using lists::ConfigOrigin;

void complain_by_line(const Call& call, const std::string& name, const std::vector<lists::ConfigProblem>& problems) {
  for (const lists::ConfigProblem& problem : problems) {
    const std::string where = problem.line == 0 ? "" : "line " + std::to_string(problem.line) + ": ";
    complain(call, name + ": " + where + problem.what);
  }
}

std::string setting_meant(const std::string& written) {
  std::vector<std::string> names;
  for (const lists::SettingSpec& spec : lists::all_settings()) names.emplace_back(spec.name);
  return suggestion(written, names);
}

Error not_accepted(const std::string& name) {
  return {ErrorKind::refused, name + ": not accepted, nothing was changed"};
}

// The site is locked in here: nothing is printed.
Result<AcceptedConfig> change_alone(const Call& call, const ConfigSubject& subject, const ConfigChange& change) {
  Result<lists::Work> work = lists::begin_change(subject.site, call.now);
  if (!work) return work.error();
  Result<lists::List> list = change.origin == ConfigOrigin::brought
                                 ? lists::List::open_for_replacement(subject.site, subject.name)
                                 : lists::List::open(subject.site, subject.name);
  if (!list) return list.error();
  Result<std::string> now = read_config(subject.directory);
  if (!now) return now.error();
  Result<std::string> text = change.text_from(*list, *now);
  if (!text) return text.error();
  Result<AcceptedConfig> accepted = lists::accept_config(
      *work, *list, {.text = *text, .origin = change.origin, .dialect = change.dialect, .hash_of = change.hash_of});
  if (!accepted || !accepted->refused.empty()) return accepted;
  Status finished = work->finish("config");
  if (!finished) return finished.error();
  return accepted;
}

}  // namespace

Result<ConfigSubject> find_config(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<lists::ListName> name = find_list(*site, call);
  if (!name) return name.error();
  Status settled = lists::put_leftovers_in_place(*site, call.now);
  if (!settled) return settled.error();
  std::string directory = site->list_directory(*name);
  return ConfigSubject{std::move(*site), std::move(*name), std::move(directory)};
}

Result<const lists::SettingSpec*> find_open_setting(const std::string& name) {
  const lists::SettingSpec* spec = lists::find_setting(name);
  if (spec == nullptr) {
    return Error{ErrorKind::refused, "'" + printable(name, 80) + "' is no setting" + setting_meant(name) +
                                         "; 'config LIST show' lists them"};
  }
  if (spec->type == lists::SettingType::secret) {
    return Error{ErrorKind::refused, std::string(spec->name) + " is kept as a hash only; 'majlis passwd' sets it"};
  }
  return spec;
}

Result<std::string> read_config(const std::string& list_directory) {
  return read_file(list_directory + "/config", lists::kMaxConfigOctets);
}

Result<lists::ListConfig::Parsed> parse_config(const Call& call, const std::string& name, std::string_view text,
                                               const lists::Dialect& dialect) {
  lists::ListConfig::Parsed parsed = lists::ListConfig::parse(text, dialect, {});
  if (parsed.problems.empty()) return parsed;
  complain_by_line(call, name, parsed.problems);
  return not_accepted(name);
}

Result<AcceptedConfig> change_config(const Call& call, const ConfigSubject& subject, const ConfigChange& change) {
  Result<AcceptedConfig> accepted = change_alone(call, subject, change);
  if (!accepted) return accepted;
  const std::vector<lists::ConfigProblem>& refused = accepted->refused;
  if (refused.size() == 1 && refused.front().line == 0) {
    return Error{ErrorKind::refused, refused.front().what + "; nothing was changed"};
  }
  complain_by_line(call, change.name, refused);
  if (!refused.empty()) return not_accepted(change.name);
  complain_by_line(call, change.name, accepted->notes);
  refresh_catalogue(call, subject.site, subject.name);
  return accepted;
}

}  // namespace majlis::bin::admin
