#include "lists/pending/approvals.h"

#include <algorithm>
#include <span>

#include "lists/pending/waiting.h"
#include "lists/posts/held/moderation.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

Result<std::vector<ItemOfWord>> items_of(const Site& site, const std::optional<ListName>& list,
                                         const std::vector<std::string>& words, UnixTime now) {
  std::unique_ptr<store::Reader> reader;
  if (!list) {
    Result<std::unique_ptr<store::Reader>> opened = site.open_reader();
    if (!opened) return opened.error();
    reader = std::move(*opened);
  }
  std::vector<ItemOfWord> items;
  for (const std::string& word : std::span(words).first(std::min(words.size(), kMaxApprovals))) {
    Result<std::optional<ItemOfWord>> item = item_of_word(site, reader.get(), list, word, now);
    if (!item) return item.error();
    if (*item) items.push_back(std::move(**item));
  }
  return items;
}

}  // namespace

Result<Approvals> Approvals::by_words(const Site& site, const std::optional<ListName>& list,
                                      const std::vector<std::string>& words, UnixTime now) {
  if (words.empty()) return Approvals();
  Result<std::vector<ItemOfWord>> items = items_of(site, list, words, now);
  if (!items) return items.error();
  Approvals approvals;
  for (const ItemOfWord& item : *items) {
    Result<List> opened = List::open(site, item.list);
    if (!opened) return opened.error();
    Status prepared = approvals.prepare(site, *opened, item.id);
    if (!prepared) return prepared.error();
  }
  return approvals;
}

Result<Approvals> Approvals::of_item(const Site& site, std::string_view list, std::string_view id) {
  Result<std::optional<Waiting>> waiting = find_waiting_under(site, list, id);
  if (!waiting) return waiting.error();
  if (!*waiting) return Approvals();
  Result<List> opened = list_of(site, (*waiting)->item);
  if (!opened) return opened.error();
  Approvals approvals;
  Status prepared = approvals.prepare(site, *opened, id);
  return prepared ? Result<Approvals>(std::move(approvals)) : prepared.error();
}

Status Approvals::prepare(const Site& site, const List& list, std::string_view id) {
  const Key key(list.address(), id);
  if (made_.contains(key) || octets_ >= kMaxApprovalOctets) return {};
  Result<std::optional<Copies>> copies = copies_of_held(site, list, id);
  if (!copies) return copies.error();
  if (!*copies) return {};  // a request, or it has had its answer
  octets_ += (*copies)->for_all.size();
  made_.emplace(key, std::move(**copies));
  return {};
}

std::optional<Copies> Approvals::take(const List& list, std::string_view id) {
  auto made = made_.extract(Key(list.address(), id));
  return made.empty() ? std::nullopt : std::optional(std::move(made.mapped()));
}

}  // namespace majlis::lists
