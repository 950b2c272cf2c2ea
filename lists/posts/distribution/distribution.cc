#include "lists/posts/distribution/distribution.h"

#include "lists/effects/threads.h"
#include "lists/effects/verp.h"
#include "lists/posts/archive/archive_index.h"
#include "lists/posts/digests/poster.h"
#include "lists/posts/distribution/post_counts.h"
#include "lists/posts/transforms/anonymity.h"

namespace majlis::lists {
namespace {

// Whoever is in charge can still find out who wrote what the members see without a name.
void note_name(Work& work, const List& list, const Copies& copies) {
  if (copies.message_id.empty()) return;
  const std::string author = copies.people.author ? copies.people.author->canonical() : "?";
  const std::string sent_as = anonymous_message_id(work.site(), list, copies.message_id);
  const std::string text =
      "list=" + list.address() + " written_as=" + copies.message_id + " sent_as=" + sent_as + " by=" + author;
  for (const std::string& key : {copies.message_id, sent_as}) work.note(key, text);
}

// A new member's posts are counted as long as it is one (moderate_first).
Status count_of_author(Work& work, const List& list, const std::optional<mail::Address>& author) {
  const auto limit = static_cast<std::uint64_t>(list.config().integer(Setting::moderate_first));
  if (limit == 0 || !author) return {};
  Result<std::optional<Poster>> poster = find_poster(work, list, *author);
  if (!poster) return poster.error();
  if (!*poster) return {};
  const auto& [where, member] = **poster;
  Result<std::uint64_t> before = work.state().accepted_posts(where, member.address);
  if (!before) return before.error();
  return *before < limit ? work.state().set_accepted_posts(where, member.address, *before + 1) : Status();
}

}  // namespace

Status distribute(Work& work, const List& list, Copies copies) {
  Status kept = remember_policy(work, copies.asked);
  if (kept) kept = count_post(work, list, copies.people.author);
  if (kept) kept = count_of_author(work, list, copies.people.author);
  if (kept) kept = keep_thread(work.state(), list, copies.thread_ids, copies.answered, work.now());
  if (kept && list.config().is_on(Setting::archive)) {
    kept = work.archive(list, copies.for_all, copies.envelope_sender);
    if (kept) kept = schedule_archive_index(work, list, year_month(work.now()));
  }
  if (kept) kept = add_to_digests(work, list, copies.digests, copies.for_all);
  if (!kept) return kept;
  Result<std::vector<std::string>> without_copy = members_without_copy(work, list, copies.people);
  if (!without_copy) return without_copy.error();
  if (is_anonymous(list)) note_name(work, list, copies);
  Outgoing post;
  post.topics = std::move(copies.topics);
  // One job for all: whoever changes between posts, digests and nothing meanwhile gets it once.
  if (copies.is_urgent) {
    post.reaches = store::kMemberNoMail;
    post.topics.clear();
  } else {
    post.without = store::kMemberCollected;
  }
  post.except = std::move(*without_copy);
  post.message_id = std::move(copies.message_id);
  Result<std::uint32_t> in_use = work.state().flags_in_use(list.address());
  if (!in_use) return in_use.error();
  std::erase_if(copies.styled, [&](const StyledCopy& copy) { return (copy.style & *in_use) == 0; });
  std::vector<Outgoing> all;
  for (StyledCopy& copy : copies.styled) {
    Outgoing& own = all.emplace_back(post);
    own.with_any = copy.style;
    own.message = std::move(copy.text);
    own.points = std::move(copy.points);
  }
  for (const StyledCopy& copy : copies.styled) post.without |= copy.style;
  std::string& for_members = copies.for_members ? *copies.for_members : copies.for_all;
  post.message = std::move(copies.personal ? copies.personal->text : for_members);
  if (copies.personal) post.points = std::move(copies.personal->points);
  all.push_back(std::move(post));
  return send_to_members(work, list, std::move(all));
}

}  // namespace majlis::lists
