#include <algorithm>

#include "base/checksum.h"
#include "store/rows.h"
#include "store/tables.h"

// Rosters: one row a member, one index row an address and list, one counter a list.
namespace majlis::store {
namespace {

// Rows are removed in slices: the tree must not change under a scan.
constexpr std::size_t kRemoveSlice = 1'000;
constexpr std::size_t kUsualPage = 2'000;

Key member_key(std::string_view list, const mail::Address& address) {
  return Key(Table::roster).text(list).address(address);
}

Key index_key(const mail::Address& address, std::string_view list) {
  return Key(Table::index).address(address).text(list);
}

Key reference_key(std::string_view list, MemberReference reference) {
  return Key(Table::reference).text(list).number(reference);
}

Key roster_key(std::string_view list) { return Key(Table::roster).text(list); }

bool gets_digests(const Member& member) { return (member.flags & kMemberDigest) != 0; }

std::string removal_fact(std::string_view list) { return "removed " + std::string(list); }

Error damaged_index() { return Error{ErrorKind::damaged, "store: read index row: its key is malformed"}; }

}  // namespace

Result<std::optional<Member>> View::find_member(std::string_view list, const mail::Address& address) const {
  Result<std::optional<std::string>> row = tables_->find(member_key(list, address));
  if (!row) return row.error();
  if (!*row) return std::optional<Member>();
  Result<Member> member = read_member(**row);
  if (!member) return member.error();
  return std::optional<Member>(std::move(*member));
}

MemberReference reference_of(const mail::Address& address) {
  return hash64(address.canonical()) & ((MemberReference{1} << 48U) - 1U);
}

Result<std::vector<Member>> View::members_by_reference(std::string_view list, MemberReference reference,
                                                       std::size_t max) const {
  const std::string prefix = reference_key(list, reference).octets();
  std::vector<std::string> roster_keys;
  Status scanned = tables_->rows().scan(prefix, prefix, max, [&](std::string_view key, std::string_view) {
    if (roster_keys.size() >= max) return Tree::Visit::stop;
    // Behind the prefix stands the address as it ends the member's own key.
    roster_keys.push_back(roster_key(list).octets() + std::string(key.substr(prefix.size())));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  std::vector<Member> members;
  for (const std::string& key : roster_keys) {
    Result<std::optional<std::string>> row = tables_->rows().find(key);
    if (!row) return row.error();
    if (!*row) return damaged_index();
    Result<Member> member = read_member(**row);
    if (!member) return member.error();
    members.push_back(std::move(*member));
  }
  return members;
}

Result<std::uint64_t> View::count_members(std::string_view list) const {
  return tables_->count_of(Table::members, list);
}

Result<std::uint64_t> View::count_digest_members(std::string_view list) const {
  return tables_->count_of(Table::digested, list);
}

Result<WalkPage> View::walk_members(std::string_view list, std::string_view cursor, std::size_t max) const {
  const std::string prefix = roster_key(list).octets();
  std::string from = prefix;
  if (!cursor.empty()) {
    std::optional<std::string> behind = key_of_cursor(list, cursor);
    if (!behind) return Error{ErrorKind::refused, "store: walk members: malformed cursor"};
    from = std::move(*behind) + '\0';
  }
  WalkPage page;
  page.members.reserve(std::min(max, kUsualPage));
  std::optional<Error> problem;
  bool has_more = false;
  Status scanned = tables_->rows().scan(prefix, from, max, [&](std::string_view, std::string_view row) {
    has_more = page.members.size() >= max;
    if (has_more) return Tree::Visit::stop;
    Result<Member> member = read_member(row);
    if (!member) {
      problem = member.error();
      return Tree::Visit::stop;
    }
    page.members.push_back(std::move(*member));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (problem) return *problem;
  if (has_more && !page.members.empty()) page.cursor = cursor_for(page.members.back().address);
  return page;
}

Result<std::vector<std::string>> View::lists_of(const mail::Address& address, std::size_t max) const {
  const std::string prefix = Key(Table::index).address(address).octets();
  std::vector<std::string> lists;
  bool damaged = false;
  // A read goes on behind the address: small ones, because few are on more lists than that.
  constexpr std::size_t kUsualLists = 8;
  Status scanned = tables_->rows().scan(prefix, prefix, kUsualLists, [&](std::string_view key, std::string_view) {
    if (lists.size() >= max) return Tree::Visit::stop;
    std::string_view rest = key.substr(prefix.size());
    std::optional<std::string> list = take_text(rest);
    damaged = !list || !rest.empty();
    if (damaged) return Tree::Visit::stop;
    lists.push_back(std::move(*list));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (damaged) return damaged_index();
  return lists;
}

Result<ChangeNumber> View::change_number() const { return tables_->change(); }

Result<ChangeNumber> View::removed_at(std::string_view list) const { return fact(removal_fact(list)); }

Result<bool> Writer::add_member(std::string_view list, const Member& member) {
  Result<ChangeNumber> last = tables_->change();
  if (!last) return last.error();
  Member kept = member;
  kept.joined_at = *last + 1;
  Result<bool> is_new = tables_->insert(member_key(list, member.address), member_row(kept));
  if (!is_new || !*is_new) return is_new;
  Status done = tables_->replace(index_key(member.address, list), empty_row());
  if (done) {
    const Key reference = reference_key(list, reference_of(member.address)).address(member.address);
    done = tables_->replace(reference, empty_row());
  }
  const Key reference = reference_key(list, reference_of(member.address)).address(member.address);
  if (done) done = tables_->replace(reference, empty_row());
  if (done) done = tables_->change_count_of(Table::members, list, 1);
  if (done && gets_digests(member)) done = tables_->change_count_of(Table::digested, list, 1);
  if (!done) return done.error();
  Result<ChangeNumber> next = tables_->next_change();
  if (!next) return next.error();
  return true;
}

Result<bool> Writer::remove_member(std::string_view list, const mail::Address& address) {
  Result<std::optional<Member>> member = find_member(list, address);
  if (!member) return member.error();
  if (!*member) return false;
  Status taken = take_out(list, **member);
  if (!taken) return taken.error();
  return true;
}

Status Writer::take_out(std::string_view list, const Member& member) {
  const Key reference = reference_key(list, reference_of(member.address)).address(member.address);
  for (const Key& key : {member_key(list, member.address), index_key(member.address, list), reference}) {
    Result<bool> erased = tables_->erase(key);
    if (!erased) return erased.error();
  }
  Status done = forget_bounces(list, member.address);
  if (done) done = tables_->change_count_of(Table::members, list, -1);
  if (done && gets_digests(member)) done = tables_->change_count_of(Table::digested, list, -1);
  if (!done) return done;
  Result<ChangeNumber> next = tables_->next_change();
  return next ? Status() : Status(next.error());
}

Result<bool> Writer::set_member_flags(std::string_view list, const mail::Address& address, std::uint32_t flags) {
  Result<std::optional<Member>> member = find_member(list, address);
  if (!member) return member.error();
  if (!*member) return false;
  if ((*member)->flags == flags) return true;
  const int before = gets_digests(**member) ? 1 : 0;
  (*member)->flags = flags;
  const int after = gets_digests(**member) ? 1 : 0;
  Status done = tables_->replace(member_key(list, address), member_row(**member));
  if (done && before != after) done = tables_->change_count_of(Table::digested, list, after - before);
  if (!done) return done.error();
  Result<ChangeNumber> next = tables_->next_change();
  if (!next) return next.error();
  return true;
}

Status Writer::remove_list(std::string_view list) {
  for (;;) {
    Result<WalkPage> page = walk_members(list, {}, kRemoveSlice);
    if (!page) return page.error();
    for (const Member& member : page->members) {
      Status taken = take_out(list, member);
      if (!taken) return taken;
    }
    if (page->cursor.empty()) break;
  }
  for (;;) {
    Result<std::vector<ReportEntry>> entries = report_entries(list, kRemoveSlice);
    if (!entries) return entries.error();
    if (entries->empty()) break;
    Status forgotten = forget_report_entries(list, *entries);
    if (!forgotten) return forgotten;
  }
  Result<bool> forgotten = tables_->erase(Key(Table::pending).text(list));
  Status done = forgotten ? unschedule_list(list) : Status(forgotten.error());
  if (!done) return done;
  Result<ChangeNumber> removal = tables_->next_change();
  return removal ? set_fact(removal_fact(list), *removal) : Status(removal.error());
}

}  // namespace majlis::store
