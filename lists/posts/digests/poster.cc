#include "lists/posts/digests/poster.h"

#include <algorithm>

#include "base/text.h"
#include "lists/effects/letters.h"
#include "lists/posts/digests/digest_queue.h"
#include "mail/domain.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxSubaddresses = 20;  // of one mailbox, on one list
constexpr std::size_t kMaxEquivalents = 20;   // addresses of one author that are looked for
constexpr std::uint32_t kAgainstPosts = store::kMemberModerated | store::kMemberNoPost;

Result<std::optional<Poster>> find_exactly(const store::View& state, const std::string& list,
                                           const mail::Address& address) {
  Result<std::optional<store::Member>> member = state.find_member(list, address);
  if (!member) return member.error();
  return *member ? std::optional(Poster{list, std::move(**member)}) : std::nullopt;
}

// In the order of the roster NAME+WORD stands right behind NAME+.
Result<std::optional<Poster>> find_with_word(const store::View& state, const std::string& list,
                                             const std::string& mailbox) {
  const std::size_t at = mailbox.rfind('@');
  const auto before = mail::Address::parse(mailbox.substr(0, at) + "+" + mailbox.substr(at));
  if (!before) return std::optional<Poster>();
  Result<store::WalkPage> page = state.walk_members(list, store::cursor_for(*before), kMaxSubaddresses);
  if (!page) return page.error();
  std::optional<Poster> found;
  for (store::Member& member : page->members) {
    if (mailbox_key(member.address) != mailbox) break;
    if (found) {
      found->member.flags |= member.flags & kAgainstPosts;
    } else {
      found = Poster{list, std::move(member)};
    }
  }
  return found;
}

Result<std::optional<Poster>> find_on(const store::View& state, const std::string& list, const mail::Address& address,
                                      bool folds) {
  Result<std::optional<Poster>> found = find_exactly(state, list, address);
  if (!found || *found || !folds) return found;
  const std::string mailbox = mailbox_key(address);
  const auto plain = mail::Address::parse(mailbox);
  if (plain && *plain != address) found = find_exactly(state, list, *plain);
  return !found || *found ? found : find_with_word(state, list, mailbox);
}

// The address itself, and behind it the same at the other domains of its groups.
std::vector<mail::Address> equivalent_addresses(const ListConfig& config, const mail::Address& address) {
  std::vector<mail::Address> all = {address};
  if (!config.is_set(Setting::equivalent_domains)) return all;
  const std::string canonical = address.canonical();
  const std::size_t at = canonical.rfind('@');
  const std::string_view domain = std::string_view(canonical).substr(at + 1);
  for (const std::string& group : config.lines(Setting::equivalent_domains)) {
    const std::vector<std::string_view> domains = split_words(group);
    const auto is_this = [&](std::string_view each) { return mail::canonical_domain(each) == domain; };
    if (std::none_of(domains.begin(), domains.end(), is_this)) continue;
    for (const std::string_view other : domains) {
      const auto equivalent = mail::Address::parse(canonical.substr(0, at + 1).append(other));
      if (equivalent && *equivalent != address && all.size() < kMaxEquivalents) all.push_back(*equivalent);
    }
  }
  return all;
}

}  // namespace

Result<std::optional<Poster>> find_poster(Work& work, const List& list, const mail::Address& address) {
  const bool folds = list.config().is_on(Setting::fold_subaddresses);
  Result<std::optional<DigestList>> digest = digest_list_of(work.site(), list.name());
  if (!digest) return digest.error();
  Result<std::optional<Poster>> found = std::optional<Poster>();
  for (const mail::Address& each : equivalent_addresses(list.config(), address)) {
    found = find_on(work.state(), list.address(), each, folds);
    if (!found || *found) return found;
    if (*digest) found = find_on(work.state(), (*digest)->list.address(), each, folds);
    if (!found || *found) return found;
  }
  return found;
}

}  // namespace majlis::lists
