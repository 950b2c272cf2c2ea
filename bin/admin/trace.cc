#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "lists/effects/traces.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"json", Takes::nothing}};

void print_line(const Call& call, const lists::TraceLine& line) {
  if (call.wants_json()) {
    print(JsonLine().text("time", iso8601(line.time)).text("key", line.key).text("text", line.text).line());
  } else {
    print(iso8601(line.time) + "  " + visible(line.key) + "  " + visible(line.text) + "\n");
  }
}

Result<Verdict> trace(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const Result<std::vector<lists::TraceLine>> lines = lists::traces_of(*site, call.word(0));
  if (!lines) return lines.error();
  for (const lists::TraceLine& line : *lines) print_line(call, line);
  if (!lines->empty()) return Verdict::done;
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
