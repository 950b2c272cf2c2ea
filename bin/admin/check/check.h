#pragma once

#include <string>
#include <vector>

#include "base/error_words.h"
#include "bin/admin/call/call.h"
#include "lists/site/site.h"

namespace majlis::bin::admin {

// What one look at the site found.
struct Finding {
  std::string name;  // one word: what was looked at
  bool is_ok = true;
  std::string what;
  std::string mend;  // what to do, when it is wanting
};
using Findings = std::vector<Finding>;

inline Finding ok(std::string name, std::string what) { return {std::move(name), true, std::move(what), ""}; }
inline Finding wanting(std::string name, const std::string& what, std::string mend) {
  return {std::move(name), false, without_rooms(what), std::move(mend)};
}

inline std::string count_of(std::uint64_t count, const std::string& one) {
  return std::to_string(count) + " " + one + (count == 1 ? "" : "s");
}

// Without an open site: the folder, its owner, who may read it.
void check_rights(const std::string& directory, Findings& findings);

// The rest needs an open site.
void check_database(const lists::Site& site, Findings& findings);
void check_spool(const lists::Site& site, Findings& findings);
void check_disk(const lists::Site& site, Findings& findings);
void check_lists(const lists::Site& site, Findings& findings);
void check_texts(const lists::Site& site, Findings& findings);
void check_relay(const lists::Site& site, Findings& findings);
void check_dns(const lists::Site& site, Findings& findings);
void check_log(const lists::Site& site, Findings& findings);
// Sends the EICAR test string.
void check_scanner(const lists::Site& site, Findings& findings);
// What the last probe showed (lists/effects/mta_probe.h).
void check_probe(const lists::Site& site, Findings& findings);

}  // namespace majlis::bin::admin
