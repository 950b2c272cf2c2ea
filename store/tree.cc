#include "store/tree.h"

#include <db_cxx.h>

#include <cstdlib>
#include <memory>
#include <vector>

#include "store/fault.h"
#include "store/rows.h"

namespace majlis::store {
namespace {

constexpr std::uint32_t kSmallReadOctets = 16 * 1024;
constexpr std::uint32_t kLargeReadOctets = 512 * 1024;
constexpr std::uint32_t kMaxReadOctets = 4 * kMaxRowOctets;
constexpr std::size_t kManyRows = 64;
// Of so many rows in a row the first share goes in before the others. A page that is full parts in two halves, so rows
// that come one behind the other leave halves behind them; the others fill these up, and almost none parts again.
constexpr std::size_t kSpreadRows = 20;
constexpr std::size_t kFirstRows = 11;
constexpr std::size_t kSpreadStep = 9;  // has no divisor with kSpreadRows: the first ones stand evenly

struct CloseCursor {
  void operator()(Dbc* cursor) const { cursor->close(); }
};
using Cursor = std::unique_ptr<Dbc, CloseCursor>;

struct FreeOctets {
  void operator()(void* octets) const { std::free(octets); }
};

Dbt dbt_of(std::string_view octets) {
  return {const_cast<char*>(octets.data()), static_cast<std::uint32_t>(octets.size())};
}

std::string_view view_of(const Dbt& dbt) { return {static_cast<const char*>(dbt.get_data()), dbt.get_size()}; }

Result<Cursor> open_cursor(Db& db, DbTxn* transaction) {
  Dbc* cursor = nullptr;
  const int code = db.cursor(transaction, &cursor, 0);
  if (code != 0) return fault("open cursor", code);
  return Cursor(cursor);
}

// Octets for one bulk read, made larger when a single row does not fit.
class ReadBuffer {
 public:
  explicit ReadBuffer(std::size_t expected_rows)
      : octets_(expected_rows < kManyRows ? kSmallReadOctets : kLargeReadOctets) {
    attach();
  }

  Dbt& dbt() { return dbt_; }

  bool grow() {
    if (octets_ >= kMaxReadOctets) return false;
    octets_ = kMaxReadOctets;
    attach();
    return true;
  }

 private:
  void attach() {
    buffer_ = std::make_unique_for_overwrite<char[]>(octets_);
    dbt_.set_data(buffer_.get());
    dbt_.set_ulen(octets_);
    dbt_.set_flags(DB_DBT_USERMEM);
  }

  std::uint32_t octets_;
  std::unique_ptr<char[]> buffer_;
  Dbt dbt_;
};

// The places 0 to `count` - 1 in the order in which sorted rows go in.
template <typename Put>
Status for_spread(std::size_t count, const Put& put) {
  const bool is_spread = count >= kManyRows;
  for (const bool is_first : {true, false}) {
    for (std::size_t at = 0; at < count; ++at) {
      const bool goes_first = !is_spread || at * kSpreadStep % kSpreadRows < kFirstRows;
      if (goes_first != is_first) continue;
      if (Status done = put(at); !done) return done;
    }
  }
  return {};
}

// false: the scan is over.
bool visit_rows(Dbt& rows, std::string_view prefix, const Tree::Visitor& visit) {
  DbMultipleKeyDataIterator iterator(rows);
  Dbt key;
  Dbt value;
  while (iterator.next(key, value)) {
    if (!view_of(key).starts_with(prefix)) return false;
    if (visit(view_of(key), view_of(value)) == Tree::Visit::stop) return false;
  }
  return true;
}

}  // namespace

Result<std::optional<std::string>> Tree::find(std::string_view key) const {
  Dbt wanted = dbt_of(key);
  Dbt value;
  value.set_flags(DB_DBT_MALLOC);
  const int code = db_.get(transaction_, &wanted, &value, 0);
  const std::unique_ptr<void, FreeOctets> owner(value.get_data());
  if (code == DB_NOTFOUND) return std::optional<std::string>();
  if (code != 0) return fault("read", code);
  return std::optional<std::string>(view_of(value));
}

Status Tree::scan(std::string_view prefix, std::string_view from, std::size_t expected_rows,
                  const Visitor& visit) const {
  Result<Cursor> cursor = open_cursor(db_, transaction_);
  if (!cursor) return cursor.error();
  ReadBuffer buffer(expected_rows);
  std::uint32_t step = DB_SET_RANGE;
  for (;;) {
    Dbt key = dbt_of(from < prefix ? prefix : from);
    const int code = (*cursor)->get(&key, &buffer.dbt(), step | DB_MULTIPLE_KEY);
    if (code == DB_NOTFOUND) return {};
    if (code == DB_BUFFER_SMALL && buffer.grow()) continue;
    if (code != 0) return fault("scan", code);
    if (!visit_rows(buffer.dbt(), prefix, visit)) return {};
    step = DB_NEXT;
  }
}

Result<std::optional<std::string>> Tree::find_key_before(std::string_view bound) const {
  Result<Cursor> cursor = open_cursor(db_, transaction_);
  if (!cursor) return cursor.error();
  Dbt key = dbt_of(bound);
  Dbt value;
  value.set_flags(DB_DBT_PARTIAL);  // no octets of the value are wanted
  int code = (*cursor)->get(&key, &value, DB_SET_RANGE);
  if (code == 0)
    code = (*cursor)->get(&key, &value, DB_PREV);
  else if (code == DB_NOTFOUND)
    code = (*cursor)->get(&key, &value, DB_LAST);
  if (code == DB_NOTFOUND) return std::optional<std::string>();
  if (code != 0) return fault("scan", code);
  return std::optional<std::string>(view_of(key));
}

Result<bool> Tree::insert(std::string_view key, std::string_view value) { return put(key, value, DB_NOOVERWRITE); }

Status Tree::replace(std::string_view key, std::string_view value) {
  Result<bool> done = put(key, value, 0);
  if (!done) return done.error();
  return {};
}

Result<bool> Tree::is_empty_between(std::string_view first, std::string_view last) const {
  bool is_empty = true;
  Status scanned = scan({}, first, 1, [&](std::string_view key, std::string_view) {
    is_empty = key > last;
    return Visit::stop;
  });
  return scanned ? Result<bool>(is_empty) : scanned.error();
}

Result<std::vector<bool>> Tree::insert_sorted(std::span<const Row> rows) {
  std::vector<bool> is_new(rows.size(), true);
  bool are_all_new = false;
  if (rows.size() >= kManyRows) {
    Result<bool> empty = is_empty_between(rows.front().key, rows.back().key);
    if (!empty) return empty.error();
    are_all_new = *empty;
  }
  Status done = for_spread(rows.size(), [&](std::size_t at) -> Status {
    is_new[at] = at == 0 || rows[at].key != rows[at - 1].key;  // of a key that stands there twice the first row counts
    if (!is_new[at]) return {};
    if (are_all_new) return replace(rows[at].key, rows[at].value);
    Result<bool> inserted = insert(rows[at].key, rows[at].value);
    if (inserted) is_new[at] = *inserted;
    return inserted ? Status() : Status(inserted.error());
  });
  return done ? Result(std::move(is_new)) : done.error();
}

Status Tree::replace_sorted(std::span<const Row> rows) {
  return for_spread(rows.size(), [&](std::size_t at) { return replace(rows[at].key, rows[at].value); });
}

Result<bool> Tree::erase(std::string_view key) {
  Dbt wanted = dbt_of(key);
  const int code = db_.del(transaction_, &wanted, 0);
  if (code == DB_NOTFOUND) return false;
  if (code == 0) return true;
  broken_ = true;
  return fault("remove", code);
}

Error Tree::too_large(std::size_t octets) {
  return Error{ErrorKind::refused, "store: write: a row of " + std::to_string(octets) + " octets is too large"};
}

Result<bool> Tree::put(std::string_view key, std::string_view value, unsigned flags) {
  if (value.size() > kMaxRowOctets) return too_large(value.size());
  Dbt wanted = dbt_of(key);
  Dbt row = dbt_of(value);
  const int code = db_.put(transaction_, &wanted, &row, flags);
  if (code == DB_KEYEXIST) return false;
  if (code == 0) return true;
  broken_ = true;
  return fault("write", code);
}

}  // namespace majlis::store
