#include "lists/effects/served_off.h"

#include "lists/effects/letters.h"
#include "store/codec.h"

namespace majlis::lists {
namespace {

constexpr std::uint8_t kVersion = 1;  // of the value

Result<std::optional<store::DueItem>> find_row(const store::View& state, const mail::Address& address, UnixTime now) {
  auto item = state.find_due_item(kErrorsInRow, "", mailbox_key(address));
  if (item && *item && (*item)->due <= now) item->reset();
  return item;
}

}  // namespace

Result<std::uint64_t> errors_in_row(const store::View& state, const mail::Address& address, UnixTime now) {
  const auto item = find_row(state, address, now);
  if (!item) return item.error();
  if (!*item) return std::uint64_t{0};
  store::RowReader in((*item)->value, kVersion, "errors in a row");
  const std::uint64_t count = in.number();
  Status whole = in.finish();
  return whole ? Result(count) : whole.error();
}

Status keep_errors_in_row(Work& work, const mail::Address& address, std::uint64_t before, std::uint64_t count) {
  if (before == count) return {};
  const std::string id = mailbox_key(address);
  if (count == 0) {
    Result<bool> gone = work.state().unschedule(kErrorsInRow, "", id);
    return gone ? Status() : gone.error();
  }
  const auto item = find_row(work.state(), address, work.now());
  if (!item) return item.error();
  const bool goes_on = *item && count < kMaxErrorsInRow;
  store::DueItem row;
  row.kind = kErrorsInRow;
  row.id = id;
  row.due = goes_on ? (*item)->due : work.now() + kServedOffFor;
  row.value = store::RowWriter(kVersion).number(count).take();
  return work.state().schedule(row, work.now());
}

}  // namespace majlis::lists
