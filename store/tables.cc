#include "store/tables.h"

#include "store/rows.h"

namespace majlis::store {
namespace {

Error too_long() {
  return Error{ErrorKind::refused,
               "store: key: a part is longer than " + std::to_string(kMaxKeyPartOctets) + " octets"};
}

Key count_key(Table counter, std::string_view name) { return Key(counter).text(name); }

Key expiry_key(UnixTime time, const Key& row) { return Key(Table::expiry).time(time).raw(row.octets()); }

}  // namespace

// The rows of a change are there, its numbers cannot be: the transaction must not be kept.
Error View::Tables::half_way(Error error) {
  tree_.break_off();
  return error;
}

Result<std::optional<std::string>> View::Tables::find(const Key& key) const {
  if (key.is_too_long()) return too_long();
  return tree_.find(key.octets());
}

Result<bool> View::Tables::insert(const Key& key, std::string_view row) {
  if (key.is_too_long()) return too_long();
  Status begun = begin();
  if (!begun) return begun.error();
  return tree_.insert(key.octets(), row);
}

Status View::Tables::replace(const Key& key, std::string_view row) {
  if (key.is_too_long()) return too_long();
  Status begun = begin();
  if (!begun) return begun;
  return tree_.replace(key.octets(), row);
}

Status View::Tables::append(const Key& key, std::string row, std::vector<Tree::Row>& rows) {
  if (key.is_too_long()) return too_long();
  rows.push_back({key.octets(), std::move(row)});
  return {};
}

Result<std::vector<bool>> View::Tables::insert_sorted(std::span<const Tree::Row> rows) {
  Status begun = begin();
  if (!begun) return begun.error();
  return tree_.insert_sorted(rows);
}

Status View::Tables::replace_sorted(std::span<const Tree::Row> rows) {
  Status begun = begin();
  return begun ? tree_.replace_sorted(rows) : begun;
}

Result<bool> View::Tables::erase(const Key& key) {
  if (key.is_too_long()) return too_long();
  Status begun = begin();
  if (!begun) return begun.error();
  return tree_.erase(key.octets());
}

Status View::Tables::replace_expiring(const Key& key, std::string_view row, UnixTime forget_after) {
  if (row.size() > kMaxRowOctets) return Tree::too_large(row.size());
  Result<std::optional<std::string>> old = find(key);
  if (!old) return old.error();
  if (*old) {
    Result<UnixTime> old_time = forget_after_of(**old);
    if (!old_time) return old_time.error();
    if (*old_time == forget_after) return replace(key, row);
    Result<bool> gone = erase(expiry_key(*old_time, key));
    if (!gone) return gone.error();
  }
  Status done = replace(key, row);
  if (!done) return done;
  return replace(expiry_key(forget_after, key), empty_row());
}

Result<std::uint64_t> View::Tables::find_number(const Key& key) const {
  Result<std::optional<std::string>> row = find(key);
  if (!row) return row.error();
  if (!*row) return std::uint64_t{0};
  return read_number(**row);
}

Result<std::uint64_t> View::Tables::count_of(Table counter, std::string_view name) const {
  const auto pending = pending_counts_.find({counter, std::string(name)});
  if (pending != pending_counts_.end()) return pending->second;
  return find_number(count_key(counter, name));
}

Result<ChangeNumber> View::Tables::change() const {
  if (pending_change_) return *pending_change_;
  return find_number(Key(Table::change));
}

Result<ChangeNumber> View::Tables::next_change() {
  Result<ChangeNumber> last = change();
  if (!last) return half_way(last.error());
  pending_change_ = *last + 1;
  return *pending_change_;
}

Status View::Tables::change_count_of(Table counter, std::string_view name, std::int64_t difference) {
  if (difference == 0) return {};
  Result<std::uint64_t> count = count_of(counter, name);
  if (!count) return half_way(count.error());
  const std::uint64_t changed = *count + static_cast<std::uint64_t>(difference);
  if (difference < 0 && changed > *count) {
    return half_way({ErrorKind::damaged, "store: count members: the counter is smaller than the roster"});
  }
  pending_counts_[{counter, std::string(name)}] = changed;
  return {};
}

Status View::Tables::commit() {
  Status done = write_pending();
  if (done) done = writer_->commit();
  return done;
}

Status View::Tables::write_pending() {
  for (const auto& [counter, count] : pending_counts_) {
    const Key key = count_key(counter.first, counter.second);
    Status done = count == 0 ? Status() : replace(key, number_row(count));
    if (done && count == 0) {
      Result<bool> gone = erase(key);
      if (!gone) done = gone.error();
    }
    if (!done) return done;
  }
  if (pending_change_) {
    Status done = replace(Key(Table::change), number_row(*pending_change_));
    if (!done) return done;
  }
  pending_counts_.clear();
  pending_change_.reset();
  return {};
}

}  // namespace majlis::store
