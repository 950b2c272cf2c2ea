#include <algorithm>

#include "store/rows.h"
#include "store/tables.h"

// What came back, and what a list's owner will be told.
namespace majlis::store {
namespace {

Key bounce_key(std::string_view list, const mail::Address& address) {
  return Key(Table::bounce).text(list).address(address);
}

Key report_key(std::string_view list, const ReportEntry& entry) {
  return Key(Table::report).text(list).text(entry.kind).text(entry.address);
}

// The records of all rows whose keys begin with `prefix`, at most `max`.
template <typename Record>
Result<std::vector<Record>> read_all(const Tree& rows, const Key& prefix, std::size_t max,
                                     Result<Record> (*read)(std::string_view row)) {
  std::vector<Record> records;
  std::optional<Error> problem;
  Status scanned = rows.scan(prefix.octets(), prefix.octets(), max, [&](std::string_view, std::string_view row) {
    if (records.size() >= max) return Tree::Visit::stop;
    Result<Record> record = read(row);
    if (!record) {
      problem = record.error();
      return Tree::Visit::stop;
    }
    records.push_back(std::move(*record));
    return Tree::Visit::more;
  });
  if (!scanned) return scanned.error();
  if (problem) return *problem;
  return records;
}

}  // namespace

Result<std::optional<BounceRecord>> View::find_bounces(std::string_view list, const mail::Address& address) const {
  Result<std::optional<std::string>> row = tables_->find(bounce_key(list, address));
  if (!row) return row.error();
  if (!*row) return std::optional<BounceRecord>();
  Result<BounceRecord> record = read_bounce(**row);
  if (!record) return record.error();
  return std::optional<BounceRecord>(std::move(*record));
}

Status Writer::put_bounces(std::string_view list, const mail::Address& address, const BounceRecord& record,
                           UnixTime forget_after) {
  return tables_->replace_expiring(bounce_key(list, address), bounce_row(record, forget_after), forget_after);
}

Status Writer::forget_bounces(std::string_view list, const mail::Address& address) {
  Result<bool> erased = tables_->erase(bounce_key(list, address));
  if (!erased) return erased.error();
  return {};
}

Result<std::vector<BounceRecord>> View::bounces_of(std::string_view list, std::size_t max) const {
  return read_all<BounceRecord>(tables_->rows(), Key(Table::bounce).text(list), max, read_bounce);
}

Result<std::vector<ReportEntry>> View::report_entries(std::string_view list, std::size_t max) const {
  return read_all<ReportEntry>(tables_->rows(), Key(Table::report).text(list), max, read_report);
}

Status Writer::add_report_entry(std::string_view list, const ReportEntry& entry, UnixTime forget_after) {
  Result<std::optional<std::string>> row = tables_->find(report_key(list, entry));
  if (!row) return row.error();
  ReportEntry joined = entry;
  if (*row) {
    Result<ReportEntry> before = read_report(**row);
    if (!before) return before.error();
    joined.first = std::min(before->first, entry.first);
    const bool tells_all = entry.first < entry.last && entry.first <= before->first;
    if (!tells_all) joined.count = before->count > UINT32_MAX - entry.count ? UINT32_MAX : before->count + entry.count;
  }
  return tables_->replace_expiring(report_key(list, joined), report_row(joined, forget_after), forget_after);
}

Status Writer::forget_report_entries(std::string_view list, const std::vector<ReportEntry>& entries) {
  for (const ReportEntry& entry : entries) {
    Result<bool> erased = tables_->erase(report_key(list, entry));
    if (!erased) return erased.error();
  }
  return {};
}

}  // namespace majlis::store
