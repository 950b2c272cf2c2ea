#include "lists/rounds/references.h"

#include "auth/verp_tag.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kReferencesAtOnce = 5'000;
constexpr std::size_t kMaxReferenceSlices = 10'000;
constexpr std::size_t kForgetPerRun = 10'000;

// A tag made today is good for kVerpLife_days, and a day more by a clock that is slow.
constexpr UnixTime kUnkeyedTagsLast_s = (auth::kVerpLife_days + 2) * kDay;

Status make_sure_of_key(store::Writer& state, const store::References& references) {
  const bool has_key = references.key != auth::ReferenceKey{};
  return has_key ? Status() : state.begin_keyed_references(auth::new_reference_key());
}

}  // namespace

Status change_to_keyed_references(const Site& site, UnixTime now) {
  std::string cursor;
  for (std::size_t slice = 0; slice < kMaxReferenceSlices; ++slice) {
    Result<std::unique_ptr<store::Writer>> state = site.open_writer();
    if (!state) return state.error();
    Result<store::References> references = (*state)->references();
    if (!references) return references.error();
    if (references->kind == auth::ReferenceKind::keyed) return {};
    if (Status keyed = make_sure_of_key(**state, *references); !keyed) return keyed;
    Result<std::string> next = (*state)->add_missing_references(cursor, kReferencesAtOnce);
    if (!next) return next.error();
    Status done = next->empty() ? (*state)->complete_keyed_references(now + kUnkeyedTagsLast_s) : Status();
    if (done) done = (*state)->commit();
    if (!done || next->empty()) return done;
    cursor = std::move(*next);
  }
  return {};
}

Status forget_unkeyed_references(store::Writer& state, UnixTime now) {
  Result<std::size_t> forgotten = state.forget_unkeyed_references(now, kForgetPerRun);
  if (!forgotten) return forgotten.error();
  return *forgotten > 0 ? state.commit() : Status();
}

}  // namespace majlis::lists
