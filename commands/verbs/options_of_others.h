#pragma once

#include <functional>

#include "commands/desk/desk.h"
#include "lists/members/member_option.h"

namespace majlis::commands {

// What an owner says or asks of the options of others (Request::about).

using OptionSetter = std::function<Status(const lists::List&, const lists::MemberOptions&, const store::Member&)>;
Status set_for_others(Desk& desk, const Request& request, const OptionSetter& set);

using MemberShower = std::function<void(const lists::List&, const store::Member&)>;
Status show_others(Desk& desk, const Request& request, const MemberShower& show);

}  // namespace majlis::commands
