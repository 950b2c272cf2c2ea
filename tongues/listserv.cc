#include "tongues/listserv.h"

#include <array>

namespace majlis::tongues {
namespace {

constexpr VerbRow row(Verb verb, std::string_view word, std::size_t least, unsigned own_arguments = 0,
                      Shown shown = Shown::list, Secrets secrets = Secrets::none, Takes takes = Takes::line) {
  return VerbRow{verb, word, own_arguments, shown, secrets, takes, least};
}

// Each with the letters that LISTSERV's manuals print in capitals: "SUBscribe".
constexpr std::array kVerbs = {
    row(Verb::subscribe, "subscribe", 3, 1, Shown::name),
    row(Verb::subscribe, "join", 4, 1, Shown::name),
    row(Verb::unsubscribe, "signoff", 7, 1, Shown::person),
    row(Verb::unsubscribe, "unsubscribe", 5, 1, Shown::person),
    row(Verb::set, "set", 3, 1, Shown::option),
    row(Verb::confirm, "confirm", 7, 1, Shown::person),
    row(Verb::auth, "ok", 2, 0, Shown::nothing, Secrets::token),
    row(Verb::accept, "ok", 2, 0, Shown::nothing, Secrets::token),
    row(Verb::reject, "ok reject", 9, 0, Shown::reason, Secrets::token),
    row(Verb::discard, "ok discard", 10, 0, Shown::nothing, Secrets::token),
    row(Verb::trust, "ok trust", 8, 0, Shown::nothing, Secrets::token),
    row(Verb::ban, "ok ban", 6, 0, Shown::nothing, Secrets::token),
    row(Verb::claim, "ok claim", 8, 0, Shown::nothing, Secrets::token),
    row(Verb::personal_password, "pw", 2, 0, Shown::nothing),
    row(Verb::change, "change", 6, 1, Shown::person),
    row(Verb::serve, "serve", 5, 0, Shown::address),
    row(Verb::add, "add", 3, 1, Shown::name),
    row(Verb::add, "addhere", 4, 1, Shown::name),
    row(Verb::remove, "delete", 3, 1, Shown::person),
    row(Verb::move, "move", 4, 2, Shown::move),
    row(Verb::hold, "hold", 4),
    row(Verb::free, "free", 4),
    row(Verb::lists, "lists", 1, 0, Shown::global),
    row(Verb::info, "info", 1),
    row(Verb::who, "review", 3),
    row(Verb::who, "scan", 4, 0, Shown::name),
    row(Verb::show, "query", 1, 1, Shown::person),
    row(Verb::index, "index", 3),
    row(Verb::get, "get", 3, 1, Shown::file),
    row(Verb::get, "sendme", 4, 1, Shown::file),
    row(Verb::help, "help", 1, 0, Shown::nothing),
    row(Verb::end, "end", 3, 0, Shown::nothing),
    row(Verb::getpost, "getpost", 7, 1, Shown::posts),
    row(Verb::put_header, "put", 3, 1, Shown::list, Secrets::none, Takes::text),
    row(Verb::register_name, "register", 3, 0, Shown::name),
    row(Verb::search, "search", 3, 1, Shown::sought),
    row(Verb::stats, "stats", 2),
    row(Verb::unlock_header, "unlock", 6),
    row(Verb::not_here, "afd", 3, 0, Shown::nothing),
    row(Verb::not_here, "database", 4, 0, Shown::nothing),
    row(Verb::not_here, "dbase", 2, 0, Shown::nothing),
    row(Verb::not_here, "distribute", 4, 0, Shown::nothing),
    row(Verb::not_here, "explode", 7),
    row(Verb::not_here, "fui", 3, 0, Shown::nothing),
    row(Verb::not_here, "give", 4, 0, Shown::nothing),
    row(Verb::not_here, "release", 7, 0, Shown::nothing),
    row(Verb::not_here, "show", 4, 0, Shown::nothing),
    row(Verb::not_here, "thanks", 5, 0, Shown::nothing),
    row(Verb::not_here, "udd", 3, 0, Shown::nothing),
};

constexpr bool may_be_both(const VerbRow& one, const VerbRow& other) {
  const std::size_t least = one.least > other.least ? one.least : other.least;
  for (std::size_t size = least; size < one.word.size() && size < other.word.size(); ++size) {
    if (one.word.substr(0, size) == other.word.substr(0, size)) return true;
  }
  return false;
}

// Whether some abbreviation would stand for two verbs.
constexpr bool is_ambiguous() {
  for (const VerbRow& one : kVerbs) {
    for (const VerbRow& other : kVerbs) {
      if (one.verb != other.verb && may_be_both(one, other)) return true;
    }
  }
  return false;
}
static_assert(!is_ambiguous());

using Is = OptionRow::Is;
constexpr std::array kOptions = {
    OptionRow{"mail", 1, Is::option, "mail"},
    OptionRow{"nomail", 3, Is::option, "nomail"},
    OptionRow{"digests", 3, Is::option, "digest", "mail"},
    OptionRow{"nodigests", 5, Is::option, "nodigest"},
    OptionRow{"index", 3, Is::option, "index", "mail"},
    OptionRow{"noindex", 5, Is::option, "noindex"},
    OptionRow{"mime", 4, Is::form, "mime"},
    OptionRow{"nomime", 6, Is::form, "plain"},
    OptionRow{"ack", 3, Is::option, "ack"},
    OptionRow{"noack", 5, Is::option, "noack"},
    OptionRow{"repro", 3, Is::option, "repro"},
    OptionRow{"norepro", 5, Is::option, "norepro"},
    OptionRow{"conceal", 7, Is::option, "conceal"},
    OptionRow{"concealed", 9, Is::option, "conceal"},
    OptionRow{"noconceal", 9, Is::option, "noconceal"},
    OptionRow{"post", 4, Is::option, "post"},
    OptionRow{"nopost", 6, Is::option, "nopost"},
    OptionRow{"review", 3, Is::option, "moderated"},
    OptionRow{"noreview", 5, Is::option, "unmoderated"},
    OptionRow{"editor", 3, Is::option, "editor"},
    OptionRow{"noeditor", 5, Is::option, "noeditor"},
    OptionRow{"renew", 5, Is::option, "renew"},
    OptionRow{"norenew", 7, Is::option, "norenew"},
    OptionRow{"nohtml", 6, Is::always},
    OptionRow{"fullhdr", 4, Is::option, "fullhdr"},
    OptionRow{"full822", 7, Is::option, "fullhdr"},
    OptionRow{"nofiles", 3, Is::always},
    OptionRow{"html", 4, Is::never, "nohtml"},
    OptionRow{"msgack", 3, Is::never, "nomsgack"},
    OptionRow{"nomsgack", 5, Is::always},
    OptionRow{"shorthdr", 5, Is::option, "shorthdr"},
    OptionRow{"short822", 8, Is::option, "shorthdr"},
    OptionRow{"dualhdr", 4, Is::option, "dualhdr"},
    OptionRow{"ietfhdr", 4, Is::option, "ietfhdr"},
    OptionRow{"subjecthdr", 4, Is::option, "subjecthdr"},
    OptionRow{"topics:", 6, Is::topics, "topics:"},
    OptionRow{"files", 1, Is::never, "nofiles"},
};

}  // namespace

constinit const Dialect kListserv{
    .name = "listserv",
    .title = "LISTSERV",
    .owner = "owner-listserv",
    .help = "help_listserv",
    .verbs = kVerbs,
    .min_abbreviation = 1,
    .confirm_line = "OK ${token}",
    .confirm_folded = "",
    .decide_lines = "OK ${token}\nOK REJECT ${token} ${reason}\nOK DISCARD ${token}",
    .approve_lines = "approve PASSWORD \\\n${verb} ${target} \\\n${address}",
    .subject_token = " (${token})",
    .confirms_by_token = true,
    .unknown_ends = true,
    .answers_owners = true,
    .serves_off = true,
    .mail_ends_digest = true,
    .joining_again_renames = true,
    .password_lines = "\"PW ADD NEW\", \"PW CHANGE NEW PW=OLD\", \"PW RESET\"",
    .options = kOptions,
    .notice = "held_moderator_listserv",
};

}  // namespace majlis::tongues
