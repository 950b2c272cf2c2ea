#include "lists/pending/approvals.h"

#include <algorithm>
#include <span>

#include "lists/effects/moderation_word.h"
#include "lists/pending/waiting.h"
#include "lists/posts/held/author_release.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

// Of words sent to a list only one for all has to look into the store.
bool needs_state(const Site& site, const std::optional<ListName>& list, std::span<const std::string> words,
                 UnixTime now) {
  return !list || std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return check_moderation_word_for_all(site, list->address(), word, now).has_value();
  });
}

Result<std::vector<ItemsOfWord>> items_of(const Site& site, const std::optional<ListName>& list,
                                          std::span<const std::string> words, UnixTime now) {
  std::unique_ptr<store::Reader> reader;
  if (needs_state(site, list, words, now)) {
    Result<std::unique_ptr<store::Reader>> opened = site.open_reader();
    if (!opened) return opened.error();
    reader = std::move(*opened);
  }
  std::vector<ItemsOfWord> all;
  for (const std::string& word : words) {
    Result<std::optional<ItemsOfWord>> items = items_of_word(site, reader.get(), list, word, now);
    if (!items) return items.error();
    if (*items) all.push_back(std::move(**items));
  }
  return all;
}

}  // namespace

Result<Approvals> Approvals::by_words(const Site& site, const std::optional<ListName>& list,
                                      const std::vector<std::string>& words, UnixTime now) {
  if (words.empty()) return Approvals();
  const std::span most = std::span(words).first(std::min(words.size(), kMaxApprovals));
  Result<std::vector<ItemsOfWord>> all = items_of(site, list, most, now);
  if (!all) return all.error();
  Approvals approvals;
  SiteScanner scanner(site);
  SiteDns dns(site.config());
  const CopyFacts facts(site, dns, now);
  for (const ItemsOfWord& items : *all) {
    Result<List> opened = List::open(site, items.list);
    if (!opened) return opened.error();
    for (const std::string& id : items.ids) {
      Status prepared = approvals.prepare(site, *opened, id, [&](std::string_view held) {
        return release_of_held(site, *opened, held, scanner, facts);
      });
      if (!prepared) return prepared.error();
    }
  }
  return approvals;
}

Result<Approvals> Approvals::of_item(const Site& site, std::string_view list, std::string_view id, UnixTime now) {
  Result<std::optional<Waiting>> waiting = find_waiting_under(site, list, id);
  if (!waiting) return waiting.error();
  if (!*waiting) return Approvals();
  Result<List> opened = list_of(site, (*waiting)->item);
  if (!opened) return opened.error();
  Approvals approvals;
  SiteScanner scanner(site);
  SiteDns dns(site.config());
  Status prepared = approvals.prepare(site, *opened, id, [&](std::string_view held) {
    return release_of_held(site, *opened, held, scanner, CopyFacts(site, dns, now));
  });
  return prepared ? Result<Approvals>(std::move(approvals)) : prepared.error();
}

Status Approvals::add_confirmed(const Site& site, const ListName& list, const mail::Address& author,
                                std::string_view token, UnixTime now) {
  Result<std::vector<std::string>> ids = ids_confirmed_by(site, list, author, token, now);
  if (!ids) return ids.error();
  if (ids->empty()) return {};
  Result<List> opened = List::open(site, list);
  if (!opened) return opened.error();
  SiteDns dns(site.config());
  const CopyFacts facts(site, dns, now);
  const auto release = [&](std::string_view id) -> Result<std::optional<Release>> {
    Result<std::optional<Copies>> copies = copies_of_confirmed(site, *opened, id, facts);
    if (!copies) return copies.error();
    if (!*copies) return std::optional<Release>();
    return std::optional(Release{std::move(**copies)});
  };
  for (const std::string& id : *ids) {
    Status prepared = prepare(site, *opened, id, release);
    if (!prepared) return prepared;
  }
  return {};
}

Status Approvals::prepare(const Site& site, const List& list, std::string_view id, const MakeRelease& make) {
  const Key key(list.address(), id);
  if (made_.contains(key) || obstacles_.contains(key)) return {};
  if (made_.size() >= kMaxApprovals || octets_ >= kMaxApprovalOctets) {
    const bool is_left_unscanned = is_scanned(site, list) && has_held_file(site, list, id);
    if (is_left_unscanned) obstacles_.emplace(key, Reason{ReasonId::not_scanned});
    return {};
  }
  Result<std::optional<Release>> release = make(id);
  if (!release) return release.error();
  if (!*release) return {};  // a request, or it has had its answer
  if ((*release)->obstacle) {
    obstacles_.emplace(key, std::move(*(*release)->obstacle));
    return {};
  }
  octets_ += (*release)->copies.for_all.size();
  made_.emplace(key, std::move((*release)->copies));
  return {};
}

std::optional<Reason> Approvals::obstacle(const List& list, std::string_view id) const {
  const auto found = obstacles_.find(Key(list.address(), id));
  return found == obstacles_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<Copies> Approvals::take(const List& list, std::string_view id) {
  auto made = made_.extract(Key(list.address(), id));
  return made.empty() ? std::nullopt : std::optional(std::move(made.mapped()));
}

}  // namespace majlis::lists
