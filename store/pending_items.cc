#include "store/rows.h"
#include "store/tables.h"

// What waits for somebody's decision.
namespace majlis::store {
namespace {

// Rows are removed in slices: the tree must not change under a scan.
constexpr std::size_t kRemoveSlice = 1'000;

Key item_key(std::string_view list, std::string_view id) { return Key(Table::pending_item).text(list).text(id); }

Key id_key(std::string_view id, std::string_view list) { return Key(Table::pending_id).text(id).text(list); }

Key about_prefix(std::string_view list, std::string_view kind) {
  return Key(Table::pending_about).text(list).text(kind);
}

Key about_key(const PendingItem& item) { return about_prefix(item.list, item.kind).text(item.address).text(item.id); }

}  // namespace

Result<std::optional<PendingItem>> View::find_pending(std::string_view list, std::string_view id) const {
  Result<std::optional<std::string>> row = tables_->find(item_key(list, id));
  if (!row) return row.error();
  if (!*row) return std::optional<PendingItem>();
  Result<PendingItem> item = read_pending_item(**row);
  if (!item) return item.error();
  return std::optional<PendingItem>(std::move(*item));
}

Result<std::vector<PendingItem>> View::pending_items(std::string_view list, std::size_t max,
                                                     const PendingItem* behind) const {
  Key prefix(Table::pending_item);
  if (!list.empty()) prefix.text(list);
  std::string from = prefix.octets();
  if (behind != nullptr) from = item_key(behind->list, behind->id).octets() + '\0';
  std::vector<PendingItem> items;
  std::optional<Error> problem;
  Status scanned = tables_->rows().scan(prefix.octets(), from, max, [&](std::string_view, std::string_view row) {
    if (items.size() >= max) return Tree::Visit::stop;
    Result<PendingItem> item = read_pending_item(row);
    if (!item) {
      problem = item.error();
      return Tree::Visit::stop;
    }
    items.push_back(std::move(*item));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (problem) return *problem;
  return items;
}

// The last parts of the keys that begin with `prefix`.
Result<std::vector<std::string>> View::last_parts(const std::string& prefix, std::size_t max) const {
  std::vector<std::string> parts;
  bool damaged = false;
  Status scanned = tables_->rows().scan(prefix, prefix, max, [&](std::string_view key, std::string_view) {
    if (parts.size() >= max) return Tree::Visit::stop;
    std::string_view rest = key.substr(prefix.size());
    std::optional<std::string> part = take_text(rest);
    damaged = !part || !rest.empty();
    if (damaged) return Tree::Visit::stop;
    parts.push_back(std::move(*part));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (damaged) return Error{ErrorKind::damaged, "store: read index row of a pending item: its key is malformed"};
  return parts;
}

Result<std::vector<std::string>> View::lists_with_pending(std::string_view id, std::size_t max) const {
  return last_parts(Key(Table::pending_id).text(id).octets(), max);
}

Result<std::optional<PendingItem>> View::find_pending_about(std::string_view list, std::string_view kind,
                                                            std::string_view address) const {
  Result<std::vector<std::string>> ids = last_parts(about_prefix(list, kind).text(address).octets(), 1);
  if (!ids) return ids.error();
  return ids->empty() ? std::optional<PendingItem>() : find_pending(list, ids->front());
}

Result<std::vector<PendingItem>> View::pending_about(std::string_view list, std::string_view kind,
                                                     std::string_view address, std::size_t max) const {
  Result<std::vector<std::string>> ids = last_parts(about_prefix(list, kind).text(address).octets(), max);
  if (!ids) return ids.error();
  std::vector<PendingItem> items;
  for (const std::string& id : *ids) {
    Result<std::optional<PendingItem>> item = find_pending(list, id);
    if (!item) return item.error();
    if (*item) items.push_back(std::move(**item));
  }
  return items;
}

Result<std::size_t> View::count_pending(std::string_view list, std::string_view kind, std::size_t max) const {
  const std::string prefix = about_prefix(list, kind).octets();
  std::size_t count = 0;
  Status scanned = tables_->rows().scan(prefix, prefix, max, [&](std::string_view, std::string_view) {
    return ++count < max ? Tree::Visit::more : Tree::Visit::stop;
  });
  if (!scanned) return scanned.error();
  return count;
}

Status Writer::put_pending(const PendingItem& item) {
  Status done = tables_->replace(id_key(item.id, item.list), empty_row());
  if (done) done = tables_->replace(about_key(item), empty_row());
  return done ? tables_->replace(item_key(item.list, item.id), pending_item_row(item)) : done;
}

Result<bool> Writer::remove_pending(std::string_view list, std::string_view id) {
  Result<std::optional<PendingItem>> item = find_pending(list, id);
  if (!item) return item.error();
  if (!*item) return false;
  Result<bool> unindexed = tables_->erase(id_key(id, list));
  if (unindexed) unindexed = tables_->erase(about_key(**item));
  return unindexed ? tables_->erase(item_key(list, id)) : unindexed;
}

Status Writer::remove_all_pending(std::string_view list) {
  for (;;) {
    Result<std::vector<PendingItem>> items = pending_items(list, kRemoveSlice);
    if (!items) return items.error();
    if (items->empty()) return {};
    for (const PendingItem& item : *items) {
      Result<bool> removed = remove_pending(list, item.id);
      if (!removed) return removed.error();
    }
  }
}

}  // namespace majlis::store
