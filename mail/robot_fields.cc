#include "mail/robot_fields.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace majlis::mail {
namespace {

using Kind = AutomaticReason::Kind;

enum class Match { whole, prefix, inside };

// Compared with the name in lower case, without hyphens and underscores: "X-Auto-Reply" is "xautoreply".
struct FieldForm {
  std::string_view text;
  Match match;
  AutomaticReason reason;
};

constexpr AutomaticReason kAutoreply = {"autoreply", Kind::machine};
constexpr AutomaticReason kMachine = {"machine", Kind::machine};
constexpr AutomaticReason kList = {"list", Kind::passed_on};
constexpr AutomaticReason kTracker = {"tracker", Kind::passed_on};

constexpr std::array kForms = {
    // Outlook and Exchange (MS-OXCMAIL 2.1.3.2.20): the one that is not what its name looks like.
    FieldForm{"xautoresponsesuppress", Match::whole, {"no-reply-wanted", Kind::no_reply_wanted}},
    FieldForm{"autorepl", Match::inside, kAutoreply},
    FieldForm{"autorespon", Match::inside, kAutoreply},
    FieldForm{"autoansw", Match::inside, kAutoreply},
    FieldForm{"autogenerat", Match::inside, kAutoreply},
    FieldForm{"autonotif", Match::inside, kAutoreply},
    FieldForm{"vacation", Match::inside, kAutoreply},
    FieldForm{"outofoffice", Match::inside, kAutoreply},
    FieldForm{"machinegenerated", Match::inside, kMachine},
    FieldForm{"xcronenv", Match::prefix, kMachine},
    FieldForm{"xmsexchangegeneratedmessagesource", Match::whole, kMachine},
    FieldForm{"xfailedrecipients", Match::whole, {"bounce", Kind::machine}},
    FieldForm{"mailinglist", Match::whole, kList},
    FieldForm{"xmailinglist", Match::whole, kList},
    FieldForm{"xbeenthere", Match::whole, kList},
    FieldForm{"xloop", Match::whole, {"loop", Kind::passed_on}},
    FieldForm{"xmsexchangeinboxrulesloop", Match::whole, {"loop", Kind::passed_on}},
    FieldForm{"xautoforward", Match::prefix, {"forward", Kind::passed_on}},
    FieldForm{"xotrs", Match::prefix, kTracker},
    FieldForm{"xznuny", Match::prefix, kTracker},
    FieldForm{"xzammad", Match::prefix, kTracker},
    FieldForm{"rtticket", Match::prefix, kTracker},
    FieldForm{"rtoriginator", Match::prefix, kTracker},
    FieldForm{"xrt", Match::prefix, kTracker},
    FieldForm{"xzendesk", Match::prefix, kTracker},
    FieldForm{"xfreshdesk", Match::prefix, kTracker},
    FieldForm{"xhelpscout", Match::prefix, kTracker},
    FieldForm{"xservicenow", Match::prefix, kTracker},
    FieldForm{"xsfdc", Match::prefix, kTracker},
    FieldForm{"xjira", Match::prefix, kTracker},
    FieldForm{"xbugzilla", Match::prefix, kTracker},
    FieldForm{"xredmine", Match::prefix, kTracker},
    FieldForm{"xgithub", Match::prefix, kTracker},
    FieldForm{"xgitlab", Match::prefix, kTracker},
    FieldForm{"xphabricator", Match::prefix, kTracker},
    FieldForm{"xtrac", Match::whole, kTracker},
    FieldForm{"xlaunchpad", Match::prefix, kTracker},
    FieldForm{"xticket", Match::prefix, kTracker},
};

constexpr std::string_view kListFieldPrefix = "List-";
constexpr std::string_view kLoop = "loop";

std::string compact(std::string_view name) {
  std::string plain = to_lower_ascii(name);
  std::erase_if(plain, [](char c) { return c == '-' || c == '_'; });
  return plain;
}

bool matches(std::string_view plain, const FieldForm& form) {
  switch (form.match) {
    case Match::whole: return plain == form.text;
    case Match::prefix: return plain.starts_with(form.text);
    case Match::inside: return plain.find(form.text) != std::string_view::npos;
  }
  return false;
}

const FieldForm* find_form(std::string_view name) {
  const std::string plain = compact(name);
  const auto found =
      std::find_if(kForms.begin(), kForms.end(), [&](const FieldForm& form) { return matches(plain, form); });
  return found == kForms.end() ? nullptr : &*found;
}

// "X-OTRS-Loop: helpdesk@example.org": the mark by which a program that answers knows its own mail. Filters on the way
// write such names too, with no address behind them.
bool is_loop_mark(std::string_view name, std::string_view body) {
  const std::vector<std::string_view> words = split_at(name, '-');
  const bool is_named_so =
      std::any_of(words.begin(), words.end(), [](std::string_view word) { return equals_ignoring_case(word, kLoop); });
  return is_named_so && body.find('@') != std::string_view::npos;
}

}  // namespace

std::optional<AutomaticReason> reason_by_field(std::string_view name, std::string_view body) {
  if (starts_with_ignoring_case(name, kListFieldPrefix)) return kList;
  if (const FieldForm* form = find_form(name)) return form->reason;
  if (is_loop_mark(name, body)) return AutomaticReason{kLoop, Kind::passed_on};
  return std::nullopt;
}

bool is_autoreply_field(std::string_view name) {
  const FieldForm* form = find_form(name);
  return form != nullptr && form->reason.word == kAutoreply.word;
}

}  // namespace majlis::mail
