#include "tongues/majordomo.h"

#include <array>

namespace majlis::tongues {
namespace {

constexpr std::array kVerbs = {
    //      verb               word           own  shown  secrets  takes
    VerbRow{Verb::subscribe, "subscribe", 1, Shown::person},
    VerbRow{Verb::unsubscribe, "unsubscribe", 1, Shown::person},
    VerbRow{Verb::unsubscribe, "signoff", 1, Shown::person},
    VerbRow{Verb::unsubscribe, "cancel", 1, Shown::person},
    VerbRow{Verb::set, "set", 1, Shown::option},
    VerbRow{Verb::confirm, "confirm", 1, Shown::person},
    VerbRow{Verb::auth, "auth", 2, Shown::command, Secrets::token},
    VerbRow{Verb::approve, "approve", 2, Shown::command, Secrets::password_before},
    VerbRow{Verb::lists, "lists", 0, Shown::nothing},
    VerbRow{Verb::info, "info", 0, Shown::list},
    VerbRow{Verb::intro, "intro", 0, Shown::list},
    VerbRow{Verb::who, "who", 0, Shown::list},
    VerbRow{Verb::which, "which", 1, Shown::address},
    VerbRow{Verb::show, "show", 1, Shown::person},
    VerbRow{Verb::index, "index", 0, Shown::list},
    VerbRow{Verb::get, "get", 1, Shown::file},
    VerbRow{Verb::getpost, "getpost", 1, Shown::posts},
    VerbRow{Verb::search, "search", 1, Shown::sought},
    VerbRow{Verb::help, "help", 0, Shown::nothing},
    VerbRow{Verb::end, "end", 0, Shown::nothing},
    VerbRow{Verb::accept, "accept", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::reject, "reject", 1, Shown::reason, Secrets::token},
    VerbRow{Verb::discard, "discard", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::trust, "trust", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::ban, "ban", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::claim, "claim", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::passwd, "passwd", 2, Shown::nothing, Secrets::password_behind_list},
    VerbRow{Verb::newinfo, "newinfo", 1, Shown::nothing, Secrets::password_behind_list, Takes::text},
    VerbRow{Verb::newintro, "newintro", 1, Shown::nothing, Secrets::password_behind_list, Takes::text},
    VerbRow{Verb::config, "config", 1, Shown::nothing, Secrets::password_behind_list},
    VerbRow{Verb::newconfig, "newconfig", 1, Shown::nothing, Secrets::password_behind_list, Takes::text},
    VerbRow{Verb::writeconfig, "writeconfig", 1, Shown::nothing, Secrets::password_behind_list},
    VerbRow{Verb::mkdigest, "mkdigest", 1, Shown::nothing, Secrets::password_last},
};

}  // namespace

constinit const Dialect kMajordomo{
    .name = "majordomo",
    .title = "Majordomo",
    .owner = "owner-majordomo",
    .help = "help",
    .verbs = kVerbs,
    .min_abbreviation = 3,
    .confirm_line = "auth ${token} ${verb} ${target} ${address}",
    .confirm_folded = "auth ${token} \\\n${verb} ${target} \\\n${address}",
    .decide_lines = "accept ${token}\nreject ${token} ${reason}\ndiscard ${token}",
    .approve_lines = "approve PASSWORD \\\n${verb} ${target} \\\n${address}",
};

}  // namespace majlis::tongues
