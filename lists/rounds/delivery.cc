#include "lists/rounds/delivery.h"

#include <algorithm>

#include "base/clock.h"
#include "base/file.h"
#include "base/log.h"
#include "lists/effects/pending.h"
#include "lists/effects/verp.h"
#include "lists/effects/work.h"
#include "lists/members/bounces/failures.h"
#include "lists/members/renewal.h"
#include "lists/rounds/delivery_trace.h"
#include "lists/rounds/leftovers.h"
#include "lists/rounds/present_names.h"
#include "lists/rounds/references.h"
#include "lists/rounds/roster_reader.h"
#include "lists/rounds/roster_words.h"
#include "lists/site/catalogue.h"
#include "spool/job/staged_name.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kForgetPerRun = 10'000;

std::optional<std::uint64_t> count_members(const Site& site, const std::string& list) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return std::nullopt;
  const Result<std::uint64_t> count = (*reader)->count_members(list);
  return count ? std::optional(*count) : std::nullopt;
}

// Makes the return addresses of one member. The day is the job's: a second try has the same address.
class VerpSenders {
 public:
  explicit VerpSenders(const Site& site) : site_(&site) {}

  // The list's own where the store cannot be read.
  std::string sender(const spool::Job& job, std::string_view recipient) {
    const auto address = mail::Address::parse(recipient);
    if (!address || !has_references()) return job.sender;
    const auth::VerpTag tag = tag_for(*references_, auth::VerpKind::post, *address, auth::day_of(job.created));
    return sender_with_tag(*site_, job.list, job.sender, tag).value_or(job.sender);
  }

 private:
  bool has_references() {
    if (references_) return true;
    Result<std::unique_ptr<store::Reader>> reader = site_->open_reader();
    if (!reader) return false;
    if (const Result<store::References> read = (*reader)->references()) references_ = *read;
    return references_.has_value();
  }

  const Site* site_;
  std::optional<store::References> references_;
};

Status forget_what_is_over(store::Writer& state, UnixTime now) {
  Result<std::size_t> forgotten = state.forget_expired(now, kForgetPerRun);
  if (!forgotten) return forgotten.error();
  return state.commit();  // also when all it found were traces of rows that are gone already
}

// The file belongs to a list, and that list is gone, folder and all.
bool goes_to_a_missing_list(const Site& site, const store::Receipt& receipt, std::string_view staged_name) {
  return std::any_of(receipt.steps.begin(), receipt.steps.end(), [&](const store::PublishStep& step) {
    const std::string folder = step.target.substr(0, step.target.rfind('/'));
    return step.staged == staged_name && step.target.starts_with("lists/") &&
           !path_exists(site.directory() + "/" + folder);
  });
}

// True when a receipt knows it; it is published then.
Result<bool> finish_staged_file(const Site& site, std::string_view staged_name) {
  if (!spool::is_staged_name(staged_name)) return false;
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<std::optional<store::Receipt>> receipt = (*reader)->find_receipt(fingerprint_of(staged_name));
  if (!receipt) return receipt.error();
  if (!*receipt) return false;
  Status published = publish(site, (*receipt)->steps);
  if (!published && published.error().kind == ErrorKind::missing &&
      goes_to_a_missing_list(site, **receipt, staged_name)) {
    // One such file must not stop every other. (A folder of the spool that is missing is mended, and the file stays.)
    const std::string path = site.spool().directory() + "/tmp/" + std::string(staged_name);
    published = site.spool().move_aside(path, staged_name, published.error().what);
  }
  if (!published) return published.error();
  return true;
}

}  // namespace

spool::FlushHelp flush_help(const Site& site) {
  spool::FlushHelp help;
  help.roster = [reader = std::make_shared<RosterReader>(site)](const spool::RosterQuery& query,
                                                                const spool::RosterPlace& place, std::size_t max) {
    return reader->page(query, place, max);
  };
  help.words = [&site](const std::string& list, const spool::WordsWanted& wanted,
                       const std::vector<std::string>& addresses) {
    return words_of_members(site, list, wanted, addresses);
  };
  help.verp_sender = [senders = std::make_shared<VerpSenders>(site)](
                         const spool::Job& job, std::string_view recipient) { return senders->sender(job, recipient); };
  help.tell = [&site](const std::vector<spool::Failure>& failures) {
    return note_lost_mail(site, failures, wall_clock_now());
  };
  help.name_anew = [names = std::make_shared<PresentNames>(site)](spool::Job& job) { names->put_into(job); };
  help.clock = wall_clock_now;
  help.trace = [&site](const std::vector<spool::JobResult>& results) {
    return trace_results(site, results, wall_clock_now());
  };
  help.members = [&site](const spool::RosterQuery& query) { return count_members(site, query.list); };
  return help;
}

Status finish_staged_files(const Site& site, UnixTime now) {
  return site.spool().finish_staged(now, [&](std::string_view name) { return finish_staged_file(site, name); });
}

Status keep_house(const Site& site, UnixTime now, ClockTrust trust) {
  Status references = change_to_keyed_references(site, now);
  if (!references) return references;
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  const bool is_trusted = trust == ClockTrust::trusted;
  Status done = is_trusted ? forget_what_is_over(**state, now) : Status();
  if (done && is_trusted) done = forget_unkeyed_references(**state, now);
  if (done) done = schedule_old_holds(**state, now);
  const Result<bool> are_due = is_trusted ? are_leftovers_due(**state, now) : Result<bool>(false);
  if (done && !are_due) done = are_due.error();
  if (done && *are_due) done = (*state)->commit();
  if (done) done = (*state)->checkpoint();
  state = Error{ErrorKind::again, "lists: closed"};
  if (done && *are_due) sweep_leftovers(site, now);
  return done;
}

void heed_changed_lists(const Site& site, UnixTime now) {
  std::vector<RenewalWish> wishes;
  const ChangedLists changed{
      .found = [&](const List& list) { wishes.push_back(renewal_wish(list.address(), list.config())); },
      .heed = [&] { return heed_renewal_wishes(site, wishes, now); }};
  if (Status refreshed = refresh_catalogue(site, changed); !refreshed) {
    log(Severity::warning, LogLine("catalogue").with(refreshed.error()));  // LISTS is older than it should be, no more
  }
}

}  // namespace majlis::lists
