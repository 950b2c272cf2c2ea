#include <algorithm>
#include <array>

#include "store/rows.h"
#include "store/tables.h"

// References to members, and the two indexes by them: the unkeyed ones that sites began with, and the keyed ones.
namespace majlis::store {
namespace {

using auth::MemberReference;
using auth::ReferenceKind;

// Facts. A site that an earlier version made has 1 or nothing for `complete`, and no key.
constexpr std::string_view kComplete = "references_complete";
constexpr std::uint64_t kKeyed = 2;
constexpr std::array<std::string_view, 2> kKeyHalves = {"reference_key_1", "reference_key_2"};
constexpr std::string_view kUnkeyedUntil = "unkeyed_references_until";

Table table_of(ReferenceKind kind) { return kind == ReferenceKind::keyed ? Table::keyed_reference : Table::reference; }

Key reference_key(std::string_view list, ReferenceKind kind, MemberReference reference) {
  return Key(table_of(kind)).text(list).number(reference);
}

auth::ReferenceKey key_of(const std::array<std::uint64_t, 2>& halves) {
  auth::ReferenceKey key{};
  for (std::size_t i = 0; i < key.size(); ++i) {
    key[i] = static_cast<unsigned char>(halves[i / 8] >> (8U * (i % 8)));
  }
  return key;
}

std::array<std::uint64_t, 2> halves_of(const auth::ReferenceKey& key) {
  std::array<std::uint64_t, 2> halves{};
  for (std::size_t i = 0; i < key.size(); ++i) halves[i / 8] |= std::uint64_t{key[i]} << (8U * (i % 8));
  return halves;
}

bool has_key(const References& references) { return references.key != auth::ReferenceKey{}; }

Error damaged_index() { return Error{ErrorKind::damaged, "store: read reference row: it leads to no member"}; }

}  // namespace

MemberReference References::of(const mail::Address& address, ReferenceKind wanted) const {
  const std::string canonical = address.canonical();
  return wanted == ReferenceKind::keyed ? auth::keyed_reference(key, canonical) : auth::unkeyed_reference(canonical);
}

Result<References> View::references() const {
  Result<std::uint64_t> complete = fact(kComplete);
  if (!complete) return complete.error();
  std::array<std::uint64_t, 2> halves{};
  for (std::size_t i = 0; i < halves.size(); ++i) {
    Result<std::uint64_t> half = fact(kKeyHalves[i]);
    if (!half) return half.error();
    halves[i] = *half;
  }
  return References{*complete == kKeyed ? ReferenceKind::keyed : ReferenceKind::unkeyed, key_of(halves)};
}

Result<std::vector<Member>> View::members_by_reference(std::string_view list, ReferenceKind kind,
                                                       MemberReference reference, std::size_t max) const {
  const std::string prefix = reference_key(list, kind, reference).octets();
  const std::string roster = Key(Table::roster).text(list).octets();
  std::vector<Member> members;
  Status problem;
  Status scanned = tables_->rows().scan(prefix, prefix, max, [&](std::string_view key, std::string_view) {
    if (members.size() >= max) return Tree::Visit::stop;
    // Behind the prefix stands the address as it ends the member's own key.
    Result<std::optional<std::string>> row = tables_->rows().find(roster + std::string(key.substr(prefix.size())));
    if (row && !*row) return Tree::Visit::more;  // add_references_ahead()
    Result<Member> member = row ? read_member(**row) : row.error();
    problem = member ? Status() : Status(member.error());
    if (member) members.push_back(std::move(*member));
    return member ? Tree::Visit::more : Tree::Visit::stop;
  });
  if (scanned) scanned = std::move(problem);
  return scanned ? Result(std::move(members)) : scanned.error();
}

// In the order of the index: a row is cheapest beside the one before.
Status Writer::add_references(std::string_view list, std::span<const Member> members,
                              std::span<const std::size_t> added) {
  Result<References> references = this->references();
  if (!references) return references.error();
  for (const ReferenceKind kind : {ReferenceKind::unkeyed, ReferenceKind::keyed}) {
    const bool is_kept = kind == ReferenceKind::keyed ? has_key(*references) : references->kind == kind;
    if (!is_kept) continue;
    std::vector<Tree::Row> rows;
    Status done;
    for (const std::size_t at : added) {
      const mail::Address& address = members[at].address;
      const Key key = reference_key(list, kind, references->of(address, kind)).address(address);
      if (done) done = Tables::append(key, empty_row(), rows);
    }
    std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
    if (done) done = tables_->replace_sorted(rows);
    if (!done) return done;
  }
  return {};
}

Status Writer::add_references_ahead(std::string_view list, std::span<const ReferenceAhead> ahead) {
  Result<References> references = this->references();
  if (!references) return references.error();
  std::vector<Tree::Row> rows;
  rows.reserve(ahead.size());
  Status done;
  for (const auto& [reference, place] : ahead) {
    if (done) done = Tables::append(reference_key(list, references->kind, reference).raw(place), empty_row(), rows);
  }
  if (!done) return done;
  // Of those that are there, as when an import is said again, nothing is to be written.
  const Result<std::vector<bool>> inserted = tables_->insert_sorted(rows);
  return inserted ? Status() : Status(inserted.error());
}

Status Writer::remove_references(std::string_view list, const mail::Address& address) {
  Result<References> references = this->references();
  if (!references) return references.error();
  for (const ReferenceKind kind : {ReferenceKind::unkeyed, ReferenceKind::keyed}) {
    Result<bool> erased = tables_->erase(reference_key(list, kind, references->of(address, kind)).address(address));
    if (!erased) return erased.error();
  }
  return {};
}

Status Writer::begin_keyed_references(const auth::ReferenceKey& key) {
  Result<References> before = references();
  if (!before) return before.error();
  if (has_key(*before)) return Error{ErrorKind::refused, "store: the key of references is there and never changes"};
  const std::array<std::uint64_t, 2> halves = halves_of(key);
  Status done = set_fact(kKeyHalves[0], halves[0]);
  return done ? set_fact(kKeyHalves[1], halves[1]) : done;
}

Result<std::string> Writer::add_missing_references(std::string_view cursor, std::size_t max) {
  Result<References> references = this->references();
  if (!references) return references.error();
  const std::string prefix = Key(Table::roster).octets();
  std::vector<Key> wanted;
  std::string last;
  std::optional<Error> problem;
  bool has_more = false;
  const std::string from = cursor.empty() ? prefix : std::string(cursor) + '\0';
  Status scanned = tables_->rows().scan(prefix, from, max, [&](std::string_view key, std::string_view row) {
    has_more = wanted.size() >= max;
    if (has_more) return Tree::Visit::stop;
    std::string_view rest = key.substr(prefix.size());
    const std::optional<std::string> list = take_text(rest);
    Result<Member> member = read_member(row);
    if (!list || !member) {
      problem = member ? damaged_index() : member.error();
      return Tree::Visit::stop;
    }
    const MemberReference reference = references->of(member->address, ReferenceKind::keyed);
    wanted.push_back(reference_key(*list, ReferenceKind::keyed, reference).address(member->address));
    last = key;
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (problem) return *problem;
  for (const Key& key : wanted) {
    Result<bool> added = tables_->insert(key, empty_row());
    if (!added) return added.error();
  }
  return has_more ? last : std::string();
}

Status Writer::complete_keyed_references(UnixTime until) {
  Status done = set_fact(kUnkeyedUntil, static_cast<std::uint64_t>(until));
  return done ? set_fact(kComplete, kKeyed) : done;
}

Result<std::size_t> Writer::forget_unkeyed_references(UnixTime now, std::size_t max) {
  Result<std::uint64_t> until = fact(kUnkeyedUntil);
  if (!until) return until.error();
  if (*until == 0 || now < static_cast<UnixTime>(*until)) return std::size_t{0};
  const std::string prefix = Key(Table::reference).octets();
  std::vector<std::string> keys;
  Status done = tables_->rows().scan(prefix, prefix, max, [&](std::string_view key, std::string_view) {
    if (keys.size() >= max) return Tree::Visit::stop;
    keys.emplace_back(key);
    return Tree::Visit::more;
  });
  for (const std::string& key : keys) {
    Result<bool> erased = done ? tables_->rows().erase(key) : Result<bool>(done.error());
    if (!erased) return erased.error();
  }
  return done ? Result<std::size_t>(keys.size()) : done.error();
}

}  // namespace majlis::store
