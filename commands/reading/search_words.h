#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace majlis::commands {

// What somebody looks for in an archive: all of it together.
struct SoughtPosts {
  struct Words {
    enum class Where { anywhere, author, subject };
    Where where = Where::anywhere;
    std::string text;  // several words: in a row
  };
  std::vector<Words> words;
  std::optional<UnixTime> since;
  std::optional<UnixTime> before;
  bool has_bad_date = false;  // behind SINCE or UNTIL stands something else
};

// rice "in a row" FROM ann SUBJECT soup SINCE 2026-01-31 UNTIL 31 Dec 2026, in any order. nullopt: nothing is looked
// for, or too much.
std::optional<SoughtPosts> read_search_words(const std::vector<std::string>& words);

bool is_search_keyword(std::string_view word);

}  // namespace majlis::commands
