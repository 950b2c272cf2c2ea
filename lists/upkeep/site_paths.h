#pragma once

#include <string_view>

#include "lists/site/site.h"

namespace majlis::lists {

constexpr std::string_view kHoldFolder = "spool/hold";  // of a backup, and of a site that was brought back

// Whether a path below the site is none of the files that are copied as they lie there: the database and the jobs,
// which need more care; what is made anew by itself; the log; mail that was delivered below the site.
bool is_not_copied(const Site& site, std::string_view path);

// The log with its older parts; mail that a relay of the form maildir: has delivered below the site.
bool is_log(const Site& site, std::string_view path);
bool is_delivered_mail(const Site& site, std::string_view path);

}  // namespace majlis::lists
