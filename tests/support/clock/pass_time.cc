// pass_time DB SECONDS [LIST]...: every item of the due table becomes due so much earlier, the members of the lists
// subscribed or renewed so much earlier, and what waits there has waited so much longer, as if so much time had passed.

#include <cstdio>
#include <string>

#include "base/text.h"
#include "store/database.h"

namespace majlis {
namespace {

constexpr int kPatience_ms = 10'000;
constexpr std::size_t kMaxItems = 100'000;

Status pass(const std::string& database, UnixTime seconds) {
  Result<std::unique_ptr<store::Writer>> state = store::Writer::open(database, kPatience_ms);
  if (!state) return state.error();
  Result<std::vector<store::DueItem>> items = (*state)->scheduled_items(nullptr, kMaxItems);
  if (!items) return items.error();
  for (store::DueItem& item : *items) {
    item.due -= seconds;
    Result<bool> moved = (*state)->move_item(item, item.scheduled);
    if (!moved) return moved.error();
  }
  return items->empty() ? Status() : (*state)->commit();
}

// The same for the subscriptions of one list.
Status age_members(const std::string& database, const std::string& list, UnixTime seconds) {
  Result<std::unique_ptr<store::Writer>> state = store::Writer::open(database, kPatience_ms);
  if (!state) return state.error();
  Result<store::WalkPage> page = (*state)->walk_members(list, "", kMaxItems);
  if (!page) return page.error();
  for (const store::Member& member : page->members) {
    const UnixTime since = (member.renewed != 0 ? member.renewed : member.joined) - seconds;
    Result<bool> aged = (*state)->set_member_renewed(list, member.address, since);
    if (!aged) return aged.error();
    Result<std::optional<store::DueItem>> end =
        (*state)->find_due_item("renewal_end", list, member.address.canonical());
    if (!end) return end.error();
    if (!*end) continue;
    std::string& value = (*end)->value;  // begins with the subscription that was asked about
    const std::size_t rest = value.find(' ');
    value = std::to_string(since) + (rest == std::string::npos ? "" : value.substr(rest));
    Result<bool> moved = (*state)->move_item(**end, (*end)->scheduled);
    if (!moved) return moved.error();
  }
  return page->members.empty() ? Status() : (*state)->commit();
}

// The same for what waits for a decision at one list.
Status age_pending(const std::string& database, const std::string& list, UnixTime seconds) {
  Result<std::unique_ptr<store::Writer>> state = store::Writer::open(database, kPatience_ms);
  if (!state) return state.error();
  Result<std::vector<store::PendingItem>> items = (*state)->pending_items(list, kMaxItems);
  if (!items) return items.error();
  for (store::PendingItem& item : *items) {
    item.asked -= seconds;
    item.claimed_until -= seconds;
    Status kept = (*state)->put_pending(item);
    if (!kept) return kept;
  }
  return items->empty() ? Status() : (*state)->commit();
}

}  // namespace
}  // namespace majlis

int main(int argc, char** argv) {
  const auto seconds = argc >= 3 ? majlis::parse_number(argv[2]) : std::nullopt;
  if (!seconds) return 64;
  majlis::Status passed = majlis::pass(argv[1], static_cast<majlis::UnixTime>(*seconds));
  for (int i = 3; i < argc && passed; ++i) {
    passed = majlis::age_members(argv[1], argv[i], static_cast<majlis::UnixTime>(*seconds));
    if (passed) passed = majlis::age_pending(argv[1], argv[i], static_cast<majlis::UnixTime>(*seconds));
  }
  if (!passed) std::fprintf(stderr, "pass_time: %s\n", passed.error().what.c_str());
  return passed ? 0 : 1;
}
