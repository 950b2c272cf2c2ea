#include "bin/admin/config.h"
#include "bin/admin/config_file.h"
#include "bin/admin/editor.h"
#include "bin/admin/print.h"
#include "lists/effects/config_check.h"

namespace majlis::bin::admin {
namespace {

Status store_edited(const Call& call, const ConfigSubject& subject, const std::string& before, const Edited& edited) {
  Result<lists::ListConfig::Parsed> parsed = parse_config(call, "config", edited.text);
  if (!parsed) return parsed.error();
  if (!parsed->passwords.empty()) return Error{ErrorKind::refused, "a password stands in it: use 'majlis passwd'"};
  Result<FileLock> lock = lock_config(subject.directory);
  if (!lock) return lock.error();
  Result<std::string> now = read_config(subject.directory);
  if (!now) return now.error();
  if (*now != before) return Error{ErrorKind::refused, "somebody else changed the configuration meanwhile"};
  Status posters =
      lists::check_new_posters(subject.site, subject.name, parsed->config, lists::ListConfig::parse(before).config);
  if (!posters) return posters;
  for (const std::string& line : parsed->not_obeyed) print("not obeyed: " + visible(line) + "\n");
  return replace_config(call, subject, edited.text);
}

}  // namespace

Result<Verdict> edit_config(const Call& call) {
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  Result<std::string> before = read_config(subject->directory);
  if (!before) return before.error();
  Result<Edited> edited = edit_text(call, "config", *before);
  if (!edited) return edited.error();
  Status stored;
  if (edited->text != *before) stored = store_edited(call, *subject, *before, *edited);
  if (!stored) {
    complain(call, "your text is kept in " + edited->folder + "/config; 'config LIST load' takes it when it is mended");
    return stored.error();
  }
  forget(*edited);
  if (edited->text != *before) record(call, subject->name.address(), "");
  return Verdict::done;
}

}  // namespace majlis::bin::admin
