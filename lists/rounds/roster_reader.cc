#include "lists/rounds/roster_reader.h"

#include <algorithm>

#include "lists/effects/verp.h"
#include "lists/rounds/roster_words.h"
#include "lists/site/config/topics.h"
#include "lists/site/renames.h"
#include "mail/address.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kRowsAtOnce = 16'000;  // two megabytes, some milliseconds
constexpr std::uint32_t kGetsNoMail =
    store::kMemberNoMail | store::kMemberStopped | store::kMemberSuspended | store::kMemberAlias;

bool gets(const store::RosterRow& member, const spool::RosterQuery& query) {
  const std::uint32_t flags = member.flags_as_of(query.as_of);
  return member.joined_at <= query.as_of && (flags & ((kGetsNoMail & ~query.reaches) | query.without)) == 0 &&
         (query.with_any == 0 || (flags & query.with_any) != 0) && wants_topic(member.topics, query.topics) &&
         !std::binary_search(query.except.begin(), query.except.end(), member.address);
}

bool holds(const RosterShare& share, const store::References& references, std::string_view recipient) {
  const auto address = mail::Address::parse(recipient);
  return address && share.holds(references.of(*address, share.kind));
}

Result<bool> is_gone(const store::Reader& state, std::string_view list, store::ChangeNumber as_of) {
  Result<store::ChangeNumber> removed = state.removed_at(list);
  return removed ? Result<bool>(as_of < *removed) : removed.error();
}

// The list whose members are meant, also where it was given another name since the job was taken. Missing: it was
// removed.
Result<std::string> present_list(const Site& site, const store::Reader& state, const spool::RosterQuery& query) {
  Result<bool> gone = is_gone(state, query.list, query.as_of);
  if (!gone) return gone.error();
  if (!*gone) return query.list;
  const Result<std::vector<Rename>> renames = read_renames(site.directory());
  if (!renames) return renames.error();
  std::string list = present_name(*renames, query.list, query.as_of, 0);
  if (!renames->empty() && renames->back().change == 0 && renames->back().from == list) {
    return Error{ErrorKind::again, "lists: read roster: the list " + list + " is given another name"};
  }
  gone = list == query.list ? Result<bool>(true) : is_gone(state, list, query.as_of);
  if (!gone) return gone.error();
  if (!*gone) return list;
  return Error{ErrorKind::missing, "lists: read roster: the list " + query.list + " this was for was removed"};
}

}  // namespace

bool RosterReader::stands_at(const spool::RosterQuery& query, const spool::RosterPlace& place) const {
  return next_ < recipients_.size() && query == query_ && place.behind == behind_ && place.until == until_ &&
         std::chrono::steady_clock::now() - read_at_ <= kLongestAhead;
}

Status RosterReader::read(const spool::RosterQuery& query, const spool::RosterPlace& place) {
  std::optional<RosterShare> share;
  if (!query.part.empty()) {
    share = RosterShare::parse(query.part);
    if (!share) return Error{ErrorKind::damaged, "lists: read roster: the job's part of it cannot be read"};
  }
  Result<std::unique_ptr<store::Reader>> reader = site_->open_reader();
  // A database that is not there says nothing of the list.
  if (!reader) return Error{ErrorKind::again, reader.error().what};
  const Result<std::string> list = present_list(*site_, **reader, query);
  if (!list) return list.error();
  Result<store::References> references = (*reader)->references();
  if (!references) return references.error();
  recipients_.clear();
  facts_.clear();
  next_ = 0;
  Result<std::string> cursor =
      (*reader)->visit_roster(*list, place.behind, place.until, kRowsAtOnce, [&](const store::RosterRow& member) {
        if (!gets(member, query) || (share && !holds(*share, *references, member.address))) return;
        recipients_.emplace_back(member.address);
        if (query.words.any()) facts_.push_back({std::string(member.display), member.joined_at});
      });
  if (!cursor) return cursor.error();
  query_ = query;
  behind_ = place.behind;
  until_ = place.until;
  cursor_ = std::move(*cursor);
  read_at_ = std::chrono::steady_clock::now();
  return {};
}

void RosterReader::take(std::size_t max, spool::RosterPage& page) {
  for (; next_ < recipients_.size() && page.recipients.size() < max; ++next_) {
    if (!facts_.empty()) {
      Facts& facts = facts_[next_];
      page.words.push_back(
          words_of(*site_, query_.list, recipients_[next_], std::move(facts.name), facts.joined_at, query_.words));
    }
    page.recipients.push_back(std::move(recipients_[next_]));
  }
}

Result<spool::RosterPage> RosterReader::page(const spool::RosterQuery& query, const spool::RosterPlace& place,
                                             std::size_t max) {
  if (!stands_at(query, place)) {
    if (Status done = read(query, place); !done) return done.error();
  }
  spool::RosterPage page;
  take(max, page);
  while (page.recipients.size() < max && !cursor_.empty()) {
    const std::string behind = cursor_;
    if (Status done = read(query, {behind, place.until}); !done) return done.error();
    take(max, page);
  }
  behind_ = cursor_;
  if (next_ < recipients_.size()) {
    const auto last = mail::Address::parse(page.recipients.back());
    if (!last) return Error{ErrorKind::damaged, "lists: read roster: an address cannot be read"};
    behind_ = store::cursor_for(*last);
  }
  page.cursor = behind_;
  return page;
}

}  // namespace majlis::lists
