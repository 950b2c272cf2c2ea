#include "store/rows.h"
#include "store/tables.h"

// Numbers: events in fixed windows of time, sizes of archives and pending digests.
namespace majlis::store {
namespace {

UnixTime window_start(UnixTime now, UnixTime window_s) {
  const UnixTime into = now % window_s;
  return now - (into < 0 ? into + window_s : into);
}

Key counter_key(std::string_view key, UnixTime start, UnixTime window_s) {
  return Key(Table::counter).text(key).time(window_s).time(start);
}

Error no_window() { return Error{ErrorKind::refused, "store: count: the window must be at least a second"}; }

Key archive_key(std::string_view list, std::string_view month) { return Key(Table::archive).text(list).text(month); }

}  // namespace

Result<std::uint64_t> View::counted(std::string_view key, UnixTime now, UnixTime window_s) const {
  if (window_s < 1) return no_window();
  Result<std::optional<std::string>> row = tables_->find(counter_key(key, window_start(now, window_s), window_s));
  if (!row) return row.error();
  if (!*row) return std::uint64_t{0};
  return read_count(**row);
}

Status Writer::count(std::string_view key, UnixTime now, UnixTime window_s, std::uint64_t amount) {
  Result<std::uint64_t> before = counted(key, now, window_s);
  if (!before) return before.error();
  const UnixTime start = window_start(now, window_s);
  const UnixTime end = start + window_s;
  const std::uint64_t after = amount > UINT64_MAX - *before ? UINT64_MAX : *before + amount;
  return tables_->replace_expiring(counter_key(key, start, window_s), count_row(after, end), end);
}

Result<std::uint64_t> View::archive_octets(std::string_view list, std::string_view month) const {
  return tables_->find_number(archive_key(list, month));
}

Status Writer::set_archive_octets(std::string_view list, std::string_view month, std::uint64_t octets) {
  return tables_->replace(archive_key(list, month), number_row(octets));
}

Result<PendingDigest> View::pending_digest(std::string_view list) const {
  Result<std::optional<std::string>> row = tables_->find(Key(Table::pending_digest).text(list));
  if (!row) return row.error();
  return *row ? read_pending_digest(**row) : Result<PendingDigest>(PendingDigest());
}

Status Writer::set_pending_digest(std::string_view list, const PendingDigest& pending) {
  return tables_->replace(Key(Table::pending_digest).text(list), pending_digest_row(pending));
}

}  // namespace majlis::store
