#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

class Db;
class DbTxn;

namespace majlis::store {

// The rows of the one B-tree, by octets. A reader's tree has no transaction; a writer's environment lends the open one.
class Tree {
 public:
  enum class Visit { more, stop };
  struct Row {
    std::string key;
    std::string value;
  };
  // Octets are good until the visitor returns. The visitor must not change the tree.
  using Visitor = std::function<Visit(std::string_view key, std::string_view value)>;

  explicit Tree(Db& db) : db_(db) {}

  // Handed in by the environment; nullptr for readers.
  void use(DbTxn* transaction) { transaction_ = transaction; }
  // A change failed half-way: what was done so far must not be committed.
  bool is_broken() const { return broken_; }
  void break_off() { broken_ = true; }

  static Error too_large(std::size_t octets);

  Result<std::optional<std::string>> find(std::string_view key) const;
  // Rows whose key begins with `prefix`, in order, from the first that is not before `from`. `expected_rows` chooses
  // the size of the reads.
  Status scan(std::string_view prefix, std::string_view from, std::size_t expected_rows, const Visitor& visit) const;
  // The greatest key that is smaller than `bound`.
  Result<std::optional<std::string>> find_key_before(std::string_view bound) const;

  Result<bool> insert(std::string_view key, std::string_view value);  // false: the key is there, nothing is changed
  Status replace(std::string_view key, std::string_view value);
  // The same for many rows in ascending order of their keys, each as by itself, but quicker the closer they stand to
  // each other, and onto fuller pages. Whether each was new.
  Result<std::vector<bool>> insert_sorted(std::span<const Row> rows);
  Status replace_sorted(std::span<const Row> rows);
  Result<bool> erase(std::string_view key);  // false: there was none

 private:
  Result<bool> is_empty_between(std::string_view first, std::string_view last) const;
  Result<bool> put(std::string_view key, std::string_view value, unsigned flags);

  Db& db_;
  DbTxn* transaction_ = nullptr;
  bool broken_ = false;
};

}  // namespace majlis::store
