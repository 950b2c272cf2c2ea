#include "tongues/verb.h"

#include <array>

namespace majlis::tongues {
namespace {

struct VerbName {
  Verb verb;
  std::string_view name;
};

constexpr std::array kNames = {
    VerbName{Verb::subscribe, "subscribe"},
    VerbName{Verb::unsubscribe, "unsubscribe"},
    VerbName{Verb::set, "set"},
    VerbName{Verb::auth, "auth"},
    VerbName{Verb::approve, "approve"},
    VerbName{Verb::lists, "lists"},
    VerbName{Verb::info, "info"},
    VerbName{Verb::intro, "intro"},
    VerbName{Verb::who, "who"},
    VerbName{Verb::which, "which"},
    VerbName{Verb::show, "show"},
    VerbName{Verb::index, "index"},
    VerbName{Verb::get, "get"},
    VerbName{Verb::getpost, "getpost"},
    VerbName{Verb::search, "search"},
    VerbName{Verb::help, "help"},
    VerbName{Verb::end, "end"},
    VerbName{Verb::accept, "accept"},
    VerbName{Verb::reject, "reject"},
    VerbName{Verb::discard, "discard"},
    VerbName{Verb::trust, "trust"},
    VerbName{Verb::ban, "ban"},
    VerbName{Verb::claim, "claim"},
    VerbName{Verb::passwd, "passwd"},
    VerbName{Verb::newinfo, "newinfo"},
    VerbName{Verb::newintro, "newintro"},
    VerbName{Verb::config, "config"},
    VerbName{Verb::newconfig, "newconfig"},
    VerbName{Verb::writeconfig, "writeconfig"},
    VerbName{Verb::mkdigest, "mkdigest"},
    VerbName{Verb::confirm, "confirm"},
    VerbName{Verb::get_header, "getheader"},
    VerbName{Verb::put_header, "put"},
    VerbName{Verb::unlock_header, "unlock"},
    VerbName{Verb::changelog, "changelog"},
    VerbName{Verb::add, "add"},
    VerbName{Verb::remove, "delete"},
    VerbName{Verb::hold, "hold"},
    VerbName{Verb::free, "free"},
    VerbName{Verb::personal_password, "pw"},
    VerbName{Verb::change, "change"},
    VerbName{Verb::serve, "serve"},
    VerbName{Verb::stats, "stats"},
    VerbName{Verb::register_name, "register"},
    VerbName{Verb::move, "move"},
};

}  // namespace

bool decides(Verb verb) {
  switch (verb) {
    case Verb::accept:
    case Verb::reject:
    case Verb::discard:
    case Verb::trust:
    case Verb::ban:
    case Verb::claim: return true;
    default: return false;
  }
}

std::string_view name_of(Verb verb) {
  for (const VerbName& row : kNames) {
    if (row.verb == verb) return row.name;
  }
  return {};
}

std::optional<Verb> verb_named(std::string_view name) {
  for (const VerbName& row : kNames) {
    if (row.name == name) return row.verb;
  }
  return std::nullopt;
}

}  // namespace majlis::tongues
