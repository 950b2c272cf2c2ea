#include "lists/effects/ceilings.h"

#include <array>

#include "auth/secret_file.h"
#include "lists/effects/letters.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kFingerprintOctets = 16;

enum class Told { owners, moderators, postmaster };

struct CeilingRow {
  Ceiling ceiling;
  std::string_view what;  // in the log
  std::string_view rule;  // the setting, or a word where it is a constant
  std::string_view text_name;
  Told told;
};

// In the order of the enumeration.
constexpr std::array kCeilings = {
    CeilingRow{Ceiling::challenges, "challenge", "challenges_per_day", "too_many_challenges", Told::owners},
    CeilingRow{Ceiling::network_challenges, "challenge", "half_of_challenges_per_day", "too_many_of_network",
               Told::owners},
    CeilingRow{Ceiling::requests, "request", "too_many_wait", "too_many_requests", Told::moderators},
    CeilingRow{Ceiling::requests_asked, "request", "challenges_per_day", "too_many_asked", Told::moderators},
    CeilingRow{Ceiling::file_octets, "file", "site_file_octets_per_day", "too_many_files", Told::postmaster},
    CeilingRow{Ceiling::held_posts, "held", "max_held_posts", "too_many_held", Told::moderators},
    CeilingRow{Ceiling::held_octets, "held", "max_held_octets", "too_many_held", Told::moderators},
    CeilingRow{Ceiling::held_notices, "notice", "held_notices_per_day", "too_many_notices", Told::moderators},
    CeilingRow{Ceiling::author_letters, "author", "author_letters_per_day", "too_many_letters", Told::owners},
    CeilingRow{Ceiling::bad_files, "set_aside", "max_bad_files", "too_many_set_aside", Told::postmaster},
    CeilingRow{Ceiling::bad_octets, "set_aside", "max_bad_octets", "too_many_set_aside", Told::postmaster},
    CeilingRow{Ceiling::post_challenges, "challenge", "challenges_per_day", "too_many_post_challenges", Told::owners},
};

constexpr bool is_in_order() {
  for (std::size_t i = 0; i < kCeilings.size(); ++i) {
    if (kCeilings[i].ceiling != static_cast<Ceiling>(i)) return false;
  }
  return true;
}
static_assert(is_in_order());

const CeilingRow& row_of(Ceiling ceiling) { return kCeilings.at(static_cast<std::size_t>(ceiling)); }

TextValues values_of(const CeilingRow& row, const Reached& reached) {
  return {{"count", std::to_string(reached.limit)}, {"setting", std::string(row.rule)}, {"source", reached.source}};
}

}  // namespace

Result<std::optional<std::size_t>> take_shares(Work& work, std::span<const Share> shares) {
  for (std::size_t i = 0; i < shares.size(); ++i) {
    Result<std::uint64_t> counted = work.state().counted(shares[i].key, work.now(), kDay);
    if (!counted) return counted.error();
    if (*counted >= shares[i].limit || shares[i].amount > shares[i].limit - *counted) return std::optional(i);
  }
  for (const Share& share : shares) {
    Status taken = work.state().count(share.key, work.now(), kDay, share.amount);
    if (!taken) return taken.error();
  }
  return std::optional<std::size_t>();
}

void log_share_used(Work& work, const List& list, std::string_view what, std::string_view rule,
                    const mail::Address& whose) {
  work.log_when_done(LogLine(what).with("list", list.address()).with("to", whose.canonical()).with("ceiling", rule));
}

Reached ceiling_of_letters(const List& list) {
  return {Ceiling::author_letters, static_cast<std::uint64_t>(list.config().integer(Setting::author_letters_per_day))};
}

std::string rule_of(const Reached& reached) { return std::string(row_of(reached.ceiling).rule); }

Status tell_of_ceiling(Work& work, const List* list, const Reached& reached) {
  const CeilingRow& row = row_of(reached.ceiling);
  work.log_when_done(LogLine(row.what)
                         .with("list", list == nullptr ? "" : list->address())
                         .with("source", reached.source)
                         .with("ceiling", row.rule)
                         .with("limit", static_cast<std::int64_t>(reached.limit)));
  const std::string key = "ceiling:" + std::string(row.text_name) + ":" + (list == nullptr ? "" : list->address());
  Result<bool> first = work.count_within(key, 1, kDay);
  if (!first || !*first) return first ? Status() : first.error();
  if (list == nullptr || row.told == Told::postmaster) {
    send_to_postmaster(work, row.text_name, values_of(row, reached));
    return {};
  }
  Correspondence letter;
  letter.text_name = row.text_name;
  letter.values = values_of(row, reached);
  letter.to = row.told == Told::owners ? list->owners() : list->moderators();
  send_letter(work, *list, letter);
  return {};
}

Error leave_with_mta(const Site& site, const List* list, const Reached& reached, const Arrival& arrival,
                     const std::function<Status(Work&)>& and_note) {
  // Once for each message, however often the MTA comes with it.
  const std::string name = auth::fingerprint({"left", arrival.fingerprint()}).substr(0, kFingerprintOctets);
  Result<Work> work = Work::begin(site, name, arrival.now);
  if (!work) return work.error();
  if (!work->is_repeat()) {
    Status done = tell_of_ceiling(*work, list, reached);
    if (done && and_note) done = and_note(*work);
    if (!done) return done.error();
  }
  if (Status done = work->finish("left"); !done) return done.error();
  const std::string whose = list == nullptr ? "the site" : list->address();
  return {ErrorKind::again, "lists: " + std::string(row_of(reached.ceiling).rule) + " of " + whose +
                                " is reached: the mail server keeps it"};
}

}  // namespace majlis::lists
