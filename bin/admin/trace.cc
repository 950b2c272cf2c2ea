#include <algorithm>

#include "base/text.h"
#include "bin/admin/call.h"
#include "bin/admin/print.h"
#include "mail/address.h"
#include "store/database.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxEvents = 10'000;
constexpr Option kOptions[] = {{"json", Takes::nothing}};

// "a@b" may be an address or a Message-ID without its brackets.
std::vector<std::string> keys_for(const std::string& written) {
  if (written.starts_with('<')) return {written};
  std::vector<std::string> keys = {"<" + written + ">"};
  if (const auto address = mail::Address::parse(written)) keys.push_back(address->canonical());
  return keys;
}

Result<Verdict> trace(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<std::unique_ptr<store::Reader>> reader = store::Reader::open(site->database_directory(), kLockTimeout_ms);
  if (!reader) return reader.error();
  std::vector<store::TraceEvent> events;
  for (const std::string& key : keys_for(call.word(0))) {
    Result<std::vector<store::TraceEvent>> found = (*reader)->trace(key, kMaxEvents);
    if (!found) return found.error();
    events.insert(events.end(), found->begin(), found->end());
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const store::TraceEvent& a, const store::TraceEvent& b) { return a.time < b.time; });
  for (const store::TraceEvent& event : events) {
    if (call.wants_json()) {
      print(JsonLine().text("time", iso8601(event.time)).text("key", event.key).text("text", event.text).line());
    } else {
      print(iso8601(event.time) + "  " + visible(event.key) + "  " + visible(event.text) + "\n");
    }
  }
  if (!events.empty()) return Verdict::done;
  return Error{ErrorKind::missing, "nothing is known about '" + printable(call.word(0), 200) +
                                       "' (any more): name a whole address, or a Message-ID in its angle brackets"};
}

constexpr Form kForms[] = {{"", 1, 1, kOptions, trace}};

}  // namespace

constinit const Command kTrace{
    "usage: majlis trace MESSAGE-ID|ADDRESS [--json]\n"
    "\n"
    "What was decided about a message, or about an address's requests, in the last 30 days. Quote the angle brackets "
    "of\n"
    "a Message-ID, or leave them out.\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
