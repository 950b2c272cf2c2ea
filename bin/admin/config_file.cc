#include "bin/admin/config_file.h"

#include "lists/effects/config_check.h"
#include "lists/effects/list_change.h"
#include "lists/site/config/config_text.h"

namespace majlis::bin::admin {

Result<std::string> read_config(const std::string& list_directory) {
  return read_file(list_directory + "/config", lists::kMaxConfigOctets);
}

Result<lists::ListConfig::Parsed> parse_config(const Call& call, const std::string& name, std::string_view text) {
  lists::ListConfig::Parsed parsed = lists::ListConfig::parse(text);
  if (parsed.problems.empty()) return parsed;
  for (const lists::ConfigProblem& problem : parsed.problems) {
    complain(call, name + ": line " + std::to_string(problem.line) + ": " + problem.what);
  }
  return Error{ErrorKind::refused, name + ": not accepted, nothing was changed"};
}

Result<FileLock> lock_config(const std::string& list_directory) {
  return lists::lock_list_files(list_directory, kLockTimeout_ms);
}

Status replace_config(const Call& call, const ConfigSubject& subject, std::string_view text) {
  // A file that cannot be read has no patterns that were tried before.
  const Result<std::string> before = read_config(subject.directory);
  const lists::ListConfig known = before ? lists::ListConfig::parse(*before).config : lists::ListConfig();
  const lists::ListConfig now = lists::ListConfig::parse(text).config;
  Status checked = lists::check_new_config(subject.site, subject.name, now, known);
  if (!checked) return Error{checked.error().kind, checked.error().what + "; nothing was changed"};
  Status replaced = replace_file(subject.directory + "/config", text, 0600);
  if (!replaced) return replaced;
  refresh_catalogue(call, subject.site, subject.name);
  return replaced;
}

std::optional<Status> check_dialect(std::string_view dialect) {
  if (dialect == "majordomo") return Status();
  if (dialect != "listserv" && dialect != "mailman") return std::nullopt;
  return Status(
      Error{ErrorKind::refused, "the dialect " + std::string(dialect) + " is not spoken yet, only majordomo"});
}

}  // namespace majlis::bin::admin
