#include "bin/admin/person_erase.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "bin/admin/call/print.h"
#include "lists/upkeep/erasure.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxAnswerOctets = 100;

// Programs are not asked.
bool is_wanted(const mail::Address& address) {
  if (isatty(STDIN_FILENO) == 0) return true;
  print_error("Erase all that is kept about " + visible(address.text()) + "? Nothing brings it back. [yes/no] ");
  std::array<char, kMaxAnswerOctets> line{};
  const char* read = std::fgets(line.data(), line.size(), stdin);
  const std::string_view answer = read == nullptr ? "" : trim(read);
  return equals_ignoring_case(answer, "yes") || equals_ignoring_case(answer, "y");
}

void print_things(const Call& call, const std::vector<lists::ErasedThing>& things) {
  for (const lists::ErasedThing& thing : things) {
    const auto count = static_cast<std::int64_t>(thing.count);
    const std::string json =
        JsonLine().text("what", thing.what).text("where", thing.where).number("count", count).line();
    const std::string line =
        std::to_string(count) + "  " + thing.what + (thing.where.empty() ? "" : "  " + visible(thing.where)) + "\n";
    print(call.wants_json() ? json : line);
  }
}

}  // namespace

// The log says that somebody was erased, and not who.
Result<Verdict> erase_person(const Call& call) {
  const Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const std::optional<mail::Address> address = mail::Address::parse(call.word(0));
  if (!address) return Error{ErrorKind::refused, "'" + printable(call.word(0), 100) + "' is no mail address"};
  const Result<std::vector<std::string>> reasons = lists::reasons_to_keep(*site, *address);
  if (!reasons) return reasons.error();
  for (const std::string& reason : *reasons) complain(call, visible(reason));
  if (!reasons->empty()) return Error{ErrorKind::refused, "nothing was erased"};
  const bool is_dry = call.arguments.has("dry-run");
  if (!is_dry && !is_wanted(*address)) return Error{ErrorKind::refused, "nothing was erased"};
  const auto erasing = is_dry ? lists::Erasing::look : lists::Erasing::erase;
  const Result<std::vector<lists::ErasedThing>> things = lists::erase_person(*site, *address, erasing, call.now);
  if (!things) return things.error();
  if (!is_dry) record(call, "", "erased");
  print_things(call, *things);
  if (things->empty() && !call.wants_json()) print("nothing is kept about it\n");
  return Verdict::done;
}

}  // namespace majlis::bin::admin
