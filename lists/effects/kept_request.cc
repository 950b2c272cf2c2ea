#include "lists/effects/kept_request.h"

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

}  // namespace

Status keep_request(Work& work, const std::string& token, const KeptRequest& request, UnixTime expires) {
  store::DueItem item;
  item.kind = kKeptRequest;
  item.id = token;
  item.due = expires;
  item.value = store::RowWriter(kVersion)
                   .text(request.list)
                   .text(request.verb)
                   .text(request.option)
                   .text(request.details)
                   .text(request.address)
                   .take();
  return work.state().schedule(item, work.now());
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

// They are items of the site, found by their tokens alone.
Status forget_kept_requests(store::Writer& state, const std::string& list) {
  store::DueItem behind;
  behind.kind = kKeptRequest;
  for (;;) {
    Result<std::vector<store::DueItem>> items = state.scheduled_items(&behind, kRowsAtOnce);
    if (!items) return items.error();
    if (items->empty()) return {};
    for (store::DueItem& item : *items) {
      if (item.kind != kKeptRequest || !item.list.empty()) return {};
      const Result<KeptRequest> request = read_kept(item.value);
      if (!request) return request.error();
      Result<bool> gone = request->list == list ? state.unschedule(item.kind, item.list, item.id) : Result<bool>(false);
      if (!gone) return gone.error();
      behind = std::move(item);
    }
  }
}

}  // namespace majlis::lists
