#pragma once

#include <vector>

#include "base/clock.h"
#include "foreign/source/foreign_list.h"
#include "lists/members/admission.h"
#include "lists/site/list.h"

namespace majlis::lists {

// What becomes of posts and requests that wait for a decision there. `list`: that they come to.
Result<std::vector<foreign::Finding>> survey_waiting(const Site& site, const List& list,
                                                     const foreign::ForeignList& from, const Admission& admission);

// They wait here; those that do or did already are left. Nobody is told: the list's daily reminder names them.
Status carry_waiting(const Site& site, const List& list, const foreign::ForeignList& from, const Admission& admission,
                     UnixTime now);

}  // namespace majlis::lists
