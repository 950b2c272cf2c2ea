#include "lists/members/index_ahead.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxRowsPerSlice = 2 * kMaxMembersPerImport;  // a member has two more rows

using Places = std::vector<std::pair<auth::MemberReference, std::size_t>>;

Status write_slice(const Site& site, std::string_view list, std::span<const store::ReferenceAhead> rows) {
  Result<std::unique_ptr<store::Writer>> state = site.open_bulk_writer();
  if (!state) return state.error();
  Status done = (*state)->add_references_ahead(list, rows);
  return done ? (*state)->commit() : done;
}

}  // namespace

Result<IndexAhead> IndexAhead::write(const Site& site, std::string_view list, const Newcomers& newcomers) {
  IndexAhead ahead;
  const std::size_t count = newcomers.count;
  if (count <= kMaxMembersPerImport) return ahead;
  Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  if (!state) return state.error();
  const Result<store::References> references = (*state)->references();
  const Result<store::ChangeNumber> change = (*state)->change_number();
  const Result<std::uint64_t> members = (*state)->count_members(list);
  state->reset();
  if (!references || !change) return references ? change.error() : references.error();
  if (!members) return members.error();
  // Most of them are there, as when a file is imported again: looking each up would cost more than the few rows.
  if (*members >= count) return ahead;
  // On the way from one kind to the other a member has rows of both (doc/STORE.md): the transaction that adds it knows.
  if (references->kind != auth::ReferenceKind::keyed) return ahead;
  Places places;
  places.reserve(count);
  for (std::size_t at = 0; at < count; ++at) {
    places.emplace_back(auth::keyed_reference(references->key, newcomers.canonical(at)), at);
  }
  std::sort(places.begin(), places.end());
  std::vector<store::ReferenceAhead> rows;
  for (std::size_t from = 0; from < count; from += kMaxRowsPerSlice) {
    rows.clear();
    for (std::size_t i = from; i < std::min(count, from + kMaxRowsPerSlice); ++i) {
      rows.push_back({places[i].first, newcomers.place(places[i].second)});
    }
    if (Status written = write_slice(site, list, rows); !written) return written.error();
  }
  ahead.as_of_ = *change;
  return ahead;
}

Result<store::ReferenceRows> IndexAhead::rows(const store::View& state) {
  if (!as_of_) return store::ReferenceRows::added;
  const Result<store::ChangeNumber> change = state.change_number();
  if (!change) return change.error();
  if (*change != *as_of_) as_of_.reset();
  return as_of_ ? store::ReferenceRows::ahead : store::ReferenceRows::added;
}

Status IndexAhead::go_along(const store::View& state) {
  if (!as_of_) return {};
  const Result<store::ChangeNumber> change = state.change_number();
  if (change) as_of_ = *change;
  return change ? Status() : Status(change.error());
}

}  // namespace majlis::lists
