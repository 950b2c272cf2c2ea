#pragma once

#include <set>
#include <vector>

#include "foreign/source/foreign_list.h"
#include "lists/members/admission.h"
#include "lists/members/moved_members.h"
#include "lists/site/config/list_config.h"
#include "lists/site/list_name.h"

namespace majlis::lists {

// Who will be a member of a list that moves in.
struct RosterPlan {
  std::vector<MovedMember> members;  // sorted, each once
  std::vector<foreign::Finding> findings;
};

// `config`: that the list will have. `coming`: lists that move in with it, whose addresses are the site's as well.
RosterPlan plan_roster(const Admission& admission, const foreign::ForeignList& list, const ListConfig& config,
                       const std::set<ListName>& coming);

}  // namespace majlis::lists
