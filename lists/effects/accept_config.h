#pragma once

#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/work.h"
#include "lists/site/config/dialect.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {

// What a configuration text is, and so what it may do to a list.
enum class ConfigOrigin {
  edited,   // the list's own text, changed here and there: what is gone from it is gone; no password may stand in it
  written,  // a whole text for this list: owner and moderators that it does not name stay
  brought,  // as written, but from another machine: where it is ahead of this one, that is noted and not refused
  moved,    // another system's, for a list that moves in: nothing is asked of it that the text alone does not tell
};

struct OfferedConfig {
  std::string_view text;
  ConfigOrigin origin = ConfigOrigin::written;
  const Dialect* dialect = &majordomo();  // of the text
  // The hash of a password that stands in the text, or refused with the reason. Hashing is slow: have it done before
  // the work begins.
  std::function<Result<std::string>(std::string_view password)> hash_of;
};

// The two passwords of a list: as a setting, and where its hash is kept.
struct SecretSlot {
  Setting setting;
  std::string ListPasswords::*hash;
};
std::span<const SecretSlot> secret_slots();

struct AcceptedConfig {
  std::vector<ConfigProblem> refused;          // not empty: nothing was changed
  std::vector<ConfigProblem> notes;            // what was let pass, or left out
  std::vector<Phrase> not_obeyed;              // "archive_dir: a configuration does not choose paths"
  std::vector<Setting> kept;                   // not in the text: they stay as they were
  std::map<Setting, PlainPassword> passwords;  // taken: `list` has their hashes
};

// The text becomes the list's configuration, the passwords in it its passwords, when `work` is finished: all of it or
// nothing, also when the work is killed or the disk is full. Passwords that it does not name stay. `list` was read
// after the work began and is what will hold from now on; the former text stays beside it as config.old. An Error:
// memory or disk.
Result<AcceptedConfig> accept_config(Work& work, List& list, const OfferedConfig& offered);

// What that would make of a list, which stays as it is. Of what is `moved` config_check.h is still to be asked.
struct JudgedConfig {
  AcceptedConfig accepted;
  ListConfig config;
  ListPasswords passwords;
};
Result<JudgedConfig> judge_config(const Site& site, const List& list, const OfferedConfig& offered);

}  // namespace majlis::lists
