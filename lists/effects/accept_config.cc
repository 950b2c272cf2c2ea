#include "lists/effects/accept_config.h"

#include <array>

#include "lists/effects/config_check.h"
#include "lists/effects/list_change.h"
#include "lists/site/config/config_fault.h"

namespace majlis::lists {
namespace {

constexpr std::array kSlots = {SecretSlot{Setting::admin_passwd, &ListPasswords::admin},
                               SecretSlot{Setting::approve_passwd, &ListPasswords::approve}};

ConfigProblem problem_with(Setting setting, const PlainPassword& plain, FaultId id) {
  return problem_in_line(plain.line, about(spec_of(setting).name, fault(id)));
}

Error error_about(Setting setting, Error error) {
  error.what = std::string(spec_of(setting).name) + ": " + error.what;
  error.phrase = about(spec_of(setting).name, std::move(error.phrase));
  return error;
}

// One text on its way to be a list's configuration. A step that refuses says so in `accepted_`.
class Judgement {
 public:
  Judgement(const Site& site, const List& list, const OfferedConfig& offered)
      : site_(&site),
        list_(&list),
        offered_(&offered),
        parsed_(ListConfig::parse(offered.text, *offered.dialect, list.config())),
        passwords_(list.passwords()) {}

  Result<JudgedConfig> run() {
    accepted_.refused = std::move(parsed_.problems);
    Status done;
    if (goes_on() && offered_->origin != ConfigOrigin::moved) done = check();
    if (done && goes_on()) done = take_passwords();
    if (done && goes_on()) done = keep_people_unnamed();
    if (!done) return done.error();
    accepted_.not_obeyed = std::move(parsed_.not_obeyed);
    accepted_.notes.insert(accepted_.notes.begin(), parsed_.notes.begin(), parsed_.notes.end());
    return JudgedConfig{std::move(accepted_), std::move(parsed_.config), std::move(passwords_)};
  }

 private:
  bool goes_on() const { return accepted_.refused.empty(); }

  // A fault is told; an Error is passed on.
  Status refuse_if(const Status& checked, std::size_t line = 0) {
    if (checked || checked.error().kind != ErrorKind::refused) return checked;
    accepted_.refused.push_back({line, checked.error().what, checked.error().phrase});
    return {};
  }

  Status check() {
    Status done = refuse_if(check_new_config(*site_, list_->name(), parsed_.config, list_->config()));
    if (!done || !goes_on()) return done;
    Status posters = check_new_posters(*site_, list_->name(), parsed_.config, list_->config());
    if (posters || offered_->origin != ConfigOrigin::brought) return refuse_if(posters);
    accepted_.notes.push_back({0, posters.error().what, posters.error().phrase});
    return {};
  }

  Status take_passwords() {
    for (const SecretSlot& slot : kSlots) {
      const auto found = parsed_.passwords.find(slot.setting);
      if (found == parsed_.passwords.end()) continue;
      Status taken = take_password(slot, found->second);
      if (!taken) return taken;
    }
    return {};
  }

  Status take_password(const SecretSlot& slot, const PlainPassword& plain) {
    if (offered_->origin == ConfigOrigin::edited) {
      accepted_.refused.push_back(problem_with(slot.setting, plain, FaultId::password_in_text));
      return {};
    }
    if (is_predictable_password(list_->name().name(), plain.text)) {
      if (offered_->origin == ConfigOrigin::brought || offered_->origin == ConfigOrigin::moved) {
        accepted_.notes.push_back(problem_with(slot.setting, plain, FaultId::password_not_taken));
      } else {
        accepted_.refused.push_back(problem_with(slot.setting, plain, FaultId::password_predictable));
      }
      return {};
    }
    Result<std::string> hash = offered_->hash_of(plain.text);
    if (!hash) return refuse_if(error_about(slot.setting, hash.error()), plain.line);
    passwords_.*slot.hash = std::move(*hash);
    accepted_.passwords.emplace(slot.setting, plain);
    return {};
  }

  // Majordomo keeps owners in the alias file: a whole configuration without them must not leave the list without.
  Status keep_people_unnamed() {
    if (offered_->origin == ConfigOrigin::edited) return {};
    accepted_.kept = std::move(parsed_.kept);
    if (!offered_->dialect->codec->is_whole()) return {};
    const ListConfig& before = list_->config();
    for (const Setting setting : {Setting::owner, Setting::moderators}) {
      if (parsed_.config.is_set(setting) || !before.is_set(setting)) continue;
      Status done = parsed_.config.set(setting, before.text(setting));
      if (!done) return done;
      accepted_.kept.push_back(setting);
    }
    return {};
  }

  const Site* site_;
  const List* list_;
  const OfferedConfig* offered_;
  ListConfig::Parsed parsed_;
  ListPasswords passwords_;
  AcceptedConfig accepted_;
};

Status put(Work& work, List& list, const OfferedConfig& offered, JudgedConfig& judged) {
  const bool is_like_ours = offered.dialect->form == Dialect::Form::ours;
  const std::string text = is_like_ours ? judged.config.write_into(offered.text) : judged.config.write();
  Status done = put_config(work, list, std::move(judged.config), text);
  if (done && !judged.accepted.passwords.empty()) put_passwords(work, list, std::move(judged.passwords));
  return done;
}

}  // namespace

std::span<const SecretSlot> secret_slots() { return kSlots; }

Result<AcceptedConfig> accept_config(Work& work, List& list, const OfferedConfig& offered) {
  Result<JudgedConfig> judged = judge_config(work.site(), list, offered);
  if (!judged) return judged.error();
  if (judged->accepted.refused.empty()) {
    Status done = put(work, list, offered, *judged);
    if (!done) return done.error();
  }
  return std::move(judged->accepted);
}

Result<JudgedConfig> judge_config(const Site& site, const List& list, const OfferedConfig& offered) {
  return Judgement(site, list, offered).run();
}

}  // namespace majlis::lists
