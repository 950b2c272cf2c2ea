#include "lists/effects/set_aside.h"

#include "base/text.h"
#include "lists/effects/ceilings.h"
#include "lists/effects/letters.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;

Result<std::optional<Reached>> ceiling_for(const Site& site, std::uint64_t octets) {
  Result<spool::Spool::Sum> bad = site.spool().sum_of_bad();
  if (!bad) return bad.error();
  const auto most_files = static_cast<std::uint64_t>(site.config().max_bad_files);
  const auto most_octets = static_cast<std::uint64_t>(site.config().max_bad_octets);
  if (bad->files >= most_files) return std::optional(Reached{Ceiling::bad_files, most_files});
  if (bad->octets + octets > most_octets) return std::optional(Reached{Ceiling::bad_octets, most_octets});
  return std::optional<Reached>();
}

Status keep(Work& work, const Arrival& arrival, std::string_view reason) {
  const std::string name = hex(arrival.fingerprint()) + ".eml";
  work.write_file("spool/bad/" + name, std::string(arrival.message.bytes()));
  work.write_file("spool/bad/" + name + ".why", std::string(reason) + "\n");
  work.note(arrival.message.message_id(),
            "verdict=set_aside to=" + without_tag(arrival.recipient.canonical()) + " file=spool/bad/" + name);
  Result<bool> first_today = work.count_within("set-aside-notice", 1, kDay);
  if (!first_today) return first_today.error();
  if (!*first_today) return {};
  send_to_postmaster(work, "set_aside",
                     {{"list", without_tag(arrival.recipient.text())},
                      {"recipient", without_tag(arrival.recipient.text())},
                      {"path", "spool/bad/" + name},
                      {"reason", std::string(reason)},
                      {"program", "majlis-receive"}});
  return {};
}

// nullopt: there is no room.
Result<std::optional<Outcome>> keep_unless(const std::optional<Reached>& full, const Site& site, const Arrival& arrival,
                                           std::string_view reason) {
  Result<Work> work = Work::begin(site, arrival.fingerprint(), arrival.now);
  if (!work) return work.error();
  const bool is_repeat = work->is_repeat();
  if (!is_repeat && full) return std::optional<Outcome>();
  Status done = is_repeat ? Status() : keep(*work, arrival, reason);
  if (done) done = work->finish("set_aside");
  if (!done) return done.error();
  return std::optional(Outcome{"set_aside", is_repeat ? "repeat" : "", ""});
}

}  // namespace

Result<Outcome> set_aside(const Site& site, const Arrival& arrival, std::string_view reason) {
  Result<std::optional<Reached>> full = ceiling_for(site, arrival.message.bytes().size());
  if (!full) return full.error();
  Result<std::optional<Outcome>> kept = keep_unless(*full, site, arrival, reason);
  if (!kept) return kept.error();
  if (!*kept) return leave_with_mta(site, nullptr, **full, arrival);
  log_arrival(arrival, **kept, reason);
  return **kept;
}

Result<Outcome> set_aside_circling(const Site& site, const Arrival& arrival) {
  return set_aside(site, arrival, "the message came back to " + without_tag(arrival.recipient.text()));
}

}  // namespace majlis::lists
