#include "lists/rounds/delivery_trace.h"

#include <optional>

#include "base/log.h"
#include "lists/effects/work.h"
#include "mail/address.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

std::string text_of(const spool::JobResult& result) {
  LogLine line("delivery");
  line.with("job", result.job).with("list", result.list);
  line.with("delivered", static_cast<std::int64_t>(result.delivered));
  line.with("deferred", static_cast<std::int64_t>(result.deferred));
  line.with("failed", static_cast<std::int64_t>(result.failed));
  if (!result.set_aside.empty()) return line.with("job_is", "set_aside").with("why", result.set_aside).text();
  if (!result.is_finished) return line.with("next_try", iso8601(result.next_try)).text();
  line.with("in_all_delivered", static_cast<std::int64_t>(result.delivered_so_far));
  return line.with("in_all_failed", static_cast<std::int64_t>(result.failed_so_far)).with("job_is", "done").text();
}

const char* word_for(spool::DeliveryOutcome::Kind kind) {
  if (kind == spool::DeliveryOutcome::Kind::delivered) return "delivered";
  return kind == spool::DeliveryOutcome::Kind::failed ? "failed" : "deferred";
}

// By the message, and by the address of each recipient that was kept.
Status add_result(store::Writer& state, const spool::JobResult& result, UnixTime now) {
  const UnixTime forget_after = now + kTraceLife;
  const auto add = [&](const std::string& key, const std::string& text) {
    return key.empty() ? Status() : state.add_trace({now, key, text}, forget_after);
  };
  for (const spool::JobResult::Named& each : result.named) {
    const spool::DeliveryStatus& answer = each.outcome.answer;
    LogLine by_message(word_for(each.outcome.kind));
    by_message.with("to", each.recipient).with("status", answer.status).with("why", answer.text);
    if (Status added = add(result.message_id, by_message.text()); !added) return added;
    const std::optional<mail::Address> address = mail::Address::parse(each.recipient);
    LogLine by_address(word_for(each.outcome.kind));
    by_address.with("msgid", result.message_id).with("list", result.list);
    by_address.with("status", answer.status).with("why", answer.text);
    if (Status added = add(address ? address->canonical() : "", by_address.text()); !added) return added;
  }
  return add(result.message_id, text_of(result));
}

}  // namespace

Status trace_results(const Site& site, const std::vector<spool::JobResult>& results, UnixTime now) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  for (const spool::JobResult& result : results) {
    if (Status added = add_result(**state, result, now); !added) return added;
  }
  return (*state)->commit();
}

}  // namespace majlis::lists
