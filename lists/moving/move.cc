#include "lists/moving/move.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/bans.h"
#include "lists/effects/list_change.h"
#include "lists/effects/new_list.h"
#include "lists/members/roster_change.h"
#include "lists/moving/archive_plan.h"
#include "lists/moving/held_plan.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

class Move {
 public:
  Move(const Site& site, const MovePlan& plan, const MoveOptions& options, const MoveProgress& told)
      : site_(&site), plan_(&plan), options_(&options), told_(&told) {}

  // What a later step needs comes first. A list is there as a whole, with its settings, or not at all; all else is
  // added to what is there.
  Result<std::size_t> run() {
    Status done =
        plan_->is_there ? Status() : new_list(*site_, plan_->name, plan_->config.config, plan_->config.passwords);
    if (done) done = put_own_files();
    if (done) done = add_files();
    if (done) done = add_banned();
    Result<List> list = done ? List::open(*site_, plan_->name) : Result<List>(done.error());
    if (!list) return list.error();
    if (options_->letters != MovingLetters::invite) done = add_members(*list);
    if (done) done = add_waiting(*list);
    if (done && !plan_->source->archives.empty()) done = add_archives(*list);
    return done ? mail_members(*list) : done.error();
  }

 private:
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
      if (!why_not_carried(file).empty() || path_exists(folder + file.name)) continue;
      const Result<std::string> bytes = read_file(file.path, kMaxMovedFileOctets);
      if (!bytes) return bytes.error();
      Status put = replace_file(folder + file.name, *bytes, 0600);
      if (!put) return put;
    }
    return {};
  }

  Status add_banned() {
    std::vector<std::string> patterns;
    for (const auto& [written, place] : plan_->source->bans) {
      if (auto pattern = mail::address_pattern(written)) patterns.push_back(std::move(*pattern));
    }
    if (patterns.empty()) return {};
    const Result<BanChange> added = add_bans(*site_, plan_->name.address(), patterns, options_->now);
    return added ? Status() : Status(added.error());
  }

  Status add_waiting(const List& list) {
    Result<Admission> admission = Admission::open(*site_);
    return admission ? carry_waiting(*site_, list, *plan_->source, *admission, options_->now)
                     : Status(admission.error());
  }

  Status add_archives(const List& list) {
    std::size_t read = 0;
    Status done = carry_archives(*site_, list, *plan_->source, options_->now, [&](std::size_t posts) {
      read = posts;
      (*told_)("posts", posts, 0);
    });
    (*told_)("posts", read, read);
    return done;
  }

  // Last, so that a letter tells of a list that is there as a whole.
  Result<std::size_t> mail_members(const List& list) {
    return send_moving_letters(*site_, list, plan_->roster.members, options_->letters, options_->now,
                               [&](std::size_t sent) { (*told_)("letters", sent, plan_->roster.members.size()); });
  }

  Status add_members(const List& list) {
    const OweWelcome welcome = options_->letters == MovingLetters::welcome ? OweWelcome::yes : OweWelcome::no;
    const std::span<const MovedMember> all(plan_->roster.members);
    for (std::size_t from = 0; from < all.size(); from += kMaxMembersPerImport) {
      const std::size_t count = std::min(kMaxMembersPerImport, all.size() - from);
      const auto added = move_members(*site_, list, all.subspan(from, count), welcome, options_->now);
      if (!added) return added.error();
      (*told_)("members", from + count, all.size());
    }
    return {};
  }

  const Site* site_;
  const MovePlan* plan_;
  const MoveOptions* options_;
  const MoveProgress* told_;
};

}  // namespace

Result<std::size_t> carry_out(const Site& site, const MovePlan& plan, const MoveOptions& options,
                              const MoveProgress& told) {
  return Move(site, plan, options, told).run();
}

}  // namespace majlis::lists
