#pragma once

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/environment.h"
#include "store/keys.h"
#include "store/tree.h"

class Db;

namespace majlis::store {

// The tree opened without an environment, under the shared lock.
class ReadOnlyTree {
 public:
  static Result<std::unique_ptr<ReadOnlyTree>> open(SiteLock lock);
  ~ReadOnlyTree();
  Tree& tree() { return *tree_; }

 private:
  explicit ReadOnlyTree(SiteLock lock);

  SiteLock lock_;
  std::unique_ptr<Db> db_;
  std::unique_ptr<Tree> tree_;
};

// What hides behind a View: the rows, and numbers of the open transaction that are written at its commit.
class View::Tables {
 public:
  explicit Tables(std::unique_ptr<ReadOnlyTree> reader) : reader_(std::move(reader)), tree_(reader_->tree()) {}
  explicit Tables(std::unique_ptr<Environment> writer) : writer_(std::move(writer)), tree_(writer_->tree()) {}

  // These refuse a key whose parts are too long.
  Result<std::optional<std::string>> find(const Key& key) const;
  Result<bool> insert(const Key& key, std::string_view row);
  Status replace(const Key& key, std::string_view row);
  // Many at a time (store/tree.h). append() puts a row behind those that will be handed in.
  static Status append(const Key& key, std::string row, std::vector<Tree::Row>& rows);
  Result<std::vector<bool>> insert_sorted(std::span<const Tree::Row> rows);
  Status replace_sorted(std::span<const Tree::Row> rows);
  Result<bool> erase(const Key& key);

  // As replace, and the row is found by forget_expired() once `forget_after` is over.
  Status replace_expiring(const Key& key, std::string_view row, UnixTime forget_after);

  // 0 when there is no such row.
  Result<std::uint64_t> find_number(const Key& key) const;

  // How many members a list has, or of a kind (Table::members, Table::counted).
  Result<std::uint64_t> count_of(Table counter, std::string_view name) const;
  Result<ChangeNumber> change() const;
  // For a change whose rows are written already.
  Result<ChangeNumber> next_change();
  Status change_count_of(Table counter, std::string_view name, std::int64_t difference);

  // Numbers that wait for the commit are rows when this returns ok.
  Status write_pending();
  Status begin() { return writer_->begin(); }
  Status commit();
  Status checkpoint() { return writer_->checkpoint(); }
  bool has_begun() const { return writer_->has_begun(); }

  Tree& rows() { return tree_; }
  const Tree& rows() const { return tree_; }

 private:
  Error half_way(Error error);

  std::unique_ptr<ReadOnlyTree> reader_;
  std::unique_ptr<Environment> writer_;
  Tree& tree_;
  std::map<std::pair<Table, std::string>, std::uint64_t> pending_counts_;
  std::optional<ChangeNumber> pending_change_;
};

}  // namespace majlis::store
