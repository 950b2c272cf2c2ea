#include <algorithm>
#include <array>

#include "store/rows.h"
#include "store/tables.h"

// A list gets another name: every row whose key has the former one gets a key with the new one.
namespace majlis::store {
namespace {

// Rows move in slices: the tree must not change under a scan.
constexpr std::size_t kSlice = 1'000;

// Tables whose keys begin with a list.
constexpr std::array kByList = {Table::roster,         Table::bounce, Table::members,   Table::pending_item,
                                Table::pending_about,  Table::seen,   Table::report,    Table::archive,
                                Table::pending_digest, Table::ban,    Table::thread,    Table::accepted,
                                Table::consent,        Table::item,   Table::reference, Table::keyed_reference,
                                Table::trace};
// And those of them that are forgotten in time.
constexpr std::array kExpiring = {Table::bounce, Table::seen, Table::report, Table::thread, Table::trace};

struct Row {
  std::string key;
  std::string value;
};

Result<std::vector<Row>> next_rows(const Tree& rows, const std::string& prefix, std::string_view behind) {
  std::vector<Row> found;
  Status scanned = rows.scan(prefix, behind, kSlice, [&](std::string_view key, std::string_view value) {
    if (key == behind) return Tree::Visit::more;
    found.push_back({std::string(key), std::string(value)});
    return found.size() < kSlice ? Tree::Visit::more : Tree::Visit::stop;
  });
  return scanned ? Result(std::move(found)) : scanned.error();
}

Status move_row(Tree& rows, const std::string& from, const std::string& to, std::string_view value) {
  Result<bool> erased = rows.erase(from);
  return erased ? rows.replace(to, value) : Status(erased.error());
}

bool is_expiring(Table table) { return std::find(kExpiring.begin(), kExpiring.end(), table) != kExpiring.end(); }

Status move_expiry(Tree& rows, const Row& row, const std::string& to) {
  Result<UnixTime> time = forget_after_of(row.value);
  if (!time) return time.error();
  const std::string index = Key(Table::expiry).time(*time).octets();
  return move_row(rows, index + row.key, index + to, empty_row());
}

Error malformed_key() { return {ErrorKind::damaged, "store: rename a list: a key is malformed"}; }

// The index rows that lead to a row, and what in it names the list.
class RowMover {
 public:
  RowMover(Tree& rows, std::string_view from, std::string_view to) : rows_(rows), from_(from), to_(to) {}

  Status move_table(Table table) {
    const std::string before = Key(table).text(from_).octets();
    const std::string after = Key(table).text(to_).octets();
    for (;;) {
      Result<std::vector<Row>> slice = next_rows(rows_, before, "");
      if (!slice) return slice.error();
      if (slice->empty()) return {};
      for (Row& row : *slice) {
        const std::string rest = row.key.substr(before.size());
        Status done = move_what_leads_to(table, rest, row);
        if (done && is_expiring(table)) done = move_expiry(rows_, row, after + rest);
        if (done) done = move_row(rows_, row.key, after + rest, row.value);
        if (!done) return done;
      }
    }
  }

  // "LIST" and "LIST WORD".
  Status move_counts() {
    const std::string prefix = Key(Table::counted).octets();
    Result<std::vector<Row>> found = all_rows(prefix + from_);
    if (!found) return found.error();
    for (const Row& row : *found) {
      std::string_view rest = std::string_view(row.key).substr(prefix.size());
      const std::optional<std::string> name = take_text(rest);
      if (!name) return malformed_key();
      if (*name != from_ && !name->starts_with(from_ + " ")) continue;
      const Key after = Key(Table::counted).text(to_ + name->substr(from_.size()));
      if (Status done = move_row(rows_, row.key, after.octets(), row.value); !done) return done;
    }
    return {};
  }

  // Those in whose names the list is a word: "verp_posts LIST". What is known of removals stays with the name.
  Status move_facts(std::string_view kept) {
    const std::string prefix = Key(Table::fact).octets();
    Result<std::vector<Row>> found = all_rows(prefix);
    if (!found) return found.error();
    for (const Row& row : *found) {
      std::string_view rest = std::string_view(row.key).substr(prefix.size());
      std::optional<std::string> name = take_text(rest);
      if (!name) return malformed_key();
      const std::size_t at = (" " + *name + " ").find(" " + from_ + " ");
      if (at == std::string::npos || name->starts_with(kept)) continue;
      name->replace(at, from_.size(), to_);
      if (Status done = move_row(rows_, row.key, Key(Table::fact).text(*name).octets(), row.value); !done) return done;
    }
    return {};
  }

 private:
  Result<std::vector<Row>> all_rows(const std::string& prefix) const {
    std::vector<Row> all;
    for (;;) {
      Result<std::vector<Row>> slice = next_rows(rows_, prefix, all.empty() ? "" : all.back().key);
      if (!slice) return slice.error();
      if (slice->empty()) return all;
      all.insert(all.end(), slice->begin(), slice->end());
    }
  }

  Status move_what_leads_to(Table table, std::string_view rest, Row& row) {
    if (table == Table::roster) {
      const std::string index = std::string(1, static_cast<char>(Table::index)) + std::string(rest);
      return move_row(rows_, index + text_part(from_), index + text_part(to_), empty_row());
    }
    if (table == Table::pending_item) return move_pending(rest, row);
    return table == Table::item ? move_due(rest, row) : Status();
  }

  static std::string text_part(std::string_view text) { return Key(Table::index).text(text).octets().substr(1); }

  Status move_pending(std::string_view rest, Row& row) {
    Result<PendingItem> item = read_pending_item(row.value);
    const std::optional<std::string> id = take_text(rest);
    if (!item || !id) return item ? malformed_key() : item.error();
    item->list = to_;
    row.value = pending_item_row(*item);
    const Key index = Key(Table::pending_id).text(*id);
    return move_row(rows_, Key(index).text(from_).octets(), Key(index).text(to_).octets(), empty_row());
  }

  Status move_due(std::string_view rest, const Row& row) {
    const std::optional<std::string> kind = take_text(rest);
    const std::optional<std::string> id = kind ? take_text(rest) : std::nullopt;
    if (!id) return malformed_key();
    DueItem named;
    named.kind = *kind;
    named.list = from_;
    named.id = *id;
    Result<DueItem> item = read_due(std::move(named), row.value);
    if (!item) return item.error();
    const Key index = Key(Table::due).text(*kind).time(item->due);
    return move_row(rows_, Key(index).text(from_).text(*id).octets(), Key(index).text(to_).text(*id).octets(),
                    empty_row());
  }

  Tree& rows_;
  std::string from_;
  std::string to_;
};

constexpr std::string_view kRemoved = "removed ";
constexpr std::string_view kNamed = "named ";

}  // namespace

Result<ChangeNumber> View::named_at(std::string_view list) const {
  return fact(std::string(kNamed) + std::string(list));
}

Result<ChangeNumber> Writer::rename_list(std::string_view from, std::string_view to) {
  const Result<ChangeNumber> removed = removed_at(from);
  Status done = removed ? tables_->begin() : Status(removed.error());
  if (done) done = tables_->write_pending();
  RowMover mover(tables_->rows(), from, to);
  for (const Table table : kByList) {
    if (done) done = mover.move_table(table);
  }
  if (done) done = mover.move_counts();
  if (done) done = mover.move_facts(kRemoved);
  if (!done) {
    tables_->rows().break_off();
    return done.error();
  }
  Result<ChangeNumber> change = tables_->next_change();
  if (!change) return change;
  // Jobs for the list are older than this, and than an earlier list of the new name may have been when it was removed.
  done = set_fact(std::string(kRemoved) + std::string(to), *removed);
  if (done) done = set_fact(std::string(kRemoved) + std::string(from), *change);
  if (done) done = set_fact(std::string(kNamed) + std::string(to), *change);
  return done ? change : done.error();
}

}  // namespace majlis::store
