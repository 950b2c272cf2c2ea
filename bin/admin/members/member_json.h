#pragma once

#include "bin/admin/call/print.h"
#include "lists/members/roster_view.h"

namespace majlis::bin::admin {

// What is known of a member, behind its address.
void add_member(JsonLine& line, const lists::MemberView& member);

}  // namespace majlis::bin::admin
