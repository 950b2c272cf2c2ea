#include <functional>
#include <map>

#include "auth/password.h"
#include "base/text.h"
#include "bin/admin/call/input.h"
#include "bin/admin/call/print.h"
#include "bin/admin/config/config.h"
#include "bin/admin/config/config_file.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/overruled.h"
#include "lists/site/config/setting_value.h"
#include "mail/coding/decode.h"

namespace majlis::bin::admin {
namespace {

using lists::Setting;

Result<std::string> value_in(const Call& call, const lists::SettingSpec& spec) {
  const bool is_from_input = call.arguments.words().size() == 3 && call.word(2) == "-";
  Result<std::string> written = is_from_input ? read_input("-", lists::kMaxValueOctets) : call.word(2);
  if (!written) return written.error();
  std::string value = std::move(*written);
  if (value.ends_with('\n')) value.pop_back();  // it ends the last line
  for (std::size_t i = 3; i < call.arguments.words().size(); ++i) value += "\n" + call.word(i);
  if (call.arguments.words().size() > 3 && !lists::is_array(spec.type)) {
    return Error{ErrorKind::refused, std::string(spec.name) + " takes one value; put it in quotes"};
  }
  return value;
}

// Majordomo's files had no charset; what is not UTF-8 is mostly this.
constexpr std::string_view kOldCharset = "windows-1252";

std::string in_utf8(const Call& call, std::string text) {
  if (is_valid_utf8(text)) return text;
  complain(call, call.word(1) + ": not UTF-8; read as " + std::string(kOldCharset) + ", so look at the accents");
  return mail::to_utf8(text, kOldCharset);
}

// What Majordomo had no keyword for and decides a post's fate.
void tell_what_differs(const lists::Dialect& dialect, const lists::ListConfig& config) {
  if (&dialect != &lists::majordomo() || config.is_set(Setting::post_access)) return;
  print("post_access: no keyword of Majordomo's, so it is '" + std::string(config.choice(Setting::post_access)) +
        "': only members may post. To let everybody post: majlis config LIST set post_access open\n");
}

void tell_not_obeyed(const std::vector<Phrase>& phrases) {
  for (const Phrase& phrase : phrases) print("not obeyed: " + visible(lists::in_english(phrase)) + "\n");
}

void report(const Call& call, const lists::AcceptedConfig& loaded) {
  for (const Setting setting : loaded.kept) {
    complain(call, std::string(lists::spec_of(setting).name) + ": not in the file, stays as it is");
  }
  tell_not_obeyed(loaded.not_obeyed);
  for (const auto& [setting, plain] : loaded.passwords) {
    print(std::string(lists::spec_of(setting).name) + ": taken and hashed\n");
  }
}

using Hashes = std::map<std::string, Result<std::string>, std::less<>>;

// Slow, so it is done before the site is locked.
Hashes hashes_of(const std::map<Setting, lists::PlainPassword>& passwords, const auth::SecretKey& key) {
  Hashes hashes;
  for (const auto& [setting, plain] : passwords) hashes.emplace(plain.text, auth::hash_password(plain.text, key));
  return hashes;
}

Status load(const Call& call, const ConfigSubject& subject, const lists::Dialect& dialect, const std::string& text) {
  Result<lists::ListConfig::Parsed> parsed = parse_config(call, call.word(1), text, dialect);
  if (!parsed) return parsed.error();
  const Hashes hashes = hashes_of(parsed->passwords, subject.site.keys().front());
  const ConfigChange change{
      .name = call.word(1),
      .origin = lists::ConfigOrigin::brought,
      .dialect = &dialect,
      .text_from = [&](const lists::List&, const std::string&) { return Result<std::string>(text); },
      .hash_of = [&](std::string_view password) { return hashes.find(password)->second; }};
  Result<lists::AcceptedConfig> loaded = change_config(call, subject, change);
  if (!loaded) return loaded.error();
  report(call, *loaded);
  tell_what_differs(dialect, parsed->config);
  return {};
}

// The list's own text with `change` made to its settings.
Status change_settings(const Call& call, const std::function<Status(lists::ListConfig&)>& change) {
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  std::vector<Phrase> overruled;
  const auto text_from = [&](const lists::List& list, const std::string& text) -> Result<std::string> {
    lists::ListConfig config = list.config();
    Status changed = change(config);
    if (!changed) return Error{changed.error().kind, changed.error().what + "; nothing was changed"};
    overruled.clear();
    for (const Setting setting : lists::newly_overruled(list.config(), config)) {
      overruled.push_back(lists::about(lists::spec_of(setting).name, *lists::overruled(config, setting)));
    }
    return config.write_into(text);
  };
  Result<lists::AcceptedConfig> changed = change_config(call, *subject, {.name = "config", .text_from = text_from});
  if (!changed) return changed.error();
  tell_not_obeyed(overruled);
  record(call, subject->name.address(), lists::find_setting(call.word(1))->name);
  return {};
}

}  // namespace

Result<Verdict> set_setting(const Call& call) {
  Result<const lists::SettingSpec*> spec = find_open_setting(call.word(1));
  if (!spec) return spec.error();
  Result<std::string> value = value_in(call, **spec);
  if (!value) return value.error();
  Status changed =
      change_settings(call, [&](lists::ListConfig& config) { return config.set((*spec)->setting, *value); });
  if (!changed) return changed.error();
  return Verdict::done;
}

Result<Verdict> unset_setting(const Call& call) {
  std::vector<Setting> settings;
  for (std::size_t i = 1; i < call.arguments.words().size(); ++i) {
    Result<const lists::SettingSpec*> spec = find_open_setting(call.word(i));
    if (!spec) return spec.error();
    settings.push_back((*spec)->setting);
  }
  Status changed = change_settings(call, [&](lists::ListConfig& config) -> Status {
    for (const Setting setting : settings) config.unset(setting);
    return {};
  });
  if (!changed) return changed.error();
  return Verdict::done;
}

Result<Verdict> load_config(const Call& call) {
  if (!call.arguments.has("dialect")) return wrong_use(call, "--dialect is needed: whose file is it?");
  const lists::Dialect* const dialect = lists::find_dialect(call.arguments.value("dialect"));
  if (dialect == nullptr) return wrong_use(call, "--dialect is majordomo, listserv or mailman");
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  Result<std::string> text = read_input(call.word(1), lists::kMaxConfigOctets);
  if (!text) return text.error();
  Status loaded =
      load(call, *subject, *dialect, dialect->names_charset ? std::move(*text) : in_utf8(call, std::move(*text)));
  if (!loaded) return loaded.error();
  record(call, subject->name.address(), call.arguments.value("dialect"));
  return Verdict::done;
}

}  // namespace majlis::bin::admin
