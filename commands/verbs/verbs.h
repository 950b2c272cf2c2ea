#pragma once

#include <string_view>

#include "commands/desk/desk.h"

namespace majlis::commands {

// A verb: reads the request, decides, wishes effects on the desk's work, phrases the answer. An Error stops the
// message: it is kept and tried again.
using VerbFunction = Status (*)(Desk&, const Request&);
VerbFunction function_of(Verb verb);

// LIST-confirm+TOKEN, or the token alone at LIST-request: `request` is made by confirmation_by().
Status confirm(Desk& desk, const lists::List& list, const Request& request);

Status subscribe(Desk& desk, const Request& request);
Status unsubscribe(Desk& desk, const Request& request);
Status set_option(Desk& desk, const Request& request);
Status confirm_subscription(Desk& desk, const Request& request);
Status auth_token(Desk& desk, const Request& request);
Status approve(Desk& desk, const Request& request);
Status lists_shown(Desk& desk, const Request& request);
Status info(Desk& desk, const Request& request);
Status intro(Desk& desk, const Request& request);
Status who(Desk& desk, const Request& request);
Status which(Desk& desk, const Request& request);
Status show(Desk& desk, const Request& request);
Status index_of_files(Desk& desk, const Request& request);
Status get_file(Desk& desk, const Request& request);
Status get_posts(Desk& desk, const Request& request);
Status search_posts(Desk& desk, const Request& request);
Status help(Desk& desk, const Request& request);
Status accept(Desk& desk, const Request& request);
Status reject(Desk& desk, const Request& request);
Status discard(Desk& desk, const Request& request);
Status trust(Desk& desk, const Request& request);
Status ban(Desk& desk, const Request& request);
Status claim(Desk& desk, const Request& request);
// A moderator's words that are none of these (Trouble::no_decision): he is told which there are. The token they came
// with, if any, is the first argument.
Status undecided(Desk& desk, const Request& request);
Status passwd(Desk& desk, const Request& request);
Status newinfo(Desk& desk, const Request& request);
Status newintro(Desk& desk, const Request& request);
Status config(Desk& desk, const Request& request);
Status newconfig(Desk& desk, const Request& request);
Status writeconfig(Desk& desk, const Request& request);
Status mkdigest(Desk& desk, const Request& request);
Status get_header(Desk& desk, const Request& request);
Status put_header(Desk& desk, const Request& request);
Status changelog(Desk& desk, const Request& request);
Status unlock_header(Desk& desk, const Request& request);
Status add_members(Desk& desk, const Request& request);
Status remove_members(Desk& desk, const Request& request);
Status hold_list(Desk& desk, const Request& request);
Status free_list(Desk& desk, const Request& request);
Status change_address(Desk& desk, const Request& request);
Status serve(Desk& desk, const Request& request);
Status stats(Desk& desk, const Request& request);
Status register_name(Desk& desk, const Request& request);
Status move_member(Desk& desk, const Request& request);
Status authenticate(Desk& desk, const Request& request);
Status personal_password(Desk& desk, const Request& request);
Status not_here(Desk& desk, const Request& request);
Status not_yet(Desk& desk, const Request& request);

}  // namespace majlis::commands
