#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

class Db;
class DbTxn;

namespace majlis::store {

// The rows of the one B-tree, by octets. A reader's tree has no transaction; a writer's environment lends the open one.
class Tree {
 public:
  enum class Visit { more, stop };
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
  Result<bool> erase(std::string_view key);  // false: there was none

 private:
  Result<bool> put(std::string_view key, std::string_view value, unsigned flags);

  Db& db_;
  DbTxn* transaction_ = nullptr;
  bool broken_ = false;
};

}  // namespace majlis::store
