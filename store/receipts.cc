#include "store/rows.h"
#include "store/tables.h"

// What was done already: messages, tokens, posts. Every row is forgotten in time.
namespace majlis::store {
namespace {

// Rows are removed in slices: the tree must not change under a scan.
constexpr std::size_t kForgetSlice = 1'000;

Key receipt_key(std::string_view fingerprint) { return Key(Table::receipt).text(fingerprint); }
Key token_key(std::string_view token) { return Key(Table::token).text(token); }
Key seen_key(std::string_view list, std::string_view digest) { return Key(Table::seen).text(list).text(digest); }

Result<std::optional<UnixTime>> marked_until(Result<std::optional<std::string>> row) {
  if (!row) return row.error();
  if (!*row) return std::optional<UnixTime>();
  Result<UnixTime> until = read_mark(**row);
  return until ? Result(std::optional(*until)) : until.error();
}

Result<bool> is_marked(Result<std::optional<std::string>> row) {
  Result<std::optional<UnixTime>> until = marked_until(std::move(row));
  return until ? Result<bool>(until->has_value()) : until.error();
}

}  // namespace

Result<std::optional<Receipt>> View::find_receipt(std::string_view fingerprint) const {
  Result<std::optional<std::string>> row = tables_->find(receipt_key(fingerprint));
  if (!row) return row.error();
  if (!*row) return std::optional<Receipt>();
  Result<Receipt> receipt = read_receipt(fingerprint, **row);
  if (!receipt) return receipt.error();
  return std::optional<Receipt>(std::move(*receipt));
}

Result<bool> View::is_token_used(std::string_view canonical_token) const {
  return is_marked(tables_->find(token_key(canonical_token)));
}

Result<bool> View::has_seen(std::string_view list, std::string_view digest) const {
  return is_marked(tables_->find(seen_key(list, digest)));
}

Result<std::optional<UnixTime>> View::seen_until(std::string_view list, std::string_view digest) const {
  return marked_until(tables_->find(seen_key(list, digest)));
}

Status Writer::record_receipt(const Receipt& receipt, UnixTime forget_after) {
  if (receipt.steps.size() > kMaxPublishSteps) {
    return Error{ErrorKind::refused, "store: record receipt: too many steps"};
  }
  return tables_->replace_expiring(receipt_key(receipt.fingerprint), receipt_row(receipt, forget_after), forget_after);
}

Status Writer::mark_token_used(std::string_view canonical_token, UnixTime forget_after) {
  return tables_->replace_expiring(token_key(canonical_token), mark_row(forget_after), forget_after);
}

Status Writer::mark_seen(std::string_view list, std::string_view digest, UnixTime forget_after) {
  return tables_->replace_expiring(seen_key(list, digest), mark_row(forget_after), forget_after);
}

Status Writer::forget_all_seen(std::string_view list) { return erase_all(Table::seen, list); }

// Every row of a table whose key begins with the list.
Status Writer::erase_all(Table table, std::string_view list) {
  const std::string prefix = Key(table).text(list).octets();
  std::vector<std::string> keys;
  do {
    keys.clear();
    Status scanned =
        tables_->rows().scan(prefix, prefix, kForgetSlice, [&keys](std::string_view key, std::string_view) {
          keys.emplace_back(key.substr(1));  // behind the table's octet
          return keys.size() < kForgetSlice ? Tree::Visit::more : Tree::Visit::stop;
        });
    if (!scanned) return scanned;
    for (const std::string& key : keys) {
      Result<bool> erased = tables_->erase(Key(table).raw(key));
      if (!erased) return erased.error();
    }
  } while (keys.size() == kForgetSlice);
  return {};
}

Status Writer::forget_seen(std::string_view list, std::string_view digest) {
  Result<bool> erased = tables_->erase(seen_key(list, digest));
  if (!erased) return erased.error();
  return {};
}

}  // namespace majlis::store
