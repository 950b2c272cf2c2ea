#include <algorithm>

#include "base/text.h"
#include "bin/admin/call/print.h"
#include "bin/admin/call/progress.h"
#include "bin/admin/members/member_file.h"
#include "bin/admin/members/members.h"
#include "lists/members/admission.h"
#include "lists/members/roster_change.h"
#include "lists/members/roster_view.h"
#include "lists/site/list.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxRemovedShare = 5;  // more than one member of so many is not removed unasked

// What has to happen for the list to have the file's people and nobody else.
struct Plan {
  std::vector<std::size_t> added;      // lines of the file, each person once
  std::vector<mail::Mailbox> removed;  // members
  std::size_t unchanged = 0;

  std::size_t members() const { return removed.size() + unchanged; }
  std::size_t changes() const { return added.size() + removed.size(); }
};

// Walks the file beside the roster, which is in the same order.
class Comparison {
 public:
  explicit Comparison(const MemberFile& file) : file_(&file) {}

  void meet(const lists::MemberView& member) {
    const std::string key = lists::roster_order(member.address);
    take_lines_before(key);
    if (at_ < file_->size() && file_->key(at_) == key) {
      ++plan_.unchanged;
      skip(key);
    } else {
      plan_.removed.push_back({member.name, member.address});
    }
  }
  Plan finish() {
    while (at_ < file_->size()) take_line();
    return std::move(plan_);
  }

 private:
  void skip(std::string_view key) {
    while (at_ < file_->size() && file_->key(at_) == key) ++at_;
  }
  void take_line() {
    plan_.added.push_back(at_);
    skip(file_->key(at_));
  }
  void take_lines_before(const std::string& key) {
    while (at_ < file_->size() && file_->key(at_) < key) take_line();
  }

  const MemberFile* file_;
  std::size_t at_ = 0;
  Plan plan_;
};

Result<Plan> compare(const lists::Site& site, const lists::List& list, const MemberFile& file) {
  Comparison comparison(file);
  std::string cursor;
  do {
    Result<lists::MemberPage> page = lists::members_page(site, list.address(), cursor, lists::Bounces::left_out);
    if (!page) return page.error();
    for (const lists::MemberView& member : page->members) comparison.meet(member);
    cursor = std::move(page->cursor);
  } while (!cursor.empty());
  return comparison.finish();
}

// Why the plan is not carried out; "" when it is.
std::string objection(const Call& call, const MemberFile& file, const Plan& plan) {
  if (file.refused() > 0) return "nothing is changed while a line is in error";
  if (call.arguments.has("force")) return "";
  if (file.size() == 0) return "the file names nobody; nothing is changed, --force empties the list";
  if (plan.removed.size() * kMaxRemovedShare > plan.members()) {
    return std::to_string(plan.removed.size()) + " of " + std::to_string(plan.members()) +
           " members would be removed, more than 20 %; nothing is changed, --force does it all the same";
  }
  return "";
}

void show_change(const Call& call, const std::string& list, std::string_view change, std::string_view address) {
  const bool is_added = change == "added";
  print(call.wants_json() ? JsonLine().text("list", list).text("change", change).text("address", address).line()
                          : (is_added ? "+ " : "- ") + std::string(address) + "\n");
}

void show_plan(const Call& call, const std::string& list, const MemberFile& file, const Plan& plan) {
  for (const std::size_t at : plan.added) {
    show_change(call, list, "added", file.address(at));
  }
  for (const mail::Mailbox& member : plan.removed) show_change(call, list, "removed", member.address.text());
}

void report(const Call& call, const std::string& list, const Plan& plan, std::size_t refused) {
  if (call.wants_json()) {
    print(JsonLine()
              .text("list", list)
              .number("added", static_cast<std::int64_t>(plan.added.size()))
              .number("removed", static_cast<std::int64_t>(plan.removed.size()))
              .number("unchanged", static_cast<std::int64_t>(plan.unchanged))
              .number("refused", static_cast<std::int64_t>(refused))
              .line());
    return;
  }
  print(std::to_string(plan.added.size()) + " added, " + std::to_string(plan.removed.size()) + " removed, " +
        std::to_string(plan.unchanged) + " unchanged, " + std::to_string(refused) + " refused\n");
}

// Whoever came or went since the comparison is as wanted already. A slice is committed by itself; killed in between,
// the same command does the rest.
Status add_people(const Call& call, const OpenedList& opened, const MemberFile& file, const Plan& plan) {
  Result<lists::IndexAhead> ahead = lists::IndexAhead::write(
      opened.site, opened.list.address(),
      {.count = plan.added.size(),
       .place = [&](std::size_t at) { return file.key(plan.added[at]); },
       .canonical = [&](std::size_t at) { return to_lower_ascii(file.address(plan.added[at])); }});
  if (!ahead) return ahead.error();
  for (std::size_t from = 0; from < plan.added.size(); from += lists::kMaxMembersPerImport) {
    const std::size_t end = std::min(plan.added.size(), from + lists::kMaxMembersPerImport);
    std::vector<mail::Mailbox> people;
    for (std::size_t i = from; i < end; ++i) people.push_back(file.person(plan.added[i]));
    const auto added = lists::import_members(opened.site, opened.list, std::move(people), {}, call.now, *ahead);
    if (!added) return added.error();
    record_members(call, opened.list.address(), *added, "added");
    show_progress(end, plan.changes());
  }
  return {};
}

Status remove_people(const Call& call, const OpenedList& opened, const Plan& plan) {
  for (std::size_t from = 0; from < plan.removed.size(); from += lists::kMaxMembersPerImport) {
    const std::size_t end = std::min(plan.removed.size(), from + lists::kMaxMembersPerImport);
    const std::vector<mail::Mailbox> people(plan.removed.begin() + static_cast<std::ptrdiff_t>(from),
                                            plan.removed.begin() + static_cast<std::ptrdiff_t>(end));
    const auto change = lists::remove_members(opened.site, opened.list, people, call.now);
    if (!change) return change.error();
    record_members(call, opened.list.address(), change->changed, "removed");
    show_progress(plan.added.size() + end, plan.changes());
  }
  return {};
}

}  // namespace

Result<Verdict> sync_members(const Call& call) {
  Result<OpenedList> opened = open_list(call);
  if (!opened) return opened.error();
  const std::string list = opened->list.address();
  const Result<lists::Admission> admission = lists::Admission::open(opened->site);
  if (!admission) return admission.error();
  const Result<MemberFile> file = MemberFile::read(call, *admission);
  if (!file) return file.error();
  Result<Plan> plan = compare(opened->site, opened->list, *file);
  if (!plan) return plan.error();
  const std::string why_not = objection(call, *file, *plan);
  const bool is_dry_run = call.arguments.has("dry-run");
  if (is_dry_run) show_plan(call, list, *file, *plan);
  if (!is_dry_run && !why_not.empty()) *plan = Plan{{}, {}, plan->members()};
  Status done;
  if (!is_dry_run) done = add_people(call, *opened, *file, *plan);
  if (!is_dry_run && done) done = remove_people(call, *opened, *plan);
  if (!done) return done.error();
  if (!why_not.empty()) complain(call, why_not);
  report(call, list, *plan, file->refused());
  return why_not.empty() ? Verdict::done : Verdict::wanting;
}

}  // namespace majlis::bin::admin
