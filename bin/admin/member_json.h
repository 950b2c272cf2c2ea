#pragma once

#include "bin/admin/print.h"
#include "lists/members/roster_view.h"

namespace majlis::bin::admin {

// What is known of a member, behind its address.
void add_member(JsonLine& line, const lists::MemberView& member);

}  // namespace majlis::bin::admin
