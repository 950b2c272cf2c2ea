#include "lists/effects/config_check.h"

#include <algorithm>
#include <array>

#include "base/file.h"
#include "base/text.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/pattern_check.h"
#include "lists/site/config/posting_values.h"
#include "lists/site/directory.h"

namespace majlis::lists {
namespace {

constexpr std::array kPeople = {Setting::owner, Setting::moderators, Setting::moderator};

// Majordomo's "moderator = LIST-approval" is understood (List::moderators()).
Status check_person(const Site& site, const ListName& list, Setting setting, const std::string& written) {
  const bool has_domain = written.find('@') != std::string::npos;
  const auto address = mail::Address::parse(has_domain ? written : written + "@" + list.domain());
  if (!address || (setting == Setting::moderator && belongs_to(list, *address))) return {};
  const std::optional<Destination> destination = find_destination(site, *address);
  const bool is_another_list = destination && destination->role == Role::owner && !belongs_to(list, *address);
  if (is_another_list || (!destination && !leads_back(site, *address))) return {};
  return refused(about(spec_of(setting).name, fault_of(FaultId::of_this_server, written)));
}

Status check_poster_name(const Site& site, const ListName& list, std::string_view name) {
  const std::string file = site.list_directory(list) + "/posters/" + std::string(name);
  if (path_exists(file) || find_list(site, name, list.domain())) return {};
  return refused(about(spec_of(Setting::restrict_post).name, fault_of(FaultId::no_posters, name)));
}

// Nothing would ever be sent on.
Status check_antivirus(const Site& site, const ListConfig& now, const ListConfig& before) {
  const auto is_asked_for = [](const ListConfig& config) { return config.choice(Setting::antivirus) == "yes"; };
  if (!site.config().scanner.empty() || !is_asked_for(now) || is_asked_for(before)) return {};
  return refused(about(spec_of(Setting::antivirus).name, fault(FaultId::no_scanner)));
}

}  // namespace

Status check_new_config(const Site& site, const ListName& list, const ListConfig& now, const ListConfig& before) {
  for (const Setting setting : kPeople) {
    const std::vector<std::string> known = before.lines(setting);
    for (const std::string& written : now.lines(setting)) {
      if (std::find(known.begin(), known.end(), written) != known.end()) continue;
      Status checked = check_person(site, list, setting, written);
      if (!checked) return checked;
    }
  }
  Status checked = check_antivirus(site, now, before);
  return checked ? check_new_patterns(now, before) : checked;
}

Status check_new_posters(const Site& site, const ListName& list, const ListConfig& now, const ListConfig& before) {
  const std::string& posters = now.text(Setting::restrict_post);
  if (posters == before.text(Setting::restrict_post)) return {};
  for (const std::string_view name : poster_names(posters)) {
    Status checked = check_poster_name(site, list, name);
    if (!checked) return checked;
  }
  return {};
}

}  // namespace majlis::lists
