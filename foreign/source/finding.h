#pragma once

#include <string>
#include <string_view>

namespace majlis::foreign {

// What becomes of one thing that another system has.
enum class Fate { carried, changed, not_carried };

constexpr std::string_view word_for(Fate fate) {
  switch (fate) {
    case Fate::carried: return "carried";
    case Fate::changed: return "changed";
    case Fate::not_carried: break;
  }
  return "not_carried";
}

// A line of the report. Values are as they stand in the source; secrets are never in it.
struct Finding {
  std::string what;  // the source's own name of the thing: keyword, variable, file, "member"
  std::string from;  // its value there, or the place: "cooks:12"
  std::string to = {};
  Fate fate = Fate::not_carried;
  std::string why = {};      // never empty but for `carried`
  bool is_alarming = false;  // the list is of little use until somebody acts: people are told once more at the end
};

}  // namespace majlis::foreign
