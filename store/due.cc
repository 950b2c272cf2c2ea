#include "store/rows.h"
#include "store/tables.h"

// Work that waits for its time: one row an item, one index row by kind and time.
namespace majlis::store {
namespace {

// Rows are removed in slices: the tree must not change under a scan.
constexpr std::size_t kRemoveSlice = 1'000;
constexpr std::string_view kLastSerial = "due_serial";

Key items_key(std::string_view list) { return Key(Table::item).text(list); }

Key item_key(std::string_view kind, std::string_view list, std::string_view id) {
  return items_key(list).text(kind).text(id);
}

Key due_key(const DueItem& item) {
  return Key(Table::due).text(item.kind).time(item.due).text(item.list).text(item.id);
}

Key fact_key(std::string_view name) { return Key(Table::fact).text(name); }

Error malformed_key() { return Error{ErrorKind::damaged, "store: read due row: its key is malformed"}; }

// What the key of an item's row says; the rest of the item is in the row.
std::optional<DueItem> item_named_by(std::string_view key) {
  std::string_view rest = key.substr(Key(Table::item).octets().size());
  std::optional<std::string> list = take_text(rest);
  std::optional<std::string> kind = list ? take_text(rest) : std::nullopt;
  std::optional<std::string> id = kind ? take_text(rest) : std::nullopt;
  if (!id || !rest.empty()) return std::nullopt;
  DueItem item;
  item.kind = std::move(*kind);
  item.list = std::move(*list);
  item.id = std::move(*id);
  return item;
}

struct Indexed {
  std::string list;
  std::string id;
};

// Names behind the index rows of `kind` that are due, in the order of their times.
Result<std::vector<Indexed>> find_indexed(const Tree& rows, std::string_view kind, UnixTime now, std::size_t max) {
  const std::string prefix = Key(Table::due).text(kind).octets();
  std::vector<Indexed> found;
  bool damaged = false;
  Status scanned = rows.scan(prefix, prefix, max, [&](std::string_view key, std::string_view) {
    std::string_view rest = key.substr(prefix.size());
    const std::optional<UnixTime> time = take_time(rest);
    if (time && (*time > now || found.size() >= max)) return Tree::Visit::stop;
    std::optional<std::string> list = time ? take_text(rest) : std::nullopt;
    std::optional<std::string> id = list ? take_text(rest) : std::nullopt;
    damaged = !id || !rest.empty();
    if (damaged) return Tree::Visit::stop;
    found.push_back({std::move(*list), std::move(*id)});
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (damaged) return malformed_key();
  return found;
}

}  // namespace

Result<std::optional<DueItem>> View::find_due_item(std::string_view kind, std::string_view list,
                                                   std::string_view id) const {
  Result<std::optional<std::string>> row = tables_->find(item_key(kind, list, id));
  if (!row) return row.error();
  if (!*row) return std::optional<DueItem>();
  DueItem item;
  item.kind = kind;
  item.list = list;
  item.id = id;
  Result<DueItem> whole = read_due(std::move(item), **row);
  if (!whole) return whole.error();
  return std::optional<DueItem>(std::move(*whole));
}

Result<std::vector<DueItem>> View::due_items(std::string_view kind, UnixTime now, std::size_t max) const {
  Result<std::vector<Indexed>> indexed = find_indexed(tables_->rows(), kind, now, max);
  if (!indexed) return indexed.error();
  std::vector<DueItem> items;
  for (const Indexed& name : *indexed) {
    Result<std::optional<DueItem>> item = find_due_item(kind, name.list, name.id);
    if (!item) return item.error();
    if (!*item) return Error{ErrorKind::damaged, "store: read due row: there is no such item"};
    items.push_back(std::move(**item));
  }
  return items;
}

Result<std::vector<DueItem>> View::scheduled_items(const DueItem* behind, std::size_t max) const {
  const std::string prefix = Key(Table::item).octets();
  std::string from = prefix;
  if (behind != nullptr) from = item_key(behind->kind, behind->list, behind->id).octets() + '\0';
  std::vector<DueItem> items;
  std::optional<Error> problem;
  Status scanned = tables_->rows().scan(prefix, from, max, [&](std::string_view key, std::string_view row) {
    if (items.size() >= max) return Tree::Visit::stop;
    std::optional<DueItem> named = item_named_by(key);
    Result<DueItem> item = named ? read_due(std::move(*named), row) : Result<DueItem>(malformed_key());
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

Status Writer::schedule(const DueItem& item, UnixTime now) {
  if (item.value.size() > kMaxDueValueOctets) return Error{ErrorKind::refused, "store: schedule: too large a value"};
  Result<bool> moved = unschedule(item.kind, item.list, item.id);
  if (!moved) return moved.error();
  Result<std::uint64_t> last = fact(kLastSerial);
  if (!last) return last.error();
  DueItem kept = item;
  kept.serial = *last + 1;
  kept.scheduled = now;
  Status done = set_fact(kLastSerial, kept.serial);
  return done ? put_item(kept) : done;
}

Result<bool> Writer::move_item(const DueItem& item, UnixTime now) {
  Result<std::optional<DueItem>> there = find_due_item(item.kind, item.list, item.id);
  if (!there) return there.error();
  if (!*there || (*there)->serial != item.serial) return false;
  Result<bool> unindexed = tables_->erase(due_key(**there));
  if (!unindexed) return unindexed;
  DueItem moved = item;
  moved.scheduled = now;
  Status done = put_item(moved);
  if (!done) return done.error();
  return true;
}

Status Writer::put_item(const DueItem& item) {
  Status done = tables_->replace(item_key(item.kind, item.list, item.id), due_row(item));
  return done ? tables_->replace(due_key(item), empty_row()) : done;
}

Result<bool> Writer::unschedule(std::string_view kind, std::string_view list, std::string_view id) {
  Result<std::optional<DueItem>> item = find_due_item(kind, list, id);
  if (!item) return item.error();
  if (!*item) return false;
  Result<bool> unindexed = tables_->erase(due_key(**item));
  if (!unindexed) return unindexed;
  return tables_->erase(item_key(kind, list, id));
}

Status Writer::unschedule_list(std::string_view list) { return unschedule_under(items_key(list).octets()); }

Status Writer::unschedule_kind(std::string_view kind, std::string_view list) {
  return unschedule_under(items_key(list).text(kind).octets());
}

Status Writer::unschedule_under(const std::string& prefix) {
  for (;;) {
    std::vector<DueItem> items;
    bool damaged = false;
    Status scanned = tables_->rows().scan(prefix, prefix, kRemoveSlice, [&](std::string_view key, std::string_view) {
      std::optional<DueItem> named = item_named_by(key);
      damaged = !named;
      if (damaged || items.size() >= kRemoveSlice) return Tree::Visit::stop;
      items.push_back(std::move(*named));
      return Tree::Visit::more;
    });
    if (!scanned) return scanned;
    if (damaged) return malformed_key();
    if (items.empty()) return {};
    for (const DueItem& item : items) {
      Result<bool> gone = unschedule(item.kind, item.list, item.id);
      if (!gone) return gone.error();
    }
  }
}

Result<std::uint64_t> View::fact(std::string_view name) const { return tables_->find_number(fact_key(name)); }

Status Writer::set_fact(std::string_view name, std::uint64_t value) {
  return tables_->replace(fact_key(name), number_row(value));
}

}  // namespace majlis::store
