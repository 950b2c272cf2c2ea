#include <optional>

#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "lists/effects/bans.h"
#include "mail/address_pattern.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kListing[] = {{"json", Takes::nothing}};

// The site and the list's address, "" where none was named: then the site's own bans are meant.
struct Place {
  lists::Site site;
  std::string list;
};

Result<Place> open_place(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  if (call.word(0).empty()) return Place{std::move(*site), ""};
  Result<lists::ListName> name = find_list(*site, call);
  if (!name) return name.error();
  return Place{std::move(*site), name->address()};
}

Result<Verdict> list_bans(const Call& call) {
  Result<Place> place = open_place(call);
  if (!place) return place.error();
  Result<std::vector<lists::Ban>> bans = lists::bans_of(place->site, place->list);
  if (!bans) return bans.error();
  for (const lists::Ban& ban : *bans) {
    const std::string json = JsonLine()
                                 .text("list", place->list)
                                 .text("pattern", ban.pattern)
                                 .text("since", iso8601(ban.since))
                                 .text("by", ban.by)
                                 .line();
    print(call.wants_json() ? json : visible(ban.pattern) + "\n");
  }
  return Verdict::done;
}

// Every one that is refused is told, and then nothing is done.
Result<std::vector<std::string>> patterns_in(const Call& call) {
  std::vector<std::string> patterns;
  const std::size_t count = call.arguments.words().size() - 1;
  for (std::size_t i = 1; i <= count; ++i) {
    // As 'list' shows the ban of somebody who was erased.
    const bool is_hash = call.verb == "remove" && call.word(i).starts_with(lists::kErasedBan);
    std::optional<std::string> pattern = is_hash ? call.word(i) : mail::address_pattern(call.word(i));
    if (pattern) {
      patterns.push_back(std::move(*pattern));
    } else {
      complain(call,
               "'" + printable(call.word(i), 100) + "' is no address, and no pattern of addresses with '*' in it");
    }
  }
  if (patterns.size() < count) return Error{ErrorKind::refused, "nothing was changed"};
  return patterns;
}

void record_bans(const Call& call, const std::string& list, const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) record(call, list, pattern);
}

std::string sentence(std::size_t done, std::string_view done_word, std::size_t other, std::string_view other_word) {
  std::string text = std::to_string(done) + " " + std::string(done_word);
  if (other > 0) text += ", " + std::to_string(other) + " " + std::string(other_word);
  return text + "\n";
}

Result<Verdict> add_bans(const Call& call) {
  Result<Place> place = open_place(call);
  if (!place) return place.error();
  Result<std::vector<std::string>> patterns = patterns_in(call);
  if (!patterns) return patterns.error();
  Result<lists::BanChange> change = lists::add_bans(place->site, place->list, *patterns, call.now);
  if (!change) return change.error();
  record_bans(call, place->list, change->changed);
  print(sentence(change->changed.size(), "banned", change->unchanged.size(), "banned already"));
  return Verdict::done;
}

Result<Verdict> remove_bans(const Call& call) {
  Result<Place> place = open_place(call);
  if (!place) return place.error();
  Result<std::vector<std::string>> patterns = patterns_in(call);
  if (!patterns) return patterns.error();
  Result<lists::BanChange> change = lists::remove_bans(place->site, place->list, *patterns);
  if (!change) return change.error();
  record_bans(call, place->list, change->changed);
  for (const std::string& pattern : change->unchanged) complain(call, visible(pattern) + " is not banned here");
  print(sentence(change->changed.size(), "removed", change->unchanged.size(), "not banned"));
  return change->unchanged.empty() ? Verdict::done : Verdict::wanting;
}

constexpr Form kForms[] = {
    {"list", 1, 1, kListing, list_bans},
    {"add", 2, kAnyNumber, {}, add_bans},
    {"remove", 2, kAnyNumber, {}, remove_bans},
};

}  // namespace

constinit const Command kBan{
    "usage: majlis ban [LIST] list [--json]\n"
    "       majlis ban [LIST] add|remove ADDRESS|PATTERN...\n"
    "\n"
    "Who can neither join the list nor post to it; without LIST, any list of the site. In a PATTERN '*' stands for\n"
    "anything ('*@example.com'), nothing else is special, and case does not matter. Members stay members.\n"
    "  list           one a line, addresses first\n"
    "  add, remove    all that are named, or none when one of them is neither address nor pattern; nobody is told\n",
    VerbPlace::behind_a_list, kForms};

}  // namespace majlis::bin::admin
