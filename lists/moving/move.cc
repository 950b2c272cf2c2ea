#include "lists/moving/move.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/bans.h"
#include "lists/effects/list_change.h"
#include "lists/effects/new_list.h"
#include "lists/members/roster_change.h"
#include "lists/moving/archive_plan.h"
#include "lists/moving/held_plan.h"
#include "lists/posts/archive/list_files.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

class Move {
 public:
  Move(const Site& site, MovePlan& plan, const MoveOptions& options, const MoveProgress& told)
      : site_(&site), plan_(&plan), options_(&options), told_(&told) {}

  // What a later step needs comes first. A list is there as a whole, with its settings, or not at all; all else is
  // added to what is there.
  Result<std::size_t> run() {
    constexpr std::array<std::pair<MoveStep, Status (Move::*)()>, 6> kSteps = {
        {{MoveStep::settings, &Move::put_settings},
         {MoveStep::files, &Move::add_files},
         {MoveStep::bans, &Move::add_banned},
         {MoveStep::members, &Move::add_members},
         {MoveStep::waiting, &Move::add_waiting},
         {MoveStep::archives, &Move::add_archives}}};
    for (const auto& [step, carry] : kSteps) {
      const Status done = (this->*carry)();
      if (done) continue;
      tell_unreached(step, done.error());
      return done.error();
    }
    return mail_members();
  }

 private:
  // Of the step that ended so nothing is promised either.
  void tell_unreached(MoveStep step, const Error& error) {
    for (MoveFinding& each : plan_->findings) {
      if (each.step >= step) unsay(each.finding, "the import stopped before it was all here: " + error.what);
    }
  }

  // A file that could still be read when all was planned.
  void leave_out(std::string_view what, std::string_view from, const Error& error) {
    const bool is_known = std::any_of(plan_->unread.begin(), plan_->unread.end(),
                                      [&](const Error& told) { return told.what == error.what; });
    if (is_known) return;
    for (MoveFinding& each : plan_->findings) {
      if (each.finding.what == what && each.finding.from == from) unsay(each.finding, error.what);
    }
    if (error.kind != ErrorKind::refused) plan_->unread.push_back(error);
  }

  static void unsay(foreign::Finding& finding, std::string why) {
    if (finding.fate == foreign::Fate::not_carried) return;
    finding.to.clear();
    finding.fate = foreign::Fate::not_carried;
    finding.why = std::move(why);
  }

  Status put_settings() {
    const Status made =
        plan_->is_there ? Status() : new_list(*site_, plan_->name, plan_->config.config, plan_->config.passwords);
    return made ? put_own_files() : made;
  }

  Status put_own_files() {
    Result<Work> work = begin_change(*site_, options_->now);
    if (!work) return work.error();
    Result<List> list = List::open_for_replacement(*site_, plan_->name);
    if (!list) return list.error();
    if (plan_->is_there && options_->replaces) {
      Status put = put_config(*work, *list, plan_->config.config, plan_->config.config.write());
      if (!put) return put;
      put_passwords(*work, *list, with_those_there(list->passwords()));
    }
    for (const foreign::NamedFile& text : plan_->source->texts) {
      if (!path_exists(list->directory() + "/" + text.name) || options_->replaces)
        put_text(*work, *list, text.name, text.bytes);
    }
    for (const foreign::NamedFile& file : plan_->source->posters) {
      const std::string target = list->file("posters/" + file.name);
      if (!path_exists(site_->directory() + "/" + target) || options_->replaces) work->write_file(target, file.bytes);
    }
    return work->finish("import");
  }

  // A password that does not come along leaves the one that is there.
  ListPasswords with_those_there(ListPasswords there) const {
    const ListPasswords& new_ones = plan_->config.passwords;
    if (!new_ones.admin.empty()) there.admin = new_ones.admin;
    if (!new_ones.approve.empty()) there.approve = new_ones.approve;
    return there;
  }

  Status add_files() {
    const std::string folder = site_->list_directory(plan_->name) + "/files/";
    for (const foreign::NamedFile& file : plan_->source->files) {
      if (!is_file_name(file.name) || path_exists(folder + file.name)) continue;
      const Result<std::string> bytes = read_file(file.path, kMaxMovedFileOctets);
      if (!bytes) {
        leave_out("file", file.from, bytes.error());
        continue;
      }
      Status put = replace_file(folder + file.name, *bytes, 0600);
      if (!put) return put;
    }
    return {};
  }

  Status add_banned() {
    std::vector<std::string> patterns;
    for (const foreign::Ban& ban : plan_->source->bans) {
      if (auto pattern = mail::address_pattern(ban.pattern)) patterns.push_back(std::move(*pattern));
    }
    if (patterns.empty()) return {};
    const Result<BanChange> added = add_bans(*site_, plan_->name.address(), patterns, options_->now);
    return added ? Status() : Status(added.error());
  }

  Status add_waiting() {
    const Result<List> list = List::open(*site_, plan_->name);
    if (!list) return list.error();
    const Result<Admission> admission = Admission::open(*site_);
    return admission ? carry_waiting(*site_, *list, *plan_->source, *admission, options_->now)
                     : Status(admission.error());
  }

  // Last, so that a letter tells of a list that is there as a whole.
  Result<std::size_t> mail_members() {
    const Result<List> list = List::open(*site_, plan_->name);
    if (!list) return list.error();
    return send_moving_letters(*site_, *list, plan_->roster.members, options_->letters, options_->now,
                               [&](std::size_t sent) { (*told_)("letters", sent, plan_->roster.members.size()); });
  }

  Status add_members() {
    if (options_->letters == MovingLetters::invite) return {};
    const Result<List> list = List::open(*site_, plan_->name);
    if (!list) return list.error();
    const OweWelcome welcome = options_->letters == MovingLetters::welcome ? OweWelcome::yes : OweWelcome::no;
    const std::span<const MovedMember> all(plan_->roster.members);
    Result<IndexAhead> ahead =
        IndexAhead::write(*site_, list->address(),
                          {.count = all.size(),
                           .place = [&](std::size_t at) -> std::string_view { return all[at].key; },
                           .canonical = [&](std::size_t at) { return all[at].person.address.canonical(); }});
    if (!ahead) return ahead.error();
    for (std::size_t from = 0; from < all.size(); from += kMaxMembersPerImport) {
      const std::size_t count = std::min(kMaxMembersPerImport, all.size() - from);
      const auto added = move_members(*site_, *list, all.subspan(from, count), welcome, options_->now, *ahead);
      if (!added) return added.error();
      (*told_)("members", from + count, all.size());
    }
    return {};
  }

  Status add_archives() {
    if (plan_->source->archives.empty()) return {};
    const Result<List> list = List::open(*site_, plan_->name);
    if (!list) return list.error();
    std::size_t read = 0;
    std::vector<CutOff> cut_off;
    Status done = carry_archives(*site_, *list, *plan_->source, options_->now, cut_off, [&](std::size_t posts) {
      read = posts;
      (*told_)("posts", posts, 0);
    });
    for (const CutOff& each : cut_off) leave_out("archive", each.archive, each.error);
    (*told_)("posts", read, read);
    return done;
  }

  const Site* site_;
  MovePlan* plan_;
  const MoveOptions* options_;
  const MoveProgress* told_;
};

}  // namespace

Result<std::size_t> carry_out(const Site& site, MovePlan& plan, const MoveOptions& options, const MoveProgress& told) {
  return Move(site, plan, options, told).run();
}

}  // namespace majlis::lists
