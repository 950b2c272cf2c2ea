#include "tongues/mailman.h"

#include <array>

namespace majlis::tongues {
namespace {

// So many words of its own that the first is never taken for a list.
constexpr unsigned kNoList = 1000;

constexpr std::array kVerbs = {
    //      verb               word           own  shown
    VerbRow{Verb::subscribe, "subscribe", kNoList, Shown::nothing},
    VerbRow{Verb::subscribe, "join", kNoList, Shown::nothing},
    VerbRow{Verb::unsubscribe, "unsubscribe", kNoList, Shown::nothing},
    VerbRow{Verb::unsubscribe, "leave", kNoList, Shown::nothing},
    VerbRow{Verb::unsubscribe, "remove", kNoList, Shown::nothing},
    VerbRow{Verb::auth, "confirm", kNoList, Shown::nothing, Secrets::token},
    VerbRow{Verb::personal_password, "password", kNoList, Shown::nothing},
    VerbRow{Verb::set, "set", kNoList, Shown::nothing},
    VerbRow{Verb::who, "who", kNoList, Shown::nothing},
    VerbRow{Verb::lists, "lists", kNoList, Shown::nothing},
    VerbRow{Verb::info, "info", kNoList, Shown::nothing},
    VerbRow{Verb::help, "help", kNoList, Shown::nothing},
    VerbRow{Verb::end, "end", kNoList, Shown::nothing},
    VerbRow{Verb::end, "stop", kNoList, Shown::nothing},
    VerbRow{Verb::end, "echo", kNoList, Shown::nothing},
    // Of Majlis: Mailman's moderators have no words for these by mail.
    VerbRow{Verb::accept, "accept", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::reject, "reject", 1, Shown::reason, Secrets::token},
    VerbRow{Verb::discard, "discard", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::trust, "trust", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::ban, "ban", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::claim, "claim", 1, Shown::nothing, Secrets::token},
};

using Is = OptionRow::Is;
// Each word has "on" or "off" behind it, and digest its form.
constexpr std::array kOptions = {
    OptionRow{"delivery on", 11, Is::option, "mail"},
    OptionRow{"delivery off", 12, Is::option, "nomail"},
    OptionRow{"digest plain", 12, Is::option, "digest-plain"},
    OptionRow{"digest mime", 11, Is::option, "digest-mime"},
    OptionRow{"digest off", 10, Is::option, "nodigest"},
    OptionRow{"ack on", 6, Is::option, "ack"},
    OptionRow{"ack off", 7, Is::option, "noack"},
    OptionRow{"myposts on", 10, Is::option, "repro"},
    OptionRow{"myposts off", 11, Is::option, "norepro"},
    OptionRow{"hide on", 7, Is::option, "conceal"},
    OptionRow{"hide off", 8, Is::option, "noconceal"},
    OptionRow{"duplicates on", 13, Is::option, "dupes"},
    OptionRow{"duplicates off", 14, Is::option, "nodupes"},
    OptionRow{"reminders on", 12, Is::not_yet},
    OptionRow{"reminders off", 13, Is::always},
};

}  // namespace

constinit const Dialect kMailman{
    .name = "mailman",
    .title = "Mailman",
    .owner = "owner-mailman",
    .help = "help_mailman",
    .verbs = kVerbs,
    .min_abbreviation = 40,  // none
    .confirm_line = "confirm ${token}",
    .confirm_folded = "",
    .decide_lines = "accept ${token}\nreject ${token} ${reason}\ndiscard ${token}",
    .approve_lines = "approve PASSWORD \\\n${verb} ${target} \\\n${address}",
    .subject_token = " {${token}}",
    .confirms_by_token = true,
    .unknown_ends = true,
    .password_lines = "\"password OLD NEW\"",
    .keeps_names = true,
    .names_lists = false,
    .asks_by_attachment = true,
    .confirms_by_address = true,
    .options = kOptions,
};

}  // namespace majlis::tongues
