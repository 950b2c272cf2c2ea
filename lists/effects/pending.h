#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lists/effects/work.h"
#include "lists/site/list.h"
#include "lists/site/reasons.h"

namespace majlis::lists {

// Something that waits for somebody's decision is stored once, whatever it is: a row (store::PendingItem) that the list
// of what waits shows, an item of timed work that ends the waiting, and a daily reminder of all that waits. What a kind
// does when it is decided stands in lists/pending/kinds.cc.

using PendingItem = store::PendingItem;  // for rooms that do not know store/

// PendingItem::kind
using store::kPendingPost;                           // a post that a moderator is to read
constexpr std::string_view kPendingJoin = "join";    // the address would become a member
constexpr std::string_view kPendingLeave = "leave";  // ... would be one no longer

constexpr std::string_view kHoldExpiry = "hold_expiry";    // timed work: one item for each that waits
constexpr std::string_view kHoldSummary = "hold_summary";  // one item a list, while something waits

// What becomes of it.
enum class Settlement {
  approve,
  reject,
  discard,
  superseded,  // what was asked for has come about in another way
  expire,      // nobody decided in hold_days
  confirmed,   // a post's author has confirmed that it is from there, and nothing else kept it
};

// And of whom it is about, from now on.
enum class Standing {
  as_before,
  trusted,  // its posts pass, as far as they waited because of who writes
  banned,
};

// A decision as it is carried out.
struct Ruling {
  Settlement settlement;
  std::string reason = {};  // told by `reject`
  std::string by = {};      // the address that decided; "majlis": the site's administrator; "": nobody did
  Standing standing = Standing::as_before;
};

// A moderator has said that he will decide about it. That is courtesy: what another one decides counts all the same.
struct Claim {
  std::string by;  // as Ruling::by
  UnixTime until;
};
constexpr std::string_view kClaimedText = "claimed";  // tells the others
// nullopt: nobody has, or it has lapsed.
std::optional<Claim> claim_of(const store::PendingItem& item, UnixTime now);

// What a person is shown of it, besides what every item says.
struct PendingDescription {
  std::string subject;  // of a post; what a request asks for
  std::string message_id;
  std::string rule;  // why it waits: a rule's word, or a setting's
  Reasons reasons;
  std::uint64_t size_octets = 0;
};

// For the log.
struct SettlementWords {
  std::string_view verdict;
  std::string_view rule;
};
SettlementWords words_for(Settlement settlement);
// " by=ADDRESS" behind these; "" for nobody.
std::string by_words(const std::string& by);

// Letters and digits out of what waits and since when: a second run of the same work names the same. Nobody without the
// site's key can make two things that share one.
constexpr std::size_t kPendingIdOctets = 16;
constexpr std::size_t kFormerPendingIdOctets = 10;  // of posts that were held before ids had a key
std::string pending_id(const Site& site, const List& list, std::string_view what, UnixTime now);

// The Message-ID of the notice that tells those in charge of what waits under an id; every later letter about it goes
// on with that thread. Made of where it waits and its id alone, so that whoever writes later needs no memory of it, and
// of nothing that a moderation word is made of besides: that has the site's key.
std::string notice_message_id(const List& list, std::string_view id);

// When something that begins to wait now is given up.
UnixTime pending_until(const List& list, UnixTime now);

// Begins to wait: the row, its end, and the reminder.
Status add_pending(Work& work, const store::PendingItem& item);
// Waits no longer.
Status remove_pending(Work& work, const store::PendingItem& item);

// Who decided, for the log's like and former_ruling(). Where nobody did nothing is noted.
void note_ruling(Work& work, const store::PendingItem& item, const Ruling& ruling);
// Who decided about what waited under this id, within the time that `majlis trace` remembers.
struct FormerRuling {
  Settlement settlement;  // approve, reject or discard
  std::string by;
  UnixTime when;
};
Result<std::optional<FormerRuling>> former_ruling(const store::View& state, const List& list, std::string_view id);

// The next reminder of the list, a day from now, unless one is scheduled.
Status schedule_hold_summary(store::Writer& state, const std::string& list, UnixTime now);

// Posts held before there was timed work, or one of the indexes, get their items and rows, once (the fact
// `holds_scheduled`): at least a day is left to decide about them. In slices, each committed; `state` has no changes of
// its own.
Status schedule_old_holds(store::Writer& state, UnixTime now);

}  // namespace majlis::lists
