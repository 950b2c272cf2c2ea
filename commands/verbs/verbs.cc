#include "commands/verbs/verbs.h"

#include <array>

namespace majlis::commands {
namespace {

struct VerbHandler {
  Verb verb;
  VerbFunction function;
};

constexpr std::array kHandlers = {
    VerbHandler{Verb::subscribe, subscribe},
    VerbHandler{Verb::unsubscribe, unsubscribe},
    VerbHandler{Verb::set, set_option},
    VerbHandler{Verb::confirm, confirm_subscription},
    VerbHandler{Verb::auth, auth_token},
    VerbHandler{Verb::approve, approve},
    VerbHandler{Verb::lists, lists_shown},
    VerbHandler{Verb::info, info},
    VerbHandler{Verb::intro, intro},
    VerbHandler{Verb::who, who},
    VerbHandler{Verb::which, which},
    VerbHandler{Verb::show, show},
    VerbHandler{Verb::index, index_of_files},
    VerbHandler{Verb::get, get_file},
    VerbHandler{Verb::getpost, get_posts},
    VerbHandler{Verb::search, search_posts},
    VerbHandler{Verb::help, help},
    VerbHandler{Verb::accept, accept},
    VerbHandler{Verb::reject, reject},
    VerbHandler{Verb::discard, discard},
    VerbHandler{Verb::trust, trust},
    VerbHandler{Verb::ban, ban},
    VerbHandler{Verb::claim, claim},
    VerbHandler{Verb::passwd, passwd},
    VerbHandler{Verb::newinfo, newinfo},
    VerbHandler{Verb::newintro, newintro},
    VerbHandler{Verb::config, config},
    VerbHandler{Verb::newconfig, newconfig},
    VerbHandler{Verb::writeconfig, writeconfig},
    VerbHandler{Verb::mkdigest, mkdigest},
    VerbHandler{Verb::get_header, get_header},
    VerbHandler{Verb::put_header, put_header},
    VerbHandler{Verb::unlock_header, unlock_header},
    VerbHandler{Verb::changelog, changelog},
    VerbHandler{Verb::add, add_members},
    VerbHandler{Verb::remove, remove_members},
    VerbHandler{Verb::hold, hold_list},
    VerbHandler{Verb::free, free_list},
    VerbHandler{Verb::change, change_address},
    VerbHandler{Verb::serve, serve},
    VerbHandler{Verb::stats, stats},
    VerbHandler{Verb::register_name, register_name},
    VerbHandler{Verb::move, move_member},
    VerbHandler{Verb::authenticate, authenticate},
    VerbHandler{Verb::personal_password, personal_password},
    VerbHandler{Verb::not_here, not_here},
    VerbHandler{Verb::not_yet, not_yet},
};

}  // namespace

VerbFunction function_of(Verb verb) {
  for (const VerbHandler& handler : kHandlers) {
    if (handler.verb == verb) return handler.function;
  }
  return nullptr;
}

}  // namespace majlis::commands
