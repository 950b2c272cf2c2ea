#include <algorithm>
#include <array>
#include <map>

#include "base/error_words.h"
#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/call/progress.h"
#include "bin/admin/mta/mta.h"
#include "foreign/listserv/listserv.h"
#include "foreign/mailman/mailman.h"
#include "foreign/majordomo/majordomo.h"
#include "lists/moving/move.h"

namespace majlis::bin::admin {
namespace {

using foreign::Fate;
using foreign::Finding;

constexpr Option kOptions[] = {{"list", Takes::value},      {"domain", Takes::value},
                               {"rename", Takes::value},    {"aliases", Takes::value},
                               {"dry-run", Takes::nothing}, {"fold-digests", Takes::nothing},
                               {"replace", Takes::nothing}, {"welcome", Takes::nothing},
                               {"invite", Takes::nothing},  {"json", Takes::nothing}};

struct System {
  std::string_view name;
  Result<foreign::ForeignSite> (*read)(const std::string& path, const foreign::Wanted& wanted);
};
constexpr std::array kSystems = {System{"majordomo", foreign::read_majordomo},
                                 System{"listserv", foreign::read_listserv}, System{"mailman", foreign::read_mailman}};

Result<std::map<std::string, std::string>> new_names(const Arguments& arguments) {
  std::map<std::string, std::string> names;
  for (const std::string& written : arguments.values("rename")) {
    const std::size_t equal = written.find('=');
    if (equal == 0 || equal == std::string::npos || equal + 1 == written.size()) {
      return Error{ErrorKind::refused, "--rename takes OLD=NEW, not '" + printable(written, 80) + "'"};
    }
    names[to_lower_ascii(written.substr(0, equal))] = written.substr(equal + 1);
  }
  return names;
}

std::string in_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return visible(text);
}

std::string json_of(const std::string& list, const Finding& finding) {
  return JsonLine()
      .text("list", list)
      .text("what", finding.what)
      .text("from", finding.from)
      .text("to", finding.to)
      .text("result", foreign::word_for(finding.fate))
      .text("why", without_rooms(finding.why))
      .line();
}

// What came over as it was is only counted.
class Report {
 public:
  explicit Report(const Call& call) : is_json_(call.wants_json()) {}

  void print_all(const std::string& list, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) print_one(list, finding);
  }

  void print_one(const std::string& list, const Finding& finding) {
    ++(finding.fate == Fate::carried ? carried_ : (finding.fate == Fate::changed ? changed_ : not_carried_));
    if (is_json_) return print(json_of(list, finding));
    if (finding.fate == Fate::carried) return;
    const std::string line = line_of(list, finding);
    if (finding.is_alarming) alarming_ += line;
    print(line);
  }

  void print_sum(bool is_trial) const {
    if (is_json_) return;
    print(std::to_string(carried_) + " carried, " + std::to_string(changed_) + " changed, " +
          std::to_string(not_carried_) + " not carried" +
          (is_trial ? "; this was a dry run, nothing was done\n" : "\n") + alarming_);
  }

 private:
  static std::string line_of(const std::string& list, const Finding& finding) {
    std::string line = (list.empty() ? "" : list + ": ") + in_one_line(finding.what);
    if (!finding.from.empty()) line += " (" + in_one_line(finding.from) + ")";
    line += finding.fate == Fate::changed ? " changed" : " not carried";
    if (!finding.to.empty()) line += ", now " + in_one_line(finding.to);
    return line + ": " + in_one_line(without_rooms(finding.why)) + "\n";
  }

  bool is_json_;
  std::string alarming_;  // lines
  std::size_t carried_ = 0;
  std::size_t changed_ = 0;
  std::size_t not_carried_ = 0;
};

// Everything that could not be read is told; whether there was any.
bool complain_of(const Call& call, const std::vector<Error>& errors) {
  for (const Error& error : errors) complain(call, error.what);
  return !errors.empty();
}

// False: it could not be done, and is told.
bool carry_out(const Call& call, const lists::Site& site, lists::MovePlan& plan, const lists::MoveOptions& options) {
  const std::string list = plan.name.address();
  const auto told = [&](std::string_view what, std::size_t done, std::size_t all) {
    show_progress_of(list + ": " + std::string(what) + " ", done, all);
  };
  const Result<std::size_t> done = lists::carry_out(site, plan, options, told);
  if (!done) {
    complain(call, list + ": " + done.error().what + "; the same command goes on there");
    return false;
  }
  refresh_catalogue(call, site, plan.name);
  record(call, list, call.verb);
  if (*done == 0) return true;
  complain(call, list + ": " + std::to_string(*done) + " letters were not mailed yet: a run mails " +
                     std::to_string(lists::kMaxMovingLetters) +
                     " of a list, and a mailbox is not asked more often than challenges_per_day says; the same command "
                     "goes on there");
  return false;
}

Result<Verdict> move_in(const Call& call, const lists::Site& site, const foreign::ForeignSite& from,
                        const lists::MoveOptions& options) {
  Result<lists::MovePlans> plans = lists::plan_moves(site, from, options);
  if (!plans) return plans.error();
  Report report(call);
  report.print_all("", from.findings);
  report.print_all("", plans->findings);
  std::vector<Error> unread = plans->refused;
  for (const foreign::UnreadList& list : from.unread) unread.push_back(list.error);
  bool is_wanting = complain_of(call, unread);
  for (lists::MovePlan& plan : plans->lists) {
    const std::string list = plan.name.address();
    if (!options.is_trial) is_wanting = !carry_out(call, site, plan, options) || is_wanting;
    for (const lists::MoveFinding& each : plan.findings) report.print_one(list, each.finding);
    is_wanting = complain_of(call, plan.unread) || is_wanting;
  }
  if (!options.is_trial) refresh_mta_maps(call, site);
  report.print_sum(options.is_trial);
  return is_wanting ? Verdict::wanting : Verdict::done;
}

Result<Verdict> import_lists(const Call& call) {
  const auto system =
      std::find_if(kSystems.begin(), kSystems.end(), [&](const System& row) { return row.name == call.verb; });
  Result<std::map<std::string, std::string>> names = new_names(call.arguments);
  if (!names) return wrong_use(call, names.error().what);
  const bool welcomes = call.arguments.has("welcome");
  const bool invites = call.arguments.has("invite");
  if (welcomes && invites) return wrong_use(call, "--welcome is for members, and --invite makes none");
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const foreign::Wanted wanted{.list = call.arguments.value("list"),
                               .aliases = call.arguments.value("aliases"),
                               .folds_digests = call.arguments.has("fold-digests")};
  Result<foreign::ForeignSite> from = system->read(call.word(0), wanted);
  if (!from) return from.error();
  lists::MovingLetters letters = lists::MovingLetters::none;
  if (welcomes) letters = lists::MovingLetters::welcome;
  if (invites) letters = lists::MovingLetters::invite;
  return move_in(call, *site, *from,
                 {.domain = to_lower_ascii(call.arguments.value("domain")),
                  .new_names = std::move(*names),
                  .replaces = call.arguments.has("replace"),
                  .letters = letters,
                  .is_trial = call.arguments.has("dry-run"),
                  .now = call.now});
}

constexpr Form kForms[] = {{"majordomo", 1, 1, kOptions, import_lists},
                           {"listserv", 1, 1, kOptions, import_lists},
                           {"mailman", 1, 1, kOptions, import_lists}};

}  // namespace

constinit const Command kImport{
    "usage: majlis import majordomo|listserv|mailman PATH [--list NAME] [--dry-run] [--replace] [--fold-digests]\n"
    "       [--aliases FILE] [--domain DOMAIN] [--rename OLD=NEW]... [--welcome | --invite] [--json]\n"
    "\n"
    "Lists of another system become lists of this site: settings, members with their options, passwords (hashed\n"
    "anew), texts, files, archives. Without --welcome and --invite nobody is written to. PATH is an installation's\n"
    "folder, a list's, or one file. The same command again goes on where one was stopped, and changes nothing\n"
    "that is done.\n"
    "  --dry-run         only the report: what will be carried, changed, or cannot be\n"
    "  --list NAME       this list alone; of one file, the name of its list\n"
    "  --replace         a list that is here already gets the settings, texts and passwords of the file\n"
    "  --fold-digests    members of NAME-digest become members of NAME who get digests\n"
    "  --aliases FILE    the mail server's aliases, which tell Majordomo's owners and moderators\n"
    "  --domain DOMAIN   of the lists here; else their own where the site serves it, or the site's\n"
    "  --rename OLD=NEW  the list OLD is called NEW here\n"
    "  --welcome         each new member gets the list's welcome, once\n"
    "  --invite          nobody becomes a member: each is asked by letter, once, and joins by the answer\n"
    "  --json            one object a thing: list, what, from, to, result, why\n",
    VerbPlace::first_word, kForms};

}  // namespace majlis::bin::admin
