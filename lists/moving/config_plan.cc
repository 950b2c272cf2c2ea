#include "lists/moving/config_plan.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <utility>

#include "base/text.h"
#include "lists/effects/accept_config.h"
#include "lists/effects/config_check.h"
#include "lists/moving/statements.h"
#include "lists/moving/strictness.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/posting_values.h"
#include "lists/site/config/presets.h"
#include "lists/site/directory.h"

namespace majlis::lists {
namespace {

using foreign::Fate;
using foreign::Finding;

constexpr int kMaxRefusals = 20;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

Dialect dialect_of(const foreign::ForeignList& list) {
  const Dialect* dialect = find_dialect(list.config.dialect);
  assert(dialect != nullptr);
  Dialect lenient = *dialect;
  lenient.faults = Dialect::Faults::leave_out;
  return lenient;
}

class Planning {
 public:
  Planning(const Site& site, const ListName& name, const foreign::ForeignList& list, const std::set<ListName>& coming,
           const PasswordHash& hash_of)
      : site_(&site),
        name_(&name),
        list_(&list),
        coming_(&coming),
        hash_of_(&hash_of),
        dialect_(dialect_of(list)),
        preset_(config_for(kDefaultPreset)) {}

  Result<ConfigPlan> run() {
    List base = List::with_defaults(*site_, *name_);
    base.set_config(preset_);
    Result<JudgedConfig> judged = list_->config.text.empty()
                                      ? JudgedConfig{.accepted = {}, .config = preset_, .passwords = {}}
                                      : judge_config(*site_, base,
                                                     {.text = list_->config.text,
                                                      .origin = ConfigOrigin::moved,
                                                      .dialect = &dialect_,
                                                      .hash_of = *hash_of_});
    if (!judged) return judged.error();
    plan_.findings = findings_of(list_->config.text, dialect_, *judged);
    plan_.passwords = judged->passwords;
    named_ = settings_named(list_->config.text, dialect_, *judged);
    take_settings(*judged);
    take_defaults();
    take_placed();
    take_people(Setting::owner, list_->owners);
    take_people(Setting::moderators, list_->moderators);
    if (Status taken = take_passwords(*judged); !taken) return taken.error();
    if (Status checked = check(); !checked) return checked.error();
    name_an_owner();
    tell_missing_posters();
    return std::move(plan_);
  }

 private:
  ListConfig& config() { return plan_.config; }

  void tell(Finding finding) { plan_.findings.push_back(std::move(finding)); }

  // A whole configuration says nothing of what it does not name: that is the preset's.
  void take_settings(const JudgedConfig& judged) {
    config() = judged.config;
    if (!dialect_.codec->is_whole()) return;
    for (const SettingSpec& spec : all_settings()) {
      const bool may_be_empty = spec.default_value.empty() && named_.contains(spec.setting);
      if (config().is_set(spec.setting) || may_be_empty) continue;
      named_.erase(spec.setting);
      if (preset_.is_set(spec.setting)) static_cast<void>(config().set(spec.setting, preset_.text(spec.setting)));
    }
  }

  void take_defaults() {
    for (const auto& [written, theirs] : list_->config.defaults) {
      const SettingSpec* spec = find_setting(written);
      if (spec == nullptr || named_.contains(spec->setting)) continue;
      const std::string ours = config().text(spec->setting);
      const bool is_moot = spec->setting == Setting::post_access && !config().text(Setting::restrict_post).empty();
      if (ours == theirs || is_moot) continue;
      const bool is_told =
          std::any_of(plan_.findings.begin(), plan_.findings.end(), [&, &setting = written](const Finding& finding) {
            return finding.what == setting && finding.fate == Fate::not_carried;
          });
      const bool is_theirs = is_stricter(spec->setting, theirs, ours) && config().set(spec->setting, theirs).ok();
      if (is_told && !is_theirs) continue;  // it was said there, and left out
      tell({.what = written,
            .from = theirs.empty() ? "(nothing)" : theirs,
            .to = written + " = " + config().text(spec->setting),
            .fate = is_theirs ? Fate::carried : Fate::changed,
            .why = is_theirs ? "" : "not said there, and its own default is looser than what a new list has"});
    }
  }

  void take_placed() {
    for (const foreign::ForeignList::Placed& placed : list_->settings) {
      const SettingSpec* spec = find_setting(placed.setting);
      if (spec == nullptr || spec->type == SettingType::secret) continue;
      const Status set = config().set(spec->setting, placed.value);
      tell({.what = placed.setting,
            .from = placed.from,
            .to = set ? placed.setting + " = " + placed.value : "",
            .fate = set ? Fate::carried : Fate::not_carried,
            .why = set ? "" : set.error().what});
    }
    static_cast<void>(config().set(Setting::dialect, dialect_.name));
  }

  // Each is asked about alone: one that cannot be is no reason to go without the others.
  void take_people(Setting setting, const std::vector<std::string>& people) {
    std::vector<std::string> taken = config().is_set(setting) ? config().lines(setting) : std::vector<std::string>();
    const std::string what(spec_of(setting).name);
    for (const std::string& person : people) {
      ListConfig alone;
      Status checked = alone.set(setting, person);
      if (checked) checked = check_new_config(*site_, *name_, alone, {});
      tell({.what = what,
            .from = person,
            .to = checked ? person : "",
            .fate = checked ? Fate::carried : Fate::not_carried,
            .why = checked ? "" : checked.error().what});
      if (checked && std::find(taken.begin(), taken.end(), person) == taken.end()) taken.push_back(person);
    }
    if (!people.empty()) static_cast<void>(config().set(setting, joined(taken)));
  }

  // What stands in files of their own counts where the configuration has none that is good; an approving password that
  // is the owner's as well would give that away with every post.
  Status take_passwords(const JudgedConfig& judged) {
    std::map<Setting, std::string> plain;
    for (const auto& [setting, password] : judged.accepted.passwords) plain[setting] = password.text;
    for (const foreign::Password& password : list_->passwords) {
      const std::span<const SecretSlot> slots = secret_slots();
      const auto slot = std::find_if(slots.begin(), slots.end(), [&](const SecretSlot& each) {
        return spec_of(each.setting).name == password.setting;
      });
      if (slot == slots.end()) continue;
      Status taken = take_password(*slot, password, plain);
      if (!taken) return taken;
    }
    const bool are_equal = plain.contains(Setting::admin_passwd) && plain.contains(Setting::approve_passwd) &&
                           plain[Setting::admin_passwd] == plain[Setting::approve_passwd];
    if (!are_equal) return {};
    plan_.passwords.approve.clear();
    std::erase_if(plan_.findings, [](const Finding& finding) { return finding.what == "approve_passwd"; });
    tell({.what = "approve_passwd",
          .from = "",
          .why = "the same as admin_passwd; 'majlis passwd " + name_->name() + " approve' makes one of its own"});
    return {};
  }

  Status take_password(const SecretSlot& slot, const foreign::Password& password,
                       std::map<Setting, std::string>& plain) {
    Finding finding{.what = password.from, .from = "a password", .to = password.setting};
    if (is_predictable_password(name_->name(), password.text)) {
      finding.why = "anybody would guess it; 'majlis passwd " + name_->name() + "' makes one";
    } else if (plain.contains(slot.setting)) {
      finding.why = "the configuration has another one, which counts";
    } else {
      Result<std::string> hash = (*hash_of_)(password.text);
      if (!hash && hash.error().kind != ErrorKind::refused) return hash.error();
      finding.fate = hash ? Fate::changed : Fate::not_carried;
      finding.why = hash ? "kept as a hash only" : hash.error().what;
      if (hash) plan_.passwords.*slot.hash = std::move(*hash);
      plain[slot.setting] = password.text;
    }
    if (finding.fate == Fate::not_carried) finding.to.clear();
    tell(std::move(finding));
    return {};
  }

  Status check() {
    for (int i = 0; i < kMaxRefusals; ++i) {
      const Status checked = check_new_config(*site_, *name_, config(), preset_);
      if (checked || checked.error().kind != ErrorKind::refused) return checked;
      const SettingSpec* spec = find_setting(keyword_of(checked.error().phrase));
      if (spec == nullptr) return checked;
      tell({.what = std::string(spec->name), .from = config().text(spec->setting), .why = checked.error().what});
      config().unset(spec->setting);
    }
    return Error{ErrorKind::refused, "lists: " + list_->config.from + ": too much of it is refused"};
  }

  void name_an_owner() {
    if (config().is_set(Setting::owner)) return;
    const std::string& postmaster = site_->config().postmaster;
    const Status set = config().set(Setting::owner, postmaster);
    tell({.what = "owner",
          .from = "",
          .to = set ? postmaster : "",
          .fate = set ? Fate::changed : Fate::not_carried,
          .why =
              "no owner is known; the site's postmaster owns the list: majlis config " + name_->name() + " set owner"});
  }

  void tell_missing_posters() {
    const std::vector<std::string_view> names = poster_names(config().text(Setting::restrict_post));
    std::vector<std::string> missing;
    for (const std::string_view poster : names) {
      const auto is_called_so = [&](const foreign::NamedFile& file) { return file.name == poster; };
      const auto has_that_name = [&](const ListName& name) { return name.name() == to_lower_ascii(poster); };
      if (std::any_of(list_->posters.begin(), list_->posters.end(), is_called_so)) continue;
      if (std::any_of(coming_->begin(), coming_->end(), has_that_name)) continue;
      if (find_list(*site_, poster, name_->domain())) continue;
      missing.emplace_back(poster);
    }
    const bool is_mute = missing.size() == names.size();
    for (const std::string& poster : missing) {
      tell({.what = "restrict_post",
            .from = poster,
            .to = "restrict_post",
            .fate = Fate::changed,
            .why = std::string("there is no such list and no such file: nobody may post ") +
                   (is_mute ? "until restrict_post names one that there is" : "because of it"),
            .is_alarming = is_mute});
    }
  }

  const Site* site_;
  const ListName* name_;
  const foreign::ForeignList* list_;
  const std::set<ListName>* coming_;
  const PasswordHash* hash_of_;
  const Dialect dialect_;
  const ListConfig preset_;
  std::set<Setting> named_;
  ConfigPlan plan_;
};

}  // namespace

Result<ConfigPlan> plan_config(const Site& site, const ListName& name, const foreign::ForeignList& list,
                               const std::set<ListName>& coming, const PasswordHash& hash_of) {
  return Planning(site, name, list, coming, hash_of).run();
}

}  // namespace majlis::lists
