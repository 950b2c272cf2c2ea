#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"

namespace majlis::search {

enum class Field { anywhere, author, subject };

// Words that stand in a row. Whatever else is in them has no meaning.
struct Term {
  Field field = Field::anywhere;
  std::string words;
};

// Documents that have all terms, and were received in time.
struct Query {
  std::vector<Term> terms;
  std::optional<UnixTime> since;
  std::optional<UnixTime> before;
};

}  // namespace majlis::search
