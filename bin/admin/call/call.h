#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "bin/admin/call/arguments.h"
#include "bin/admin/call/command.h"
#include "lists/site/list.h"
#include "lists/site/list_name.h"
#include "lists/site/site.h"

namespace majlis::bin::admin {

// One command line, understood.
struct Call {
  std::string site_directory;
  std::string command;
  std::string verb;
  std::string_view usage;
  Arguments arguments;      // without command and verb
  std::string editor;       // of the person's environment, "" when none is named
  std::string terminal;     // TERM
  std::string mail_config;  // MAIL_CONFIG, Postfix's own: where its configuration is
  UnixTime now = 0;
  mutable bool has_changed_something = false;  // record() sets it
  mutable bool shows_password = false;         // that is kept nowhere else

  const std::string& word(std::size_t at) const { return arguments.words()[at]; }
  bool wants_json() const { return arguments.has("json"); }
};

constexpr int kLockTimeout_ms = 60'000;

// Gives up root for the site's owner, then opens it. Before this nothing of a site is touched.
Result<lists::Site> open_site(const Call& call);

// The first word's list; missing, in words, when there is none. Its configuration is not read.
Result<lists::ListName> find_list(const lists::Site& site, const Call& call);

// A name that a list may be given, in `default_domain` where it is written without one; refused, with the rule.
Result<lists::ListName> new_list_name(const std::string& written, const std::string& default_domain);

struct OpenedList {
  lists::Site site;
  lists::List list;
};
// Both of the above, and the list's configuration.
Result<OpenedList> open_list(const Call& call);

// "majlis: COMMAND: text" on stderr.
void complain(const Call& call, std::string_view text);
// The same with the usage behind it.
Verdict wrong_use(const Call& call, std::string_view why);
Verdict not_in_this_version(std::string_view command);

// LISTS shows what was changed; when it cannot, that is said, and majlis-flush does it later.
void refresh_catalogue(const Call& call, const lists::Site& site, const lists::ListName& name);

// One line in the site's log for everything that changes something. No secrets.
void record(const Call& call, std::string_view list, std::string_view what);

// The same for each of a list's members that was changed; `what`: to what, where the command does not tell.
void record_members(const Call& call, std::string_view list, const std::vector<mail::Address>& addresses,
                    std::string_view what = {});

}  // namespace majlis::bin::admin
