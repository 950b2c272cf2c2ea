#include "lists/effects/traces.h"

#include <algorithm>

#include "lists/effects/work.h"
#include "mail/address.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

// "a@b" may be an address or a Message-ID without its brackets.
std::vector<std::string> keys_for(const std::string& written) {
  if (written.starts_with('<')) return {written};
  std::vector<std::string> keys = {"<" + written + ">"};
  if (const auto address = mail::Address::parse(written)) keys.push_back(address->canonical());
  return keys;
}

}  // namespace

Result<std::vector<TraceLine>> traces_of(const Site& site, const std::string& written) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  std::vector<TraceLine> lines;
  for (const std::string& key : keys_for(written)) {
    Result<std::vector<store::TraceEvent>> found = (*reader)->trace(key, kMaxTraceLines);
    if (!found) return found.error();
    for (store::TraceEvent& event : *found) {
      lines.push_back({event.time, std::move(event.key), std::move(event.text)});
    }
  }
  std::stable_sort(lines.begin(), lines.end(), [](const TraceLine& a, const TraceLine& b) { return a.time < b.time; });
  return lines;
}

Status add_trace(const Site& site, const TraceLine& line) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  Status added = (*state)->add_trace({line.time, line.key, line.text}, line.time + kTraceLife);
  return added ? (*state)->commit() : added;
}

}  // namespace majlis::lists
