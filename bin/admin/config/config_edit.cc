#include "bin/admin/call/editor.h"
#include "bin/admin/call/print.h"
#include "bin/admin/config/config.h"
#include "bin/admin/config/config_file.h"
#include "lists/site/config/config_fault.h"

namespace majlis::bin::admin {
namespace {

Status store_edited(const Call& call, const ConfigSubject& subject, const std::string& before, const Edited& edited) {
  const auto text_from = [&](const lists::List&, const std::string& now) -> Result<std::string> {
    if (now == before) return edited.text;
    return Error{ErrorKind::refused, "somebody else changed the configuration meanwhile"};
  };
  Result<lists::AcceptedConfig> stored =
      change_config(call, subject, {.name = "config", .origin = lists::ConfigOrigin::edited, .text_from = text_from});
  if (!stored) return stored.error();
  for (const Phrase& phrase : stored->not_obeyed) print("not obeyed: " + visible(lists::in_english(phrase)) + "\n");
  return {};
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
