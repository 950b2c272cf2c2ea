#include <algorithm>
#include <array>
#include <cassert>
#include <functional>

#include "store/rows.h"
#include "store/tables.h"

// Rosters: one row a member, one index row an address and list, one counter a list.
namespace majlis::store {
namespace {

// Rows are removed in slices: the tree must not change under a scan.
constexpr std::size_t kRemoveSlice = 1'000;
constexpr std::size_t kUsualPage = 2'000;

Key member_key(std::string_view list, const Key& place) { return Key(Table::roster).text(list).part(place); }

Key index_key(const Key& place, std::string_view list) { return Key(Table::index).part(place).text(list); }

Key roster_key(std::string_view list) { return Key(Table::roster).text(list); }

// Kinds of members that are counted, so that nobody reads a roster to learn that it has none of them.
struct CountedKind {
  std::uint32_t flags;    // members with any of these
  std::string_view word;  // in the counter's name, behind the list; never changed
};
constexpr std::array kCountedKinds = {
    CountedKind{kMemberCollected, ""},
    CountedKind{kMemberIndex, "index"},
    CountedKind{kMemberSubjectHeader, "subjecthdr"},
    CountedKind{kMemberShortHeader, "shorthdr"},
    CountedKind{kMemberDualHeader, "dualhdr"},
    CountedKind{kMemberIetfHeader, "ietfhdr"},
};
using KindCounts = std::array<std::int64_t, kCountedKinds.size()>;

std::string counter_name(std::string_view list, const CountedKind& kind) {
  return std::string(list) + (kind.word.empty() ? "" : " ") + std::string(kind.word);
}

void add_kinds_of(std::uint32_t flags, std::int64_t members, KindCounts& counts) {
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += (flags & kCountedKinds[i].flags) != 0 ? members : 0;
}

std::string removal_fact(std::string_view list) { return "removed " + std::string(list); }

Error damaged_index() { return Error{ErrorKind::damaged, "store: read index row: its key is malformed"}; }

}  // namespace

Result<std::optional<Member>> View::find_member(std::string_view list, const mail::Address& address) const {
  Result<std::optional<std::string>> row = tables_->find(member_key(list, Key::part_of(address)));
  if (!row) return row.error();
  if (!*row) return std::optional<Member>();
  Result<Member> member = read_member(**row);
  if (!member) return member.error();
  return std::optional<Member>(std::move(*member));
}

Result<std::uint64_t> View::count_members(std::string_view list) const {
  return tables_->count_of(Table::members, list);
}

Result<std::uint64_t> View::count_digest_members(std::string_view list) const {
  return tables_->count_of(Table::counted, counter_name(list, kCountedKinds.front()));
}

Result<std::uint32_t> View::flags_in_use(std::string_view list) const {
  std::uint32_t flags = 0;
  for (const CountedKind& kind : kCountedKinds) {
    if (kind.word.empty()) continue;
    Result<std::uint64_t> count = tables_->count_of(Table::counted, counter_name(list, kind));
    if (!count) return count.error();
    if (*count > 0) flags |= kind.flags;
  }
  return flags;
}

Result<std::string> View::walk(std::string_view list, std::string_view cursor, std::string_view until, std::size_t max,
                               const std::function<Status(std::string_view row)>& visit) const {
  const std::string prefix = roster_key(list).octets();
  const std::optional<std::string> behind = cursor.empty() ? prefix : key_of_cursor(list, cursor);
  const std::optional<std::string> last = until.empty() ? std::string() : key_of_cursor(list, until);
  if (!behind || !last) return Error{ErrorKind::refused, "store: walk members: malformed cursor"};
  std::size_t visited = 0;
  std::string last_key;
  Status problem;
  bool has_more = false;
  Status scanned = tables_->rows().scan(prefix, *behind + '\0', max, [&](std::string_view key, std::string_view row) {
    if (!last->empty() && key > *last) return Tree::Visit::stop;
    has_more = visited >= max;
    if (has_more) return Tree::Visit::stop;
    problem = visit(row);
    if (++visited == max) last_key = key;
    return problem ? Tree::Visit::more : Tree::Visit::stop;
  });
  if (scanned) scanned = std::move(problem);
  if (!scanned) return scanned.error();
  if (!has_more || visited == 0) return std::string();
  std::optional<std::string> next = cursor_of_key(list, last_key);
  if (!next) return Error{ErrorKind::damaged, "store: walk members: a key is malformed"};
  return std::move(*next);
}

Result<WalkPage> View::walk_members(std::string_view list, std::string_view cursor, std::size_t max) const {
  WalkPage page;
  page.members.reserve(std::min(max, kUsualPage));
  Result<std::string> next = walk(list, cursor, {}, max, [&page](std::string_view row) -> Status {
    Result<Member> member = read_member(row);
    if (!member) return member.error();
    page.members.push_back(std::move(*member));
    return {};
  });
  if (!next) return next.error();
  page.cursor = std::move(*next);
  return page;
}

Result<std::string> View::visit_roster(std::string_view list, std::string_view cursor, std::string_view until,
                                       std::size_t max, const std::function<void(const RosterRow&)>& visit) const {
  return walk(list, cursor, until, max, [&visit](std::string_view row) -> Status {
    Result<RosterRow> fields = read_roster_row(row);
    if (!fields) return fields.error();
    visit(*fields);
    return {};
  });
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

Result<std::uint64_t> View::accepted_posts(std::string_view list, const mail::Address& address) const {
  return tables_->find_number(Key(Table::accepted).text(list).address(address));
}

Status Writer::set_accepted_posts(std::string_view list, const mail::Address& address, std::uint64_t count) {
  return tables_->replace(Key(Table::accepted).text(list).address(address), number_row(count));
}

Result<bool> Writer::add_member(std::string_view list, const Member& member) {
  Result<std::vector<std::size_t>> added = add_members(list, {&member, 1});
  if (!added) return added.error();
  return !added->empty();
}

// A table at a time, each in its own order: a row is cheapest beside the one before.
Result<std::vector<std::size_t>> Writer::add_members(std::string_view list, std::span<const Member> members,
                                                     ReferenceRows references) {
  Result<ChangeNumber> last = tables_->change();
  if (!last) return last.error();
  const Key roster = Key(Table::roster).text(list);
  std::vector<Tree::Row> rows;
  rows.reserve(members.size());
  Status done;
  for (const Member& member : members) {
    const Key place = Key::part_of(member.address);
    if (done) done = Tables::append(Key(roster).part(place), member_row(member, *last + 1), rows);
  }
  if (!done) return done.error();
  assert(std::is_sorted(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.key < b.key; }));
  Result<std::vector<bool>> is_new = tables_->insert_sorted(rows);
  if (!is_new) return is_new.error();
  std::vector<std::size_t> added;
  KindCounts kinds{};
  std::vector<Tree::Row> index;
  for (std::size_t at = 0; at < members.size(); ++at) {
    if (!(*is_new)[at]) continue;
    added.push_back(at);
    add_kinds_of(members[at].flags, 1, kinds);
    // The address stands in the roster's key as it does in the index.
    const std::string_view place = std::string_view(rows[at].key).substr(roster.octets().size());
    if (done) done = Tables::append(Key(Table::index).raw(place).text(list), empty_row(), index);
  }
  if (added.empty()) return added;
  if (done) done = tables_->replace_sorted(index);
  if (done && references == ReferenceRows::added) done = add_references(list, members, added);
  if (done) done = tables_->change_count_of(Table::members, list, static_cast<std::int64_t>(added.size()));
  if (done) done = change_kind_counts(list, kinds);
  if (!done) return done.error();
  Result<ChangeNumber> next = tables_->next_change();
  if (!next) return next.error();
  return added;
}

Status Writer::change_kind_counts(std::string_view list, std::span<const std::int64_t> differences) {
  for (std::size_t i = 0; i < kCountedKinds.size(); ++i) {
    Status done = tables_->change_count_of(Table::counted, counter_name(list, kCountedKinds[i]), differences[i]);
    if (!done) return done;
  }
  return {};
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
  const Key place = Key::part_of(member.address);
  const Key accepted = Key(Table::accepted).text(list).part(place);
  const Key consent = Key(Table::consent).text(list).part(place);
  for (const Key& key : {member_key(list, place), index_key(place, list), accepted, consent}) {
    Result<bool> erased = tables_->erase(key);
    if (!erased) return erased.error();
  }
  Status done = remove_references(list, member.address);
  if (done) done = forget_bounces(list, member.address);
  if (done) done = tables_->change_count_of(Table::members, list, -1);
  KindCounts kinds{};
  add_kinds_of(member.flags, -1, kinds);
  if (done) done = change_kind_counts(list, kinds);
  if (!done) return done;
  Result<ChangeNumber> next = tables_->next_change();
  return next ? Status() : Status(next.error());
}

Result<bool> Writer::set_member_flags(std::string_view list, const mail::Address& address, std::uint32_t flags) {
  Result<std::optional<Member>> member = find_member(list, address);
  if (!member) return member.error();
  if (!*member) return false;
  if ((*member)->flags == flags) return true;
  Result<ChangeNumber> last = tables_->change();
  if (!last) return last.error();
  const std::uint32_t before = (*member)->flags;
  if (((before ^ flags) & kMemberHeaderStyle) != 0) {
    (*member)->style_before = before & kMemberHeaderStyle;
    (*member)->styled_at = *last + 1;
  }
  KindCounts kinds{};
  add_kinds_of(before, -1, kinds);
  add_kinds_of(flags, 1, kinds);
  (*member)->flags = flags;
  Status done = tables_->replace(member_key(list, Key::part_of(address)), member_row(**member));
  if (done) done = change_kind_counts(list, kinds);
  if (!done) return done.error();
  Result<ChangeNumber> next = tables_->next_change();
  if (!next) return next.error();
  return true;
}

Result<bool> Writer::set_member_topics(std::string_view list, const mail::Address& address, std::string_view topics) {
  Result<std::optional<Member>> member = find_member(list, address);
  if (!member) return member.error();
  if (!*member) return false;
  if ((*member)->topics == topics) return true;
  (*member)->topics = topics;
  Status done = tables_->replace(member_key(list, Key::part_of(address)), member_row(**member));
  if (!done) return done.error();
  Result<ChangeNumber> next = tables_->next_change();
  if (!next) return next.error();
  return true;
}

// Nobody gets another mail for it, so the roster's change number stays.
Result<bool> Writer::set_member_name(std::string_view list, const mail::Address& address, std::string_view name) {
  Result<std::optional<Member>> member = find_member(list, address);
  if (!member) return member.error();
  if (!*member) return false;
  (*member)->display = name;
  Status done = tables_->replace(member_key(list, Key::part_of(address)), member_row(**member));
  if (!done) return done.error();
  return true;
}

Result<bool> Writer::set_member_language(std::string_view list, const mail::Address& address,
                                         std::string_view language) {
  Result<std::optional<Member>> member = find_member(list, address);
  if (!member) return member.error();
  if (!*member) return false;
  (*member)->language = language;
  Status done = tables_->replace(member_key(list, Key::part_of(address)), member_row(**member));
  if (!done) return done.error();
  return true;
}

Result<bool> Writer::set_member_renewed(std::string_view list, const mail::Address& address, UnixTime renewed) {
  Result<std::optional<Member>> member = find_member(list, address);
  if (!member) return member.error();
  if (!*member) return false;
  (*member)->renewed = renewed;
  Status done = tables_->replace(member_key(list, Key::part_of(address)), member_row(**member));
  if (!done) return done.error();
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
  if (Status gone = remove_all_pending(list); !gone) return gone;
  Result<bool> forgotten = tables_->erase(Key(Table::pending_digest).text(list));
  Status done = forgotten ? unschedule_list(list) : Status(forgotten.error());
  // Rows by reference that led to no member are among these.
  for (const Table table :
       {Table::seen, Table::thread, Table::ban, Table::trace, Table::reference, Table::keyed_reference}) {
    if (done) done = erase_all(table, list);
  }
  if (!done) return done;
  Result<ChangeNumber> removal = tables_->next_change();
  return removal ? set_fact(removal_fact(list), *removal) : Status(removal.error());
}

}  // namespace majlis::store
