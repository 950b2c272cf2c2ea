#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/effects/work.h"

namespace majlis::lists {

// A list's own files (config, passwords, info, intro) as a piece of work changes them: `list` says at once what will
// hold, the files follow when the work is done.

constexpr std::size_t kMaxTextOctets = 256 * 1024;  // of an info or intro

// Work that nobody does again when it was killed: an administrator's change. Read what is to be changed after it has
// begun. What earlier work had committed and not put into place yet is there then, so that the older text never comes
// after the newer; killed behind its own commit, it is put into place by the next such work or by majlis-flush.
Result<Work> begin_change(const Site& site, UnixTime now);

// The same for who only reads a list's files. Takes the site's lock only when something may be left.
Status put_leftovers_in_place(const Site& site, UnixTime now);

// The text of its configuration as it will be when this work is done.
Result<std::string> config_text(const Work& work, const List& list);

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

}  // namespace majlis::lists
