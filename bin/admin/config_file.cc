#include "bin/admin/config_file.h"

#include "lists/config_text.h"

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
  return FileLock::acquire(list_directory + "/.config.lock", FileLock::Mode::exclusive, kLockTimeout_ms);
}

Status replace_config(const std::string& list_directory, std::string_view text) {
  return replace_file(list_directory + "/config", text, 0600);
}

std::optional<Status> check_dialect(std::string_view dialect) {
  if (dialect == "majordomo") return Status();
  if (dialect != "listserv" && dialect != "mailman") return std::nullopt;
  return Status(
      Error{ErrorKind::refused, "the dialect " + std::string(dialect) + " is not spoken yet, only majordomo"});
}

}  // namespace majlis::bin::admin
