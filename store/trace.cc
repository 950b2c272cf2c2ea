#include "store/rows.h"
#include "store/tables.h"

// Lives of messages. A Message-ID is outside input of any length: only its beginning is the key.
namespace majlis::store {
namespace {

constexpr std::size_t kMaxTraceKeyOctets = 512;
constexpr std::size_t kNumberOctets = 8;

Key trace_prefix(std::string_view key) { return Key(Table::trace).text(key.substr(0, kMaxTraceKeyOctets)); }

// Events of one second keep the order in which they came.
std::uint64_t number_behind(std::string_view last_key, std::string_view second) {
  if (!last_key.starts_with(second) || last_key.size() != second.size() + kNumberOctets) return 0;
  std::uint64_t number = 0;
  for (const char c : last_key.substr(second.size())) number = number << 8U | static_cast<unsigned char>(c);
  return number + 1;
}

}  // namespace

Result<std::vector<TraceEvent>> View::trace(std::string_view key, std::size_t max) const {
  const std::string prefix = trace_prefix(key).octets();
  std::vector<TraceEvent> events;
  std::optional<Error> problem;
  Status scanned = tables_->rows().scan(prefix, prefix, max, [&](std::string_view, std::string_view row) {
    if (events.size() >= max) return Tree::Visit::stop;
    Result<TraceEvent> event = read_trace(row);
    if (!event) {
      problem = event.error();
      return Tree::Visit::stop;
    }
    events.push_back(std::move(*event));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (problem) return *problem;
  return events;
}

Status Writer::add_trace(const TraceEvent& event, UnixTime forget_after) {
  const Key second = trace_prefix(event.key).time(event.time);
  Result<std::optional<std::string>> last = tables_->rows().find_key_before(Key(second).number(UINT64_MAX).octets());
  if (!last) return last.error();
  Key key = second;
  key.number(number_behind(last->value_or(""), second.octets()));
  return tables_->replace_expiring(key, trace_row(event, forget_after), forget_after);
}

}  // namespace majlis::store
