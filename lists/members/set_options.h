#pragma once

#include "lists/members/member_option.h"
#include "store/database.h"

namespace majlis::lists {

// Sets options of a member in the writer's transaction, as `who` may. One that ends a suspension also begins the
// record of its bounces anew; `resumed_by` is who is logged for that. Topics that has_wrong_topics() names stay as they
// were.
Status set_member_options(store::Writer& state, const List& list, const store::Member& member,
                          const MemberOptions& options, MemberOption::By who, std::string_view resumed_by,
                          UnixTime now);

}  // namespace majlis::lists
