#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <utility>

#include "auth/password.h"
#include "base/file.h"
#include "base/text.h"
#include "lists/effects/list_change.h"
#include "lists/moving/archive_plan.h"
#include "lists/moving/held_plan.h"
#include "lists/moving/move.h"
#include "lists/posts/archive/list_files.h"
#include "lists/site/directory.h"

namespace majlis::lists {
namespace {

using foreign::Fate;
using foreign::Finding;

constexpr const char* kNameRule =
    "no name for a list here: 1 to 40 letters, digits, '-', '_' or '.', beginning with a letter or digit, no word of "
    "the mail system's and none of a list's addresses (-request, -owner ...)";

Finding carried(std::string what, std::string from, std::string to) {
  return {.what = std::move(what), .from = std::move(from), .to = std::move(to), .fate = Fate::carried};
}

class Planning {
 public:
  Planning(const Site& site, const MoveOptions& options, const Admission& admission)
      : site_(&site), options_(&options), admission_(&admission) {}

  Result<MovePlans> run(const foreign::ForeignSite& from) {
    for (const foreign::UnreadList& list : from.unread) {
      plans_.findings.push_back({.what = "list", .from = list.name, .why = list.error.what});
    }
    for (const foreign::ForeignList& list : from.lists) name_list(list);
    for (MovePlan& plan : plans_.lists) {
      Status planned = complete(plan);
      if (!planned) return planned.error();
    }
    return std::move(plans_);
  }

 private:
  void name_list(const foreign::ForeignList& list) {
    const auto renamed = options_->new_names.find(to_lower_ascii(list.name));
    const std::string wanted = renamed == options_->new_names.end() ? list.name : renamed->second;
    const std::string domain = domain_of(list);
    std::optional<ListName> name = ListName::parse(wanted, domain);
    const std::string shown = printable_utf8(wanted, 100);
    if (!name)
      return refuse(list,
                    shown + ": " + kNameRule + "; --rename " + printable_utf8(list.name, 100) + "=NAME gives it one");
    if (!coming_.insert(*name).second)
      return refuse(list, shown + ": two lists would have this name; --rename gives one another");
    plans_.lists.push_back({.source = &list, .name = *name, .is_there = path_exists(site_->list_directory(*name))});
    const bool is_same_domain = list.domain.empty() || equals_ignoring_case(list.domain, name->domain());
    const bool is_same = is_same_domain && equals_ignoring_case(list.name, name->name());
    add(plans_.lists.back(), MoveStep::settings,
        {.what = "list",
         .from = list.name + (list.domain.empty() ? "" : "@" + list.domain),
         .to = name->address(),
         .fate = is_same ? Fate::carried : Fate::changed,
         .why = is_same ? "" : why_renamed(list, *name)});
  }

  std::string why_renamed(const foreign::ForeignList& list, const ListName& name) const {
    if (!equals_ignoring_case(list.name, name.name())) return "it was given another name";
    return "its domain " + list.domain + " is none of this site; --domain " + list.domain + " keeps it";
  }

  std::string domain_of(const foreign::ForeignList& list) const {
    if (!options_->domain.empty()) return options_->domain;
    const std::string own = to_lower_ascii(list.domain);
    return !own.empty() && is_our_domain(*site_, own) ? own : site_->config().domain;
  }

  void refuse(const foreign::ForeignList& list, const std::string& why) {
    plans_.refused.push_back({ErrorKind::refused, why});
    plans_.findings.push_back({.what = "list", .from = list.name, .why = why});
  }

  Status complete(MovePlan& plan) {
    const PasswordHash hash_of = [&](std::string_view password) -> Result<std::string> {
      const bool is_for_nothing = options_->is_trial || (plan.is_there && !options_->replaces);
      return is_for_nothing ? Result<std::string>(std::string())
                            : auth::hash_password(std::string(password), site_->keys().front());
    };
    const foreign::ForeignList& from = *plan.source;
    const bool keeps_its_own = plan.is_there && !options_->replaces;
    if (keeps_its_own) {
      add(plan, MoveStep::settings,
          {.what = "settings",
           .from = from.config.from.empty() ? from.name : from.config.from,
           .why = "the list is here already: its settings, passwords and owners stay; --replace takes those of the "
                  "file"});
    } else {
      Result<ConfigPlan> config = plan_config(*site_, plan.name, from, coming_, hash_of);
      if (!config) return config.error();
      plan.config = std::move(*config);
      append(plan, MoveStep::settings, plan.config.findings);
    }
    const Result<List> there = keeps_its_own ? List::open(*site_, plan.name) : List::with_defaults(*site_, plan.name);
    if (!there) return there.error();
    const ListConfig& config = keeps_its_own ? there->config() : plan.config.config;
    plan.roster = plan_roster(*admission_, from, config, coming_);
    append(plan, MoveStep::members, plan.roster.findings);
    tell_of_letters(plan);
    append(plan, MoveStep::members, from.findings);
    plan_files(plan);
    const Result<std::vector<Finding>> waiting = survey_waiting(*site_, *there, from, *admission_);
    if (!waiting) return waiting.error();
    append(plan, MoveStep::waiting, *waiting);
    std::vector<CutOff> cut_off;
    const auto archives = survey_archives(*site_, plan.is_there ? &*there : nullptr, from, options_->now, cut_off);
    if (!archives) return archives.error();
    append(plan, MoveStep::archives, *archives);
    for (const CutOff& each : cut_off) plan.unread.push_back(each.error);
    for (const Error& error : from.unread) {
      add(plan, MoveStep::files, {.what = "file", .from = from.name, .why = error.what});
      plan.unread.push_back(error);
    }
    return {};
  }

  static void add(MovePlan& plan, MoveStep step, Finding finding) {
    plan.findings.push_back({std::move(finding), step});
  }

  static void append(MovePlan& plan, MoveStep step, const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) add(plan, step, finding);
  }

  void tell_of_letters(MovePlan& plan) const {
    if (options_->letters == MovingLetters::welcome) {
      Finding finding{.what = "letters", .from = "--welcome", .to = "a welcome to each new member"};
      finding.fate = Fate::carried;
      add(plan, MoveStep::archives, std::move(finding));
    }
    if (options_->letters != MovingLetters::invite) return;
    for (MoveFinding& each : plan.findings) {
      Finding& finding = each.finding;
      if (finding.what != "members" || finding.fate != Fate::carried) continue;
      finding.to = "asked: " + finding.to;
      finding.fate = Fate::changed;
      finding.why = "--invite: nobody is a member before it has answered the letter; topics and language stay behind";
    }
  }

  // Of this name something else is here, and stays.
  bool has_another(const MovePlan& plan, const std::string& name, const Result<std::string>& bytes) const {
    const std::string path = site_->list_directory(plan.name) + "/" + name;
    if (!plan.is_there || !path_exists(path)) return false;
    const Result<std::string> there = read_file(path, kMaxMovedFileOctets);
    return !there || !bytes || *there != *bytes;
  }

  void plan_text(MovePlan& plan, const foreign::NamedFile& text, const std::string& name) const {
    Finding finding = carried(text.name, text.from, name);
    if (!options_->replaces && has_another(plan, name, text.bytes)) {
      finding.to.clear();
      finding.fate = Fate::not_carried;
      finding.why = "the list has another one, which stays; --replace takes this one";
    }
    add(plan, MoveStep::settings, std::move(finding));
  }

  void plan_files(MovePlan& plan) const {
    for (const foreign::NamedFile& text : plan.source->texts) plan_text(plan, text, text.name);
    for (const foreign::NamedFile& file : plan.source->posters) plan_text(plan, file, "posters/" + file.name);
    for (const foreign::NamedFile& file : plan.source->files) {
      Status may = may_be_carried(file);
      if (may && has_another(plan, "files/" + file.name, read_file(file.path, kMaxMovedFileOctets))) {
        may = Error{ErrorKind::refused, "the list has another file of this name, which stays"};
      }
      add(plan, MoveStep::files,
          may ? carried("file", file.from, "files/" + file.name)
              : Finding{.what = "file", .from = file.from, .why = may.error().what});
      if (!may && may.error().kind != ErrorKind::refused) plan.unread.push_back(may.error());
    }
    for (const foreign::Ban& ban : plan.source->bans) {
      const Fate fate = ban.why.empty() ? Fate::carried : Fate::changed;
      add(plan, MoveStep::bans,
          {.what = "ban",
           .from = ban.written,
           .to = ban.pattern,
           .fate = ban.pattern.empty() ? Fate::not_carried : fate,
           .why = ban.why});
    }
  }

  const Site* site_;
  const MoveOptions* options_;
  const Admission* admission_;
  std::set<ListName> coming_;
  MovePlans plans_;
};

}  // namespace

Status may_be_carried(const foreign::NamedFile& file) {
  if (!is_file_name(file.name)) return Error{ErrorKind::refused, "no name that people could ask for"};
  const Result<UniqueFd> opened = open_file(file.path, O_RDONLY);
  if (!opened) return opened.error();
  struct stat status {};
  if (fstat(opened->get(), &status) != 0) return error_from_errno("lists: look at " + file.path, errno);
  const bool is_too_large = static_cast<std::uint64_t>(status.st_size) > kMaxMovedFileOctets;
  return is_too_large ? Status(Error{ErrorKind::refused, "it has more than 64 MB"}) : Status();
}

Result<MovePlans> plan_moves(const Site& site, const foreign::ForeignSite& from, const MoveOptions& options) {
  Result<Admission> admission = Admission::open(site);
  if (!admission) return admission.error();
  return Planning(site, options, *admission).run(from);
}

}  // namespace majlis::lists
