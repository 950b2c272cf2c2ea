#include "store/rows.h"
#include "store/tables.h"

// When the threads of a list began. Every row is forgotten in time.
namespace majlis::store {
namespace {

Key thread_key(std::string_view list, std::string_view digest) { return Key(Table::thread).text(list).text(digest); }

}  // namespace

Result<std::optional<UnixTime>> View::thread_begin(std::string_view list, std::string_view digest) const {
  Result<std::optional<std::string>> row = tables_->find(thread_key(list, digest));
  if (!row) return row.error();
  if (!*row) return std::optional<UnixTime>();
  Result<UnixTime> began = read_thread(**row);
  return began ? Result(std::optional(*began)) : began.error();
}

Status Writer::put_thread(std::string_view list, std::string_view digest, UnixTime began, UnixTime forget_after) {
  return tables_->replace_expiring(thread_key(list, digest), thread_row(began, forget_after), forget_after);
}

}  // namespace majlis::store
