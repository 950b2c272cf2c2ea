#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "lists/site/site.h"
#include "store/database.h"

namespace majlis::lists {

constexpr std::size_t kMaxMembersPerImport = 50'000;  // in one transaction: a fraction of a second

// What a large import writes first: the rows by reference of everybody it will add (store/database.h).
class IndexAhead {
 public:
  struct Newcomers {
    std::size_t count = 0;
    std::function<std::string_view(std::size_t at)> place;  // roster_order()
    std::function<std::string(std::size_t at)> canonical;   // Address::canonical()
  };

  // A slice is a transaction, for which mail waits no longer than for one of members. Few people are left to the
  // transaction that adds them, as is everybody where the list has as many members already.
  static Result<IndexAhead> write(const Site& site, std::string_view list, const Newcomers& newcomers);
  IndexAhead() = default;

  // For add_members(). `added` when somebody else may have taken rows away: a member came or went since.
  Result<store::ReferenceRows> rows(const store::View& state);
  // After the last change of a transaction: those were our own.
  Status go_along(const store::View& state);

 private:
  std::optional<store::ChangeNumber> as_of_;
};

}  // namespace majlis::lists
