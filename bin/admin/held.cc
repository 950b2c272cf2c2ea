#include <unistd.h>

#include <algorithm>
#include <array>
#include <optional>

#include "auth/secret_file.h"
#include "base/file.h"
#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "lists/effects/removals.h"
#include "lists/effects/work.h"
#include "lists/pending/approvals.h"
#include "lists/pending/claims.h"
#include "lists/pending/settle.h"
#include "lists/pending/waiting.h"
#include "lists/posts/held/moderation.h"
#include "lists/site/directory.h"
#include "lists/site/reasons.h"

namespace majlis::bin::admin {
namespace {

constexpr std::size_t kMaxMessageOctets = 1024 * 1024 * 1024;
constexpr std::size_t kFingerprintOctets = 16;
constexpr const char* kClaimed = "claimed";

constexpr Option kListing[] = {{"json", Takes::nothing}};
constexpr Option kReject[] = {{"reason", Takes::value}};
constexpr Option kApprove[] = {{"trust", Takes::nothing}};
constexpr Option kDiscard[] = {{"ban", Takes::nothing}};

// The site and the list's address, "" where none was named: then every list is meant.
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

const std::string& sender_of(const lists::PendingItem& item) {
  return item.asked_by.empty() ? item.address : item.asked_by;
}

std::string json_of(const lists::Waiting& waiting, UnixTime now) {
  const std::optional<lists::Claim> claim = lists::claim_of(waiting.item, now);
  return JsonLine()
      .text("kind", waiting.item.kind)
      .text("list", waiting.item.list)
      .text("id", waiting.item.id)
      .text("sender", sender_of(waiting.item))
      .text("address", waiting.item.address)
      .text("subject", waiting.description.subject)
      .text("message_id", waiting.description.message_id)
      .text("rule", waiting.description.rule)
      .text("reason", lists::in_english(waiting.description.reasons))
      .texts("reasons", lists::words_of(waiting.description.reasons))
      .number("size_octets", static_cast<std::int64_t>(waiting.description.size_octets))
      .text("held", iso8601(waiting.item.asked))
      .text("expires", iso8601(waiting.item.expires))
      .text("claimed_by", claim ? claim->by : "")
      .text("claimed_until", claim ? iso8601(claim->until) : "")
      .line();
}

std::string claim_words(const lists::PendingItem& item, UnixTime now) {
  const std::optional<lists::Claim> claim = lists::claim_of(item, now);
  return claim ? "claimed by " + visible(claim->by) + " until " + iso8601(claim->until) : "";
}

std::string line_of(const lists::Waiting& waiting, UnixTime now) {
  std::string subject = visible(waiting.description.subject);
  std::replace(subject.begin(), subject.end(), '\n', ' ');
  const std::string& sender = sender_of(waiting.item);
  const std::string claim = claim_words(waiting.item, now);
  return waiting.item.id + "  " + iso8601(waiting.item.asked) + "  " + visible(waiting.item.kind) + "  " +
         std::to_string(waiting.description.size_octets) + "  " + visible(waiting.description.rule) + "  " +
         (sender.empty() ? "-" : visible(sender)) + "  " + subject + (claim.empty() ? "" : "  (" + claim + ")") + "\n";
}

// A page at a time: nobody who posts waits for a listing that nobody reads on.
Result<Verdict> list_held(const Call& call) {
  Result<Place> place = open_place(call);
  if (!place) return place.error();
  std::optional<lists::PendingItem> last;
  for (;;) {
    Result<std::vector<lists::Waiting>> page = lists::waiting_page(place->site, place->list, last ? &*last : nullptr);
    if (!page) return page.error();
    if (page->empty()) return Verdict::done;
    for (const lists::Waiting& waiting : *page) {
      const std::string list = place->list.empty() ? waiting.item.list + "  " : "";
      print(call.wants_json() ? json_of(waiting, call.now) : list + line_of(waiting, call.now));
    }
    last = std::move(page->back().item);
  }
}

std::string list_them(const Call& call) {
  const std::string list = call.word(0).empty() ? "" : printable(call.word(0), 80) + " ";
  return "'majlis held " + list + "list' shows what waits";
}

Error nothing_waits(const Call& call, std::string_view id) {
  return {ErrorKind::missing, "nothing waits under '" + printable(id, 80) + "'; " + list_them(call)};
}

// A request in the words of the listing, one a line.
void show_request(const lists::Waiting& waiting, UnixTime now) {
  const std::string claim = claim_words(waiting.item, now);
  print("kind: " + visible(waiting.item.kind) + "\nlist: " + waiting.item.list +
        "\nrequest: " + visible(waiting.description.subject) + "\nfrom: " + visible(sender_of(waiting.item)) +
        "\nwhy: " + visible(waiting.description.rule) + ", " + visible(lists::in_english(waiting.description.reasons)) +
        "\nheld: " + iso8601(waiting.item.asked) + "\nexpires: " + iso8601(waiting.item.expires) + "\n" +
        (claim.empty() ? "" : claim + "\n"));
}

// The message as it came in; a terminal gets nothing that it would obey.
Result<Verdict> show_post(const lists::Site& site, const lists::PendingItem& item) {
  Result<lists::List> list = lists::list_of(site, item);
  if (!list) return list.error();
  Result<std::string> bytes = read_file(site.directory() + "/" + lists::held_file(*list, item.id), kMaxMessageOctets);
  if (!bytes) return bytes.error();
  if (isatty(STDOUT_FILENO) == 0) {
    print(*bytes);
    return Verdict::done;
  }
  std::erase(*bytes, '\r');
  print(visible(*bytes));
  return Verdict::done;
}

Result<Verdict> show_held(const Call& call) {
  Result<Place> place = open_place(call);
  if (!place) return place.error();
  const std::string id = to_lower_ascii(call.word(1));
  Result<std::optional<lists::Waiting>> waiting = lists::find_waiting_under(place->site, place->list, id);
  if (!waiting) return waiting.error();
  if (!*waiting) return nothing_waits(call, call.word(1));
  if ((*waiting)->item.kind == lists::kPendingPost) return show_post(place->site, (*waiting)->item);
  show_request(**waiting, call.now);
  return Verdict::done;
}

constexpr const char* kProgram = "majlis";

Result<std::string> said(Status done, std::string words) {
  return done ? Result<std::string>(std::move(words)) : done.error();
}

// The same command may be meant again once a claim has lapsed: its name has the time in it.
Result<std::string> claim_one(const Call& call, const Place& place, const std::string& id) {
  const std::string fingerprint = auth::fingerprint({"admin", "claim", place.list, id, std::to_string(call.now)});
  Result<lists::Work> work = lists::Work::begin(place.site, fingerprint.substr(0, kFingerprintOctets), call.now);
  if (!work) return work.error();
  if (work->is_repeat()) return said(work->finish(kClaimed), "");
  Result<std::optional<lists::PendingItem>> item = lists::find_pending_under(work->state(), place.list, id);
  if (!item) return item.error();
  if (!*item) return nothing_waits(call, id);
  Result<lists::List> list = lists::list_of(place.site, **item);
  if (!list) return list.error();
  Result<lists::Claim> claim = lists::claim_pending(*work, *list, id, kProgram);
  if (!claim) return claim.error();
  if (claim->by != kProgram) {
    return Error{ErrorKind::refused, id + " is claimed by " + claim->by + " until " + iso8601(claim->until)};
  }
  Status done = work->finish(kClaimed);
  if (done) record(call, list->address(), id);
  return said(std::move(done), " until " + iso8601(claim->until));
}

struct SettlementWord {
  std::string_view verb;
  lists::Settlement settlement;
  std::string_view past;
};
constexpr std::array kSettlements = {
    SettlementWord{"approve", lists::Settlement::approve, "approved"},
    SettlementWord{"reject", lists::Settlement::reject, "rejected"},
    SettlementWord{"discard", lists::Settlement::discard, "discarded"},
};

Error not_approved(const std::string& id, const lists::Reason& obstacle) {
  const bool may_pass_later = obstacle.id == lists::ReasonId::not_scanned;
  const std::string why = id + " is not approved and waits on: " + lists::in_english({obstacle});
  return {may_pass_later ? ErrorKind::again : ErrorKind::refused,
          "bin: " + why + (may_pass_later ? "; try again later, 'majlis check' says more" : "; reject or discard it")};
}

lists::Standing standing_in(const Call& call) {
  if (call.arguments.has("trust")) return lists::Standing::trusted;
  return call.arguments.has("ban") ? lists::Standing::banned : lists::Standing::as_before;
}

// The fingerprint is the command itself: typed again, it finds the first one's receipt and sends nothing. Returns what
// is to be said besides.
Result<std::string> settle(const Call& call, const Place& place, const std::string& id, const SettlementWord& word) {
  const std::string fingerprint =
      auth::fingerprint({"admin", "held", place.list, id, word.verb}).substr(0, kFingerprintOctets);
  Result<lists::Approvals> approvals = lists::Approvals();
  if (word.settlement == lists::Settlement::approve) {
    approvals = lists::Approvals::of_item(place.site, place.list, id, call.now);
    if (!approvals) return approvals.error();
  }
  Result<lists::Work> work = lists::Work::begin(place.site, fingerprint, call.now);
  if (!work) return work.error();
  if (work->is_repeat()) return said(work->finish(word.past), "");
  Result<std::optional<lists::PendingItem>> item = lists::find_pending_under(work->state(), place.list, id);
  if (!item) return item.error();
  if (!*item) return nothing_waits(call, id);
  Result<lists::List> list = lists::list_of(place.site, **item);
  if (!list) return list.error();
  if (const auto obstacle = approvals->obstacle(*list, id)) return not_approved(id, *obstacle);
  const lists::Ruling ruling{word.settlement, call.arguments.value("reason"), kProgram, standing_in(call)};
  Status settled = lists::settle_pending(*work, *list, id, ruling, approvals->take(*list, id));
  if (settled) settled = lists::finish_unrepeated(std::move(*work), list->address(), word.past);
  if (settled) record(call, list->address(), id);
  const std::string claim = (*item)->claimed_by == kProgram ? "" : claim_words(**item, call.now);
  return said(std::move(settled), claim.empty() ? "" : ", was " + claim);
}

// `past`: what is said of each that it was done to.
template <typename Function>
Result<Verdict> for_each_id(const Call& call, std::string_view past, Function function) {
  Result<Place> place = open_place(call);
  if (!place) return place.error();
  Verdict verdict = Verdict::done;
  for (std::size_t i = 1; i < call.arguments.words().size(); ++i) {
    const std::string id = to_lower_ascii(call.word(i));
    const Result<std::string> done = function(*place, id);
    if (!done) {
      complain(call, done.error().what);
      verdict = Verdict::wanting;
      continue;
    }
    print(id + " " + std::string(past) + *done + "\n");
  }
  return verdict;
}

Result<Verdict> settle_all(const Call& call) {
  const auto word = std::find_if(kSettlements.begin(), kSettlements.end(),
                                 [&](const SettlementWord& row) { return row.verb == call.verb; });
  return for_each_id(call, word->past,
                     [&](const Place& place, const std::string& id) { return settle(call, place, id, *word); });
}

Result<Verdict> claim_all(const Call& call) {
  return for_each_id(call, kClaimed,
                     [&](const Place& place, const std::string& id) { return claim_one(call, place, id); });
}

constexpr Form kForms[] = {
    {"list", 1, 1, kListing, list_held},
    {"show", 2, 2, {}, show_held},
    {"approve", 2, kAnyNumber, kApprove, settle_all},
    {"reject", 2, kAnyNumber, kReject, settle_all},
    {"discard", 2, kAnyNumber, kDiscard, settle_all},
    {"claim", 2, kAnyNumber, {}, claim_all},
};

}  // namespace

constinit const Command kHeld{
    "usage: majlis held [LIST] list [--json]\n"
    "       majlis held [LIST] show ID\n"
    "       majlis held [LIST] approve ID... [--trust]\n"
    "       majlis held [LIST] discard ID... [--ban]\n"
    "       majlis held [LIST] reject ID... [--reason TEXT]\n"
    "       majlis held [LIST] claim ID...\n"
    "\n"
    "What waits for a decision, of one list or of all (then its list stands first): id, time, kind (post, join, "
    "leave),\n"
    "octets, rule, sender, subject or request.\n"
    "  approve   a post to the members, with the next run of majlis-flush; who would join is a member\n"
    "            --trust: the author's posts pass from now on\n"
    "  reject    the author, or who would join, is told, with the reason\n"
    "  discard   nobody is told\n"
    "            --ban: the author, or who would join, can neither join nor post from now on\n"
    "  claim     for four hours the moderators know that you mean to decide; any of them may all the same\n",
    VerbPlace::behind_a_list, kForms};

}  // namespace majlis::bin::admin
