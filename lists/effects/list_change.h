#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file.h"
#include "lists/effects/work.h"

namespace majlis::lists {

// A list's own files (config, passwords, info, intro) as a piece of work changes them: `list` says at once what will
// hold, the files follow when the work is done.

constexpr std::size_t kMaxTextOctets = 256 * 1024;  // of an info or intro

// Alone with a list's settings, passwords and texts, against administrators and other pieces of work. Take it before
// reading what is to be changed, keep it until the change is published.
Result<FileLock> lock_list_files(const std::string& list_directory, int timeout_ms);

// The former text stays beside it as `config.old`.
Status put_config(Work& work, List& list, ListConfig config, std::string text);
void put_passwords(Work& work, List& list, ListPasswords passwords);
// An empty text: the list has none from now on.
void put_text(Work& work, const List& list, std::string_view name, std::string text);

// A text the owner wrote, as it will be when this work is done; nullopt when there is none.
struct ListText {
  std::string text;
  UnixTime changed = 0;
};
Result<std::optional<ListText>> read_text(const Work& work, const List& list, std::string_view name);

// Majordomo keeps owners in the alias file: a configuration without them must not leave the list without. Puts owner
// and moderators of `before` into `after` where it has none, and names what it kept.
Result<std::vector<Setting>> keep_people(const ListConfig& before, ListConfig& after);

}  // namespace majlis::lists
