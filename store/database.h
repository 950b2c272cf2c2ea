#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "store/erasure.h"
#include "store/records.h"

// One Berkeley DB environment for the site, used by many short-lived processes, any of which may be killed at any
// moment: an exclusive flock for the life of a writer's DB_PRIVATE | DB_RECOVER environment; readers share the lock and
// open the files without an environment. No Berkeley DB type shows here.
namespace majlis::store {

enum class Table : char;

// Bans of a list: all of them, or those in which a '*' stands.
enum class Bans { all, patterns };

struct WalkPage {
  std::vector<Member> members;
  std::string cursor;  // hand it in again for the next page; empty when the list is at its end
};

// What may be asked, by readers and writers alike. Every call may fail with `again` (disk) or `damaged`.
class View {
 public:
  virtual ~View();

  Result<std::optional<Member>> find_member(std::string_view list, const mail::Address& address) const;
  Result<std::uint64_t> count_members(std::string_view list) const;  // O(1): a kept counter
  // The same of those who get digests or indexes.
  Result<std::uint64_t> count_digest_members(std::string_view list) const;
  // Of kMemberIndex and kMemberHeaderStyle those flags that some member has; O(1).
  Result<std::uint32_t> flags_in_use(std::string_view list) const;
  // Members in key order (reversed domain, local part), from `cursor` ("" = the beginning), at most `max` (1 or more).
  // A cursor is one line of text and stays good over restarts: the walk goes on strictly behind that place, whether
  // or not a member still stands there.
  Result<WalkPage> walk_members(std::string_view list, std::string_view cursor, std::size_t max) const;
  // The same walk for whoever delivers: row by row, no address taken apart, and nothing behind `until`, a cursor too
  // ("" = the end of the list). Where it goes on; empty when there is nothing more.
  Result<std::string> visit_roster(std::string_view list, std::string_view cursor, std::string_view until,
                                   std::size_t max, const std::function<void(const RosterRow&)>& visit) const;
  // Lists an address is on, by the address index, sorted, at most `max`.
  Result<std::vector<std::string>> lists_of(const mail::Address& address, std::size_t max) const;

  // The ban of exactly this pattern. `list`: "" for the site's own.
  Result<std::optional<Ban>> find_ban(std::string_view list, std::string_view pattern) const;
  // Those without '*' first, by pattern; at most `max`.
  Result<std::vector<Ban>> bans(std::string_view list, Bans which, std::size_t max) const;
  // What this person gave for the whole site; nullopt: nothing.
  Result<std::optional<PersonalPassword>> personal_password(const mail::Address& person) const;
  // nullopt: somebody else made it a member, or before this was kept.
  Result<std::optional<Consent>> find_consent(std::string_view list, const mail::Address& address) const;
  // How many posts of a member passed, as far as they were counted.
  Result<std::uint64_t> accepted_posts(std::string_view list, const mail::Address& address) const;
  // When the thread began in which a post with this digest of its Message-ID was sent; nullopt: not known (any more).
  Result<std::optional<UnixTime>> thread_begin(std::string_view list, std::string_view digest) const;

  // Keyed ones once complete_keyed_references() has been; for all time then.
  Result<References> references() const;
  // The members of the list that share a reference: one, as good as always; at most `max`. None where a row in the
  // index has no member.
  Result<std::vector<Member>> members_by_reference(std::string_view list, auth::ReferenceKind kind,
                                                   auth::MemberReference reference, std::size_t max) const;
  Result<std::optional<BounceRecord>> find_bounces(std::string_view list, const mail::Address& address) const;
  // Of every member something came back from, by address, at most `max`.
  Result<std::vector<BounceRecord>> bounces_of(std::string_view list, std::size_t max) const;
  // By kind, then address, at most `max`.
  Result<std::vector<ReportEntry>> report_entries(std::string_view list, std::size_t max) const;

  Result<ChangeNumber> change_number() const;
  // The change that removed the last list of this name, 0 when none was: whoever means the members as of an earlier one
  // means a list that is gone, also when there is a new one of the same name.
  Result<ChangeNumber> removed_at(std::string_view list) const;
  // The change by which the list got this name in place of another, 0 when it has none but its first.
  Result<ChangeNumber> named_at(std::string_view list) const;
  Result<std::optional<Receipt>> find_receipt(std::string_view fingerprint) const;
  Result<bool> is_token_used(std::string_view canonical_token) const;
  // Has the list had a post with this digest (Message-ID and content)?
  Result<bool> has_seen(std::string_view list, std::string_view digest) const;
  // Until when that was to be remembered; nullopt: it was not seen, or is forgotten.
  Result<std::optional<UnixTime>> seen_until(std::string_view list, std::string_view digest) const;
  // How much of `key` was counted in the window that `now` falls in.
  Result<std::uint64_t> counted(std::string_view key, UnixTime now, UnixTime window_s) const;

  Result<std::optional<PendingItem>> find_pending(std::string_view list, std::string_view id) const;
  // The lists where an item of this id waits, by an index: one, as good as always; at most `max`.
  Result<std::vector<std::string>> lists_with_pending(std::string_view id, std::size_t max) const;
  // By list ("" = every one) and id, strictly behind one (nullptr: from the first).
  Result<std::vector<PendingItem>> pending_items(std::string_view list, std::size_t max,
                                                 const PendingItem* behind = nullptr) const;
  // One of this kind about this address, by an index; the first by id where there are several.
  Result<std::optional<PendingItem>> find_pending_about(std::string_view list, std::string_view kind,
                                                        std::string_view address) const;
  // All of them, by id, at most `max`.
  Result<std::vector<PendingItem>> pending_about(std::string_view list, std::string_view kind, std::string_view address,
                                                 std::size_t max) const;
  // How many of this kind wait; `max` when there are more.
  Result<std::size_t> count_pending(std::string_view list, std::string_view kind, std::size_t max) const;

  // An item has one due time, however often it was scheduled.
  Result<std::optional<DueItem>> find_due_item(std::string_view kind, std::string_view list, std::string_view id) const;
  // Items of one kind whose time has come (due <= now), the longest due first, at most `max`.
  Result<std::vector<DueItem>> due_items(std::string_view kind, UnixTime now, std::size_t max) const;
  // Every item, due or not, by list, kind and id, strictly behind one (nullptr: from the first), at most `max`.
  Result<std::vector<DueItem>> scheduled_items(const DueItem* behind, std::size_t max) const;
  // A small number that the site remembers under a name of our own; 0 when it was never set.
  Result<std::uint64_t> fact(std::string_view name) const;

  // Nothing waits when there is no such row.
  Result<PendingDigest> pending_digest(std::string_view list) const;

  // As it was remembered, until its time is over.
  Result<std::optional<DomainPolicy>> find_domain_policy(std::string_view domain, UnixTime now) const;

  Result<std::uint64_t> archive_octets(std::string_view list, std::string_view month) const;
  // Oldest first. Of a key its first 512 octets count.
  Result<std::vector<TraceEvent>> trace(std::string_view key, std::size_t max) const;

 protected:
  class Tables;
  std::unique_ptr<Tables> tables_;
  explicit View(std::unique_ptr<Tables> tables);

 private:
  Result<std::vector<std::string>> last_parts(const std::string& prefix, std::size_t max) const;
  Result<std::string> walk(std::string_view list, std::string_view cursor, std::string_view until, std::size_t max,
                           const std::function<Status(std::string_view row)>& visit) const;
};

// Shares the site with other readers. What it sees is the last committed state as of its opening.
class Reader : public View {
 public:
  ~Reader() override;
  // Waits at most `timeout_ms` for writers. `directory` is the site's db/. When the last writer was killed it recovers
  // first, and is alone with the site. Writers wait while it is open.
  static Result<std::unique_ptr<Reader>> open(const std::string& directory, int timeout_ms);

 private:
  using View::View;
};

// What a writer has ahead of it; memory and files are laid out for it, the outcome is the same.
enum class Load {
  few_rows,  // one message: open, a few rows, close, all within a millisecond
  bulk,      // thousands of rows a transaction: an import, a removal of a list
};

// Whether the index by reference has rows for members that are added.
enum class ReferenceRows { added, ahead };

struct ReferenceAhead {
  auth::MemberReference reference = 0;
  std::string_view place;  // of the address in a key: Key::part_of()
};

// Alone with the site: one transaction. Reads see its own changes. Destroying it without commit() undoes everything.
class Writer : public View {
 public:
  // Waits at most `timeout_ms` for others, creates the files when missing, recovers when somebody was killed.
  static Result<std::unique_ptr<Writer>> open(const std::string& directory, int timeout_ms, Load load = Load::few_rows);
  ~Writer() override;

  // Which were new, by their places in `members`, ascending. Of an address that is a member already, or stands there
  // twice, the first spelling, flags and date stay. All join by one change. In the order of the roster.
  Result<std::vector<std::size_t>> add_members(std::string_view list, std::span<const Member> members,
                                               ReferenceRows references = ReferenceRows::added);
  // Rows in the index by reference for addresses that are about to become members: an order in which they go in one
  // behind the other, where slices of the roster would go over the whole index again and again. Sorted by reference, of
  // the kind that is made now. A row ahead of its member, or of one that never came, leads to nobody.
  Status add_references_ahead(std::string_view list, std::span<const ReferenceAhead> ahead);
  // false when the address is a member already.
  Result<bool> add_member(std::string_view list, const Member& member);
  Result<bool> remove_member(std::string_view list, const mail::Address& address);  // false: was none
  Result<bool> set_member_flags(std::string_view list, const mail::Address& address, std::uint32_t flags);
  // As in Member; "" for all.
  Result<bool> set_member_topics(std::string_view list, const mail::Address& address, std::string_view topics);
  Result<bool> set_member_language(std::string_view list, const mail::Address& address, std::string_view language);
  Result<bool> set_member_name(std::string_view list, const mail::Address& address, std::string_view name);
  Result<bool> set_member_renewed(std::string_view list, const mail::Address& address, UnixTime renewed);
  // Of a member; is forgotten with it.
  Status put_consent(std::string_view list, const mail::Address& address, const Consent& consent);
  // Likewise.
  Status set_accepted_posts(std::string_view list, const mail::Address& address, std::uint64_t count);
  // One of the same pattern that is there stays as it is: then false.
  Result<bool> add_ban(std::string_view list, const Ban& ban);
  Result<bool> remove_ban(std::string_view list, std::string_view pattern);  // false: there was none
  // In the place of the one that was there.
  Status put_personal_password(const mail::Address& person, const PersonalPassword& password);
  Result<bool> remove_personal_password(const mail::Address& person);  // false: there was none
  Status put_thread(std::string_view list, std::string_view digest, UnixTime began, UnixTime forget_after);
  // The change from unkeyed references to keyed ones (doc/STORE.md). The key is kept; from then on every member that is
  // added has its row in both indexes. Refused when there is one: it never changes.
  Status begin_keyed_references(const auth::ReferenceKey& key);
  // Rows in the index by keyed reference for at most `max` members of all lists, in key order from `cursor` ("" = the
  // first) on, where they are missing. Returns the next cursor, empty at the end.
  Result<std::string> add_missing_references(std::string_view cursor, std::size_t max);
  // Every member has its row: references are keyed from now on. The index by unkeyed ones is good until `until`.
  Status complete_keyed_references(UnixTime until);
  // Removes at most `max` rows of the index by unkeyed references, once its time is over; returns how many.
  Result<std::size_t> forget_unkeyed_references(UnixTime now, std::size_t max);
  // Is forgotten with the member, too.
  Status put_bounces(std::string_view list, const mail::Address& address, const BounceRecord& record,
                     UnixTime forget_after);
  Status forget_bounces(std::string_view list, const mail::Address& address);
  // Joins what is there of the same kind and address: counts and times add up, the later words stay. An entry that
  // spans what is there (from its `first` or earlier to later) has counted that already.
  Status add_report_entry(std::string_view list, const ReportEntry& entry, UnixTime forget_after);
  Status forget_report_entries(std::string_view list, const std::vector<ReportEntry>& entries);

  // Every member of the list, its counters and index rows, its due items, what waits for a decision or its digest, what
  // came back, the posts and threads it has seen, its bans, and what is traced under its address.
  Status remove_list(std::string_view list);

  // Whatever is known of the list `from` is known of `to` afterwards, which must be nobody's name; what is known of a
  // removed list stays with its name, and `from` counts as removed. The change that did it.
  Result<ChangeNumber> rename_list(std::string_view from, std::string_view to);

  // Kept until `forget_after`, then removed by forget_expired().
  Status record_receipt(const Receipt& receipt, UnixTime forget_after);
  Status mark_token_used(std::string_view canonical_token, UnixTime forget_after);
  Status mark_seen(std::string_view list, std::string_view digest, UnixTime forget_after);
  Status forget_seen(std::string_view list, std::string_view digest);  // as if it had never been marked
  Status forget_all_seen(std::string_view list);
  Status count(std::string_view key, UnixTime now, UnixTime window_s, std::uint64_t amount = 1);
  // In place of what was remembered before.
  Status remember_domain_policy(std::string_view domain, const DomainPolicy& policy, UnixTime forget_after);
  Status put_pending(const PendingItem& item);
  Result<bool> remove_pending(std::string_view list, std::string_view id);  // false: there was none
  // Makes an item due at `item.due`; an item of that kind, list and id that is there moves, with its new value. `now`
  // is kept beside it, so that items can follow a clock that is set back.
  Status schedule(const DueItem& item, UnixTime now);
  // The same item, not another one: it is due at another time, and keeps its serial. false: it is not there any more,
  // or was scheduled again.
  Result<bool> move_item(const DueItem& item, UnixTime now);
  Result<bool> unschedule(std::string_view kind, std::string_view list, std::string_view id);  // false: there was none
  Status unschedule_kind(std::string_view kind, std::string_view list);                        // whatever their ids
  Status set_fact(std::string_view name, std::uint64_t value);
  Status set_pending_digest(std::string_view list, const PendingDigest& pending);
  Status set_archive_octets(std::string_view list, std::string_view month, std::uint64_t octets);
  Status add_trace(const TraceEvent& event, UnixTime forget_after);

  // Removes at most `max` rows whose time is over (forget_after <= now), found by an index of times; returns how many.
  Result<std::size_t> forget_expired(UnixTime now, std::size_t max);

  // Takes a person out of every row: memberships with all that goes with them, password, requests, counters and traces
  // of its own go; posts that wait, and what is about others, stay without it. Looks at every row of the site. Octets
  // of it may be left in pages and in the log until rewrite_database().
  Result<ErasedRows> erase_person(const Erasure& person);

  // Durable when it returns ok: a power cut keeps it. The writer may go on with a further transaction afterwards. After
  // a change that failed half-way (disk, damaged counter) commit() fails too and nothing of the transaction is kept.
  Status commit();
  // Writes everything back so that logs stay small and readers need no recovery. Cheap when there is little to do.
  Status checkpoint();

 private:
  using View::View;
  class Eraser;
  Status take_out(std::string_view list, const Member& member);
  Status change_kind_counts(std::string_view list, std::span<const std::int64_t> differences);
  Status add_references(std::string_view list, std::span<const Member> members, std::span<const std::size_t> added);
  Status remove_references(std::string_view list, const mail::Address& address);
  Status erase_all(Table table, std::string_view list);
  Status put_item(const DueItem& item);
  Status remove_all_pending(std::string_view list);
  Status unschedule_list(std::string_view list);
  Status unschedule_under(const std::string& prefix);
};

// Writes the database anew, without its log: no page keeps octets of a row that was removed or changed. Waits at most
// `timeout_ms` for others, who then wait until it is done: some seconds for a million members. Killed, there is the old
// file or the new one, both with every row, and what is left of the log, which fits either.
Status rewrite_database(const std::string& directory, int timeout_ms);

}  // namespace majlis::store
