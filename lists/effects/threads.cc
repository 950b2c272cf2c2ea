#include "lists/effects/threads.h"

#include <algorithm>

#include "auth/fingerprint.h"
#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kRemembered = 365 * kDay;  // behind thread_days
constexpr std::size_t kMaxAnswered = 12;
constexpr std::size_t kMaxIdOctets = 998;

// "<...>" in what a field says, the first and the last ones.
void add_ids(std::string_view field, std::vector<std::string>& ids) {
  std::vector<std::string_view> found;
  for (std::size_t begin = field.find('<'); begin != std::string_view::npos; begin = field.find('<', begin)) {
    const std::size_t end = field.find('>', begin);
    if (end == std::string_view::npos) break;
    found.push_back(field.substr(begin, end + 1 - begin));
    begin = end;
  }
  const std::size_t most = kMaxAnswered / 2;
  if (found.size() > most) found.erase(found.begin() + 1, found.end() - static_cast<std::ptrdiff_t>(most) + 1);
  for (const std::string_view id : found) {
    if (id.size() > kMaxIdOctets) continue;
    std::string digest = thread_digest(id);
    if (std::find(ids.begin(), ids.end(), digest) == ids.end()) ids.push_back(std::move(digest));
  }
}

}  // namespace

std::string thread_digest(std::string_view message_id) {
  return hex(auth::fingerprint({"thread", message_id}).substr(0, 16));
}

ThreadPlace thread_place(const mail::Message& message) {
  ThreadPlace place;
  const std::string id = message.message_id();
  if (!id.empty()) place.own = thread_digest(id);
  for (const std::string_view name : {"References", "In-Reply-To"}) {
    const std::vector<std::string> fields = message.fields(name);
    if (!fields.empty()) add_ids(fields.front(), place.answered);
  }
  std::erase(place.answered, place.own);
  return place;
}

Result<std::optional<UnixTime>> thread_begin(const store::View& state, const List& list,
                                             const std::vector<std::string>& digests) {
  std::optional<UnixTime> oldest;
  for (const std::string& digest : digests) {
    Result<std::optional<UnixTime>> began = state.thread_begin(list.address(), digest);
    if (!began) return began.error();
    if (*began && (!oldest || **began < *oldest)) oldest = **began;
  }
  return oldest;
}

Status keep_thread(store::Writer& state, const List& list, const std::vector<std::string>& ids,
                   const std::vector<std::string>& answered, UnixTime now) {
  const UnixTime days = list.config().integer(Setting::thread_days);
  if (days == 0) return {};
  Result<std::optional<UnixTime>> began = thread_begin(state, list, answered);
  if (!began) return began.error();
  for (const std::string& id : ids) {
    Status kept = state.put_thread(list.address(), id, began->value_or(now), now + days * kDay + kRemembered);
    if (!kept) return kept;
  }
  return {};
}

}  // namespace majlis::lists
