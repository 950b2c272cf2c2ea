#include "lists/effects/kept_request.h"

#include <functional>

#include "auth/token.h"
#include "store/codec.h"

namespace majlis::lists {
namespace {

constexpr std::uint8_t kVersion = 1;  // of the value
constexpr std::size_t kRowsAtOnce = 50;

Result<KeptRequest> read_kept(std::string_view value) {
  store::RowReader in(value, kVersion, "kept request");
  KeptRequest request;
  for (std::string* field : {&request.list, &request.verb, &request.option, &request.details, &request.address}) {
    *field = in.text();
  }
  Status whole = in.finish();
  if (!whole) return whole.error();
  return request;
}

store::DueItem row_of(const std::string& id, const KeptRequest& request, UnixTime expires) {
  store::DueItem item;
  item.kind = kKeptRequest;
  item.id = id;
  item.due = expires;
  item.value = store::RowWriter(kVersion)
                   .text(request.list)
                   .text(request.verb)
                   .text(request.option)
                   .text(request.details)
                   .text(request.address)
                   .take();
  return item;
}

// Those about one list: they are items of the site, found by their tokens alone. How many of the site's were passed
// over because they cannot be read.
Result<std::size_t> visit_kept(store::Writer& state, const std::string& list,
                               const std::function<Status(const store::DueItem&, const KeptRequest&)>& visit) {
  std::size_t unreadable = 0;
  store::DueItem behind;
  behind.kind = kKeptRequest;
  for (;;) {
    Result<std::vector<store::DueItem>> items = state.scheduled_items(&behind, kRowsAtOnce);
    if (!items) return items.error();
    if (items->empty()) return unreadable;
    for (store::DueItem& item : *items) {
      if (item.kind != kKeptRequest || !item.list.empty()) return unreadable;
      const Result<KeptRequest> request = read_kept(item.value);
      if (!request) ++unreadable;
      const bool is_about_it = request && request->list == list;
      Status done = is_about_it ? visit(item, *request) : Status();
      if (!done) return done.error();
      behind = std::move(item);
    }
  }
}

}  // namespace

Status keep_request(Work& work, const std::string& token, const KeptRequest& request, UnixTime expires) {
  return work.state().schedule(row_of(token, request, expires), work.now());
}

// The row of the name is one that no token finds: it holds the token in the option's place.
Status keep_only(Work& work, const std::string& name, const std::string& token, UnixTime expires) {
  const std::string id = "newest:" + name;
  Result<std::optional<store::DueItem>> before = work.state().find_due_item(kKeptRequest, "", id);
  if (!before) return before.error();
  if (*before) {
    Result<KeptRequest> former = read_kept((*before)->value);
    if (!former) return former.error();
    Result<bool> gone = work.state().unschedule(kKeptRequest, "", former->option);
    if (!gone) return gone.error();
  }
  return work.state().schedule(row_of(id, {"", "", token, "", ""}, expires), work.now());
}

Result<std::optional<KeptRequest>> find_kept_request(const store::View& state, std::string_view token) {
  const std::optional<std::string> canonical = auth::canonical_token(token);
  if (!canonical) return std::optional<KeptRequest>();
  Result<std::optional<store::DueItem>> item = state.find_due_item(kKeptRequest, "", *canonical);
  if (!item) return item.error();
  if (!*item) return std::optional<KeptRequest>();
  Result<KeptRequest> request = read_kept((*item)->value);
  if (!request) return request.error();
  return std::optional(std::move(*request));
}

Result<std::optional<KeptRequest>> find_kept_request(const Site& site, std::string_view token) {
  if (!auth::canonical_token(token)) return std::optional<KeptRequest>();
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  return reader ? find_kept_request(**reader, token) : Result<std::optional<KeptRequest>>(reader.error());
}

Result<std::size_t> forget_kept_requests(store::Writer& state, const std::string& list) {
  return visit_kept(state, list, [&](const store::DueItem& item, const KeptRequest&) -> Status {
    Result<bool> gone = state.unschedule(item.kind, item.list, item.id);
    return gone ? Status() : gone.error();
  });
}

Status rename_kept_requests(store::Writer& state, const std::string& from, const std::string& to, UnixTime now) {
  const auto renamed = visit_kept(state, from, [&](const store::DueItem& item, KeptRequest request) {
    request.list = to;
    return state.schedule(row_of(item.id, request, item.due), now);
  });
  return renamed ? Status() : renamed.error();
}

}  // namespace majlis::lists
