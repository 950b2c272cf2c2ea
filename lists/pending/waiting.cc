#include "lists/pending/waiting.h"

#include <algorithm>
#include <tuple>

#include "base/text.h"
#include "lists/effects/moderation_word.h"
#include "lists/pending/kinds.h"
#include "lists/posts/held/author_challenge.h"
#include "lists/site/directory.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kItemsPerPage = 1000;
constexpr std::size_t kMaxLists = 10;  // where something of one id waits

Result<Waiting> described(store::PendingItem item) {
  Result<const PendingKind*> kind = find_kind(item);
  if (!kind) return kind.error();
  Result<PendingDescription> description = (*kind)->describe(item);
  if (!description) return description.error();
  return Waiting{std::move(item), std::move(*description)};
}

// Where something of the word's id waits.
Result<std::vector<ListName>> lists_of_word(const Site& site, const store::View& state, std::string_view word) {
  const std::string id = to_lower_ascii(word.substr(0, word.find('.')));
  Result<std::vector<std::string>> addresses = state.lists_with_pending(id, kMaxLists);
  if (!addresses) return addresses.error();
  std::vector<ListName> names;
  for (const std::string& address : *addresses) {
    std::optional<ListName> name = find_list(site, address, site.config().domain);
    if (name) names.push_back(std::move(*name));
  }
  return names;
}

Result<std::optional<ItemsOfWord>> items_before(const store::View& state, const ListName& list, UnixTime before) {
  Result<std::vector<store::PendingItem>> items = oldest_pending(state, list.address());
  if (!items) return items.error();
  ItemsOfWord found{.list = list, .ids = {}, .is_for_all = true};
  for (const store::PendingItem& item : *items) {
    if (item.asked >= before) break;
    if (found.ids.size() < kMaxItemsOfWord) {
      found.ids.push_back(item.id);
    } else {
      ++found.left;
    }
  }
  return std::optional(std::move(found));
}

}  // namespace

Result<std::vector<store::PendingItem>> oldest_pending(const store::View& state, const std::string& list) {
  Result<std::vector<store::PendingItem>> items = state.pending_items(list, kItemsPerPage);
  if (!items) return items.error();
  std::erase_if(*items, [](const store::PendingItem& item) { return waits_for_author(item); });
  std::sort(items->begin(), items->end(), [](const store::PendingItem& left, const store::PendingItem& right) {
    return std::tie(left.asked, left.id) < std::tie(right.asked, right.id);
  });
  return items;
}

Result<std::vector<Waiting>> waiting_page(const Site& site, std::string_view list, const store::PendingItem* behind) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<std::vector<store::PendingItem>> items = (*reader)->pending_items(list, kItemsPerPage, behind);
  if (!items) return items.error();
  std::vector<Waiting> page;
  page.reserve(items->size());
  for (store::PendingItem& item : *items) {
    Result<Waiting> waiting = described(std::move(item));
    if (!waiting) return waiting.error();
    page.push_back(std::move(*waiting));
  }
  return page;
}

Result<std::optional<store::PendingItem>> find_pending_under(const store::View& state, std::string_view list,
                                                             std::string_view id) {
  if (!list.empty()) return state.find_pending(list, id);
  Result<std::vector<std::string>> lists = state.lists_with_pending(id, kMaxLists);
  if (!lists) return lists.error();
  if (lists->empty()) return std::optional<store::PendingItem>();
  if (lists->size() == 1) return state.find_pending(lists->front(), id);
  std::string names;
  for (const std::string& name : *lists) names += (names.empty() ? "" : ", ") + name;
  return Error{ErrorKind::refused, "lists: several lists have something under this id, name one of them: " + names};
}

Result<std::optional<Waiting>> find_waiting_under(const Site& site, std::string_view list, std::string_view id) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<std::optional<store::PendingItem>> item = find_pending_under(**reader, list, id);
  if (!item) return item.error();
  if (!*item) return std::optional<Waiting>();
  Result<Waiting> waiting = described(std::move(**item));
  if (!waiting) return waiting.error();
  return std::optional<Waiting>(std::move(*waiting));
}

Result<std::optional<ItemsOfWord>> items_of_word(const Site& site, const store::View* state,
                                                 const std::optional<ListName>& list, std::string_view word,
                                                 UnixTime now) {
  const auto before = list ? check_moderation_word_for_all(site, list->address(), word, now) : std::nullopt;
  if (before) return items_before(*state, *list, *before);
  Result<std::vector<ListName>> names = list ? std::vector{*list} : lists_of_word(site, *state, word);
  if (!names) return names.error();
  for (const ListName& name : *names) {
    std::optional<std::string> id = check_moderation_word(site, name.address(), word, now);
    if (id) return std::optional(ItemsOfWord{.list = name, .ids = {std::move(*id)}});
  }
  return std::optional<ItemsOfWord>();
}

Result<List> list_of(const Site& site, const store::PendingItem& item) {
  const std::optional<ListName> name = find_list(site, item.list, site.config().domain);
  if (!name) return Error{ErrorKind::missing, "lists: there is no list " + item.list + " any more"};
  return List::open(site, *name);
}

}  // namespace majlis::lists
