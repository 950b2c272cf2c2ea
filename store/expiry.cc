#include "store/rows.h"
#include "store/tables.h"

// Forgetting: the index of times names the rows; the row itself has the last word on its time.
namespace majlis::store {
namespace {

struct Due {
  std::string index_key;
  std::string row_key;
};

// Keys of rows whose time is over, oldest first.
Result<std::vector<Due>> find_due(const Tree& rows, UnixTime now, std::size_t max) {
  const std::string prefix = Key(Table::expiry).octets();
  std::vector<Due> due;
  bool damaged = false;
  Status scanned = rows.scan(prefix, prefix, max, [&](std::string_view key, std::string_view) {
    std::string_view rest = key.substr(prefix.size());
    const std::optional<UnixTime> time = take_time(rest);
    damaged = !time.has_value();
    if (damaged || *time > now || due.size() >= max) return Tree::Visit::stop;
    due.push_back(Due{std::string(key), std::string(rest)});
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (damaged) return Error{ErrorKind::damaged, "store: read expiry row: its key is malformed"};
  return due;
}

// true: the row was there and its time was over.
Result<bool> forget(Tree& rows, const Due& due, UnixTime now) {
  Result<std::optional<std::string>> row = rows.find(due.row_key);
  if (!row) return row.error();
  bool is_over = false;
  if (*row) {
    Result<UnixTime> forget_after = forget_after_of(**row);
    if (!forget_after) return forget_after.error();
    is_over = *forget_after <= now;
  }
  Result<bool> unindexed = rows.erase(due.index_key);
  if (!unindexed || !is_over) return unindexed ? Result<bool>(false) : unindexed;
  return rows.erase(due.row_key);
}

}  // namespace

Result<std::size_t> Writer::forget_expired(UnixTime now, std::size_t max) {
  Result<std::vector<Due>> due = find_due(tables_->rows(), now, max);
  if (!due) return due.error();
  if (due->empty()) return std::size_t{0};
  Status begun = tables_->begin();
  if (!begun) return begun.error();
  std::size_t forgotten = 0;
  for (const Due& one : *due) {
    Result<bool> gone = forget(tables_->rows(), one, now);
    if (!gone) return gone.error();
    if (*gone) ++forgotten;
  }
  return forgotten;
}

}  // namespace majlis::store
