#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "auth/member_reference.h"
#include "base/clock.h"
#include "mail/address.h"

// What must be remembered, as values. Keys are canonical: a list is its posting address in lower case
// ("cooks@lists.example.org"), an address is mail::Address::canonical().
namespace majlis::store {

// Grows by one with every committed change of any roster. A post is for the members as of one number, whatever the
// clock says.
using ChangeNumber = std::uint64_t;

// Per-member options; all off is an ordinary member.
enum MemberFlag : std::uint32_t {
  kMemberNoMail = 1U << 0U,      // subscribed, gets no posts
  kMemberModerated = 1U << 1U,   // posts are held
  kMemberConcealed = 1U << 2U,   // not shown to other members
  kMemberSuspended = 1U << 3U,   // delivery stopped by bounces
  kMemberDigestMime = 1U << 4U,  // gets digests instead of posts, in one of two forms
  kMemberDigestPlain = 1U << 5U,
  kMemberNoRenew = 1U << 6U,   // is never asked to renew the subscription
  kMemberNoPost = 1U << 7U,    // posts are refused
  kMemberAlias = 1U << 8U,     // another address of a member: may post, gets nothing
  kMemberAck = 1U << 9U,       // is told when a post of theirs went out
  kMemberNoRepro = 1U << 10U,  // gets no copy of their own posts
  kMemberNoDupes = 1U << 11U,  // gets no copy of a post that names them in To or Cc
  kMemberStopped = 1U << 12U,  // kMemberNoMail by those in charge, not by choice: an urgent post stays away as well
  kMemberIndex = 1U << 13U,    // gets the Subjects of posts, several together, instead of the posts
  kMemberEditor = 1U << 14U,   // posts pass a moderated list once they show whose they are
  // Another header than everybody's, at most one of these:
  kMemberSubjectHeader = 1U << 15U,  // the list's tag in the Subject
  kMemberShortHeader = 1U << 16U,    // the fields that people read, and no more
  kMemberDualHeader = 1U << 17U,     // the author, date and Subject once more on top of the text
  kMemberIetfHeader = 1U << 18U,     // Subject and Reply-To as their author wrote them
};

constexpr std::uint32_t kMemberDigest = kMemberDigestMime | kMemberDigestPlain;
constexpr std::uint32_t kMemberCollected = kMemberDigest | kMemberIndex;  // no post comes alone
constexpr std::uint32_t kMemberHeaderStyle =
    kMemberSubjectHeader | kMemberShortHeader | kMemberDualHeader | kMemberIetfHeader;

struct Member {
  mail::Address address;    // in the spelling to deliver to
  std::string display;      // UTF-8 name, may be empty
  std::uint32_t flags = 0;  // MemberFlag bits
  UnixTime joined = 0;
  ChangeNumber joined_at = 0;  // set by the store
  UnixTime renewed = 0;        // when the subscription was last renewed; 0: never
  std::string topics = {};     // of the list's topics those that are wanted: "menus,news" in order; "" = all posts
  std::string language = {};   // in which this member is written to; "" = the list's
  // Set by the store when the header style changes: jobs from before it still go by the older one.
  ChangeNumber styled_at = 0;
  std::uint32_t style_before = 0;  // of kMemberHeaderStyle
};

// A member as delivery needs it, in the octets of his row.
struct RosterRow {
  std::string_view address;  // in the spelling to deliver to
  std::string_view display;
  std::uint32_t flags = 0;
  ChangeNumber joined_at = 0;
  std::string_view topics = {};
  ChangeNumber styled_at = 0;
  std::uint32_t style_before = 0;

  // The flags, with the header style as of a change: the copies of a post go out in several jobs, and whoever changes
  // style between them is to be in exactly one.
  std::uint32_t flags_as_of(ChangeNumber change) const {
    return styled_at > change ? (flags & ~kMemberHeaderStyle) | style_before : flags;
  }
};

// A place in a roster as printable text, "org.example/joe": a walk goes on strictly behind it.
std::string cursor_for(const mail::Address& address);

// One step of publishing what a transaction decided. `staged` is a file name in spool/tmp, `target` a path relative to
// the site; an empty `staged` means that `target` is to be removed. Both steps may be done again without harm.
struct PublishStep {
  std::string staged;
  std::string target;
};

// What an incoming message caused, found again by its fingerprint when the MTA tries a second time.
struct Receipt {
  std::string fingerprint;  // 16 octets
  std::vector<PublishStep> steps;
  std::string outcome;  // one word for the log
  UnixTime done = 0;
};

constexpr std::string_view kPendingPost = "post";  // the kind of rows that an earlier version wrote

// Something that waits for somebody's decision: a post for its moderators, a request for the owner.
struct PendingItem {
  std::string list;
  std::string id;        // letters and digits, one of its kind in the site
  std::string kind;      // a word of lists/effects/pending.h
  std::string address;   // whom it is about (a post's author, who wants to join), canonical; "" = nobody in particular
  std::string asked_by;  // who sent it, canonical; "" = as `address`
  std::string tongue;    // the command language it was asked in; "" = in none
  UnixTime asked = 0;
  UnixTime expires = 0;
  std::string details = {};     // what its kind wants to know, in octets that only the kind understands
  std::string claimed_by = {};  // who has taken it for himself last, canonical; "" = nobody
  UnixTime claimed_until = 0;
};

// Work that waits for its time (lists/rounds/timed_work.h). Kind, list and id name it.
struct DueItem {
  std::string kind;  // a row's word of lists/rounds/timed_work.cc
  std::string list;  // "" = the site's own
  std::string id;    // whatever tells items of one kind and list apart, may be ""
  UnixTime due = 0;
  std::string value;         // whatever the kind wants to know, at most kMaxDueValueOctets
  std::uint32_t tries = 0;   // that failed
  std::uint64_t serial = 0;  // set by the store: another one each time an item is scheduled
  UnixTime scheduled = 0;    // set by the store: what the clock said then
};

constexpr std::size_t kMaxDueValueOctets = 128 * 1024;

// What waits for a list's next digest: a range of the list's file `digest/pending` (doc/STORE.md).
struct PendingDigest {
  std::uint64_t begin = 0;  // octets
  std::uint64_t end = 0;
  std::uint64_t posts = 0;
  std::uint64_t lines = 0;         // of their bodies
  std::uint64_t next_issue = 0;    // 0: none was sent yet
  std::string numbered_from = {};  // what the settings said when the numbering began
};

// How this site makes references to members (auth/member_reference.h). Two addresses may share one, so whoever asks by
// it gets all of them.
struct References {
  auth::ReferenceKind kind = auth::ReferenceKind::unkeyed;  // of those that are made now
  auth::ReferenceKey key = {};                              // of the keyed ones

  auth::MemberReference of(const mail::Address& address) const { return of(address, kind); }
  auth::MemberReference of(const mail::Address& address, auth::ReferenceKind wanted) const;
};

// In front of a keyed hash: the ban of an address whose person was erased.
constexpr std::string_view kErasedBan = "erased:";

// Who may neither join nor post: an address, a pattern with '*' (mail/address_pattern.h), or kErasedBan and a hash.
struct Ban {
  std::string pattern;
  UnixTime since = 0;
  std::string by;  // who said so: an address, "majlis" for the administrator
};

// A password that somebody gave for one address, for every list of the site.
struct PersonalPassword {
  std::string hash;  // auth/password.h, with a mark
  UnixTime since = 0;
};

// How a member agreed to be one: by a token that was mailed to the address and came back.
struct Consent {
  UnixTime time = 0;
  std::string token;      // SHA-256 of its canonical form, in hex: whoever has the token can show that it is this one
  std::string from;       // the address that sent it back, canonical
  UnixTime approved = 0;  // when an owner decided, where the confirmation was not enough; 0: it was
  std::string approved_by = {};  // who; "" = who is not known by an address
};

// What came back from one member. Kept while it may still count, then forgotten.
struct BounceRecord {
  std::string address;      // canonical
  std::uint32_t score = 0;  // hundredths
  std::uint32_t days = 0;   // on which something was counted
  UnixTime first = 0;       // of them
  UnixTime last = 0;
  std::string status;              // of the last one, "5.1.1"
  std::string text;                // its words, one line
  UnixTime sent_day = 0;           // days since 1970: newest sending that was counted by its tag
  UnixTime probed = 0;             // when the probe that is out was sent, 0 = none is
  std::string probe_id;            // its Message-ID
  UnixTime suspended = 0;          // 0 = is not
  std::uint32_t notices_left = 0;  // letters still to be sent before the member is removed
};

// A line of the next report to a list's owner: everything of one kind about one address.
struct ReportEntry {
  std::string kind;  // a word of lists/members/bounces/owner_report.cc
  std::string address;
  std::uint32_t count = 0;
  UnixTime first = 0;
  UnixTime last = 0;
  std::string status;  // of the last one
  std::string text;
};

// What is known of the DMARC policy that the mail of a domain is under.
struct DomainPolicy {
  enum class Record { none, found, unknown };  // unknown: nobody could say
  enum class Asks { nothing, quarantine, reject };
  Record record = Record::unknown;
  Asks asks = Asks::nothing;  // of `found`, as declared
  bool is_test = false;       // of `found`: t=y
};

// One line of a message's life for `majlis trace`.
struct TraceEvent {
  UnixTime time = 0;
  std::string key;   // Message-ID or address
  std::string text;  // "list=... verdict=... rule=..."
};

}  // namespace majlis::store
