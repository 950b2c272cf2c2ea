#include <array>

#include "auth/password.h"
#include "base/text.h"
#include "bin/admin/config.h"
#include "bin/admin/config_file.h"
#include "bin/admin/input.h"
#include "bin/admin/print.h"
#include "lists/effects/config_check.h"
#include "lists/effects/list_change.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/setting_value.h"
#include "lists/site/list_passwords.h"
#include "mail/coding/decode.h"

namespace majlis::bin::admin {
namespace {

using lists::Setting;

constexpr std::string_view kNothingChanged = "; nothing was changed";

// Reads the file, lets `change` change it, writes it back with a person's comments kept. All under the lock.
template <typename Change>
Status change_config(const Call& call, const ConfigSubject& subject, const Change& change) {
  Result<FileLock> lock = lock_config(subject.directory);
  if (!lock) return lock.error();
  Result<std::string> original = read_config(subject.directory);
  if (!original) return original.error();
  Result<lists::ListConfig::Parsed> parsed = parse_config(call, subject.directory + "/config", *original);
  if (!parsed) return parsed.error();
  Status changed = change(parsed->config);
  if (!changed) return changed;
  return replace_config(call, subject, parsed->config.write_into(*original));
}

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

struct SecretSlot {
  Setting setting;
  std::string lists::ListPasswords::*hash;
};
constexpr std::array kSlots = {SecretSlot{Setting::admin_passwd, &lists::ListPasswords::admin},
                               SecretSlot{Setting::approve_passwd, &lists::ListPasswords::approve}};

// Passwords that stand in the file are hashed and kept; those that do not stand there stay as they are.
Status take_passwords(const Call& call, const ConfigSubject& subject, std::map<Setting, std::string>& plain) {
  for (const SecretSlot& slot : kSlots) {
    const auto found = plain.find(slot.setting);
    if (found == plain.end() || !lists::is_predictable_password(subject.name.name(), found->second)) continue;
    complain(call, std::string(lists::spec_of(slot.setting).name) +
                       ": anybody would try this password first; it was not taken, the present one stays");
    plain.erase(found);
  }

  if (plain.empty()) return {};
  Result<lists::ListPasswords> passwords = lists::ListPasswords::load(subject.directory);
  if (!passwords) return passwords.error();
  for (const SecretSlot& slot : kSlots) {
    const auto found = plain.find(slot.setting);
    if (found == plain.end()) continue;
    Result<std::string> hash = auth::hash_password(found->second);
    if (!hash) {
      return Error{hash.error().kind, std::string(lists::spec_of(slot.setting).name) + ": " + hash.error().what +
                                          " (take the line out and use 'majlis passwd')"};
    }
    (*passwords).*slot.hash = std::move(*hash);
  }
  return passwords->save(subject.directory);
}

Status keep_people(const Call& call, const lists::ListConfig& before, lists::ListConfig& after) {
  Result<std::vector<Setting>> kept = lists::keep_people(before, after);
  if (!kept) return kept.error();
  for (const Setting setting : *kept) {
    complain(call, std::string(lists::spec_of(setting).name) + ": not in the file, stays as it is");
  }
  return {};
}

// Majordomo's files had no charset; what is not UTF-8 is mostly this.
constexpr std::string_view kOldCharset = "windows-1252";

std::string in_utf8(const Call& call, std::string text) {
  if (is_valid_utf8(text)) return text;
  complain(call, call.word(1) + ": not UTF-8; read as " + std::string(kOldCharset) + ", so look at the accents");
  return mail::to_utf8(text, kOldCharset);
}

// What Majordomo had no keyword for and decides a post's fate.
void tell_what_differs(const lists::ListConfig& config) {
  if (config.is_set(Setting::post_access)) return;
  print("post_access: no keyword of Majordomo's, so it is '" + std::string(config.choice(Setting::post_access)) +
        "': only members may post. To let everybody post: majlis config LIST set post_access open\n");
}

void report(const lists::ListConfig::Parsed& loaded) {
  for (const std::string& line : loaded.not_obeyed) print("not obeyed: " + visible(line) + "\n");
  for (const auto& [setting, plain] : loaded.passwords) {
    print(std::string(lists::spec_of(setting).name) + ": taken and hashed\n");
  }
}

Status load(const Call& call, const ConfigSubject& subject, const std::string& text) {
  Result<lists::ListConfig::Parsed> loaded = parse_config(call, call.word(1), text);
  if (!loaded) return loaded.error();
  Result<FileLock> lock = lock_config(subject.directory);
  if (!lock) return lock.error();
  Result<std::string> before = read_config(subject.directory);
  if (!before) return before.error();
  const lists::ListConfig known = lists::ListConfig::parse(*before).config;
  Status done = keep_people(call, known, loaded->config);
  if (done) done = lists::check_new_config(subject.site, subject.name, loaded->config, known);
  // What comes from another machine may be ahead of its files.
  if (Status posters = lists::check_new_posters(subject.site, subject.name, loaded->config, known); done && !posters) {
    complain(call, posters.error().what);
  }
  if (done) done = take_passwords(call, subject, loaded->passwords);
  if (done) done = replace_config(call, subject, loaded->config.write_into(text));
  if (done) report(*loaded);
  if (done) tell_what_differs(loaded->config);
  return done;
}

}  // namespace

Result<Verdict> set_setting(const Call& call) {
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  Result<const lists::SettingSpec*> spec = find_open_setting(call.word(1));
  if (!spec) return spec.error();
  Result<std::string> value = value_in(call, **spec);
  if (!value) return value.error();
  Status changed = change_config(call, *subject, [&](lists::ListConfig& config) -> Status {
    const lists::ListConfig before = config;
    Status set = config.set((*spec)->setting, *value);
    if (set) set = lists::check_new_posters(subject->site, subject->name, config, before);
    if (!set) return Error{set.error().kind, set.error().what + std::string(kNothingChanged)};
    return {};
  });
  if (!changed) return changed.error();
  record(call, subject->name.address(), (*spec)->name);
  return Verdict::done;
}

Result<Verdict> unset_setting(const Call& call) {
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  std::vector<Setting> settings;
  for (std::size_t i = 1; i < call.arguments.words().size(); ++i) {
    Result<const lists::SettingSpec*> spec = find_open_setting(call.word(i));
    if (!spec) return spec.error();
    settings.push_back((*spec)->setting);
  }
  Status changed = change_config(call, *subject, [&](lists::ListConfig& config) -> Status {
    for (const Setting setting : settings) config.unset(setting);
    return {};
  });
  if (!changed) return changed.error();
  record(call, subject->name.address(), call.word(1));
  return Verdict::done;
}

Result<Verdict> load_config(const Call& call) {
  if (!call.arguments.has("dialect")) return wrong_use(call, "--dialect is needed: whose file is it?");
  const std::optional<Status> spoken = check_dialect(call.arguments.value("dialect"));
  if (!spoken) return wrong_use(call, "--dialect is majordomo, listserv or mailman");
  if (!*spoken) return spoken->error();
  Result<ConfigSubject> subject = find_config(call);
  if (!subject) return subject.error();
  Result<std::string> text = read_input(call.word(1), lists::kMaxConfigOctets);
  if (!text) return text.error();
  Status loaded = load(call, *subject, in_utf8(call, std::move(*text)));
  if (!loaded) return loaded.error();
  record(call, subject->name.address(), call.arguments.value("dialect"));
  return Verdict::done;
}

}  // namespace majlis::bin::admin
