// All dialects there are.
#include <array>

#include "tongues/dialect.h"
#include "tongues/listserv.h"
#include "tongues/mailman.h"
#include "tongues/majordomo.h"

namespace majlis::tongues {
namespace {

constexpr std::array kDialects = {&kMajordomo, &kListserv, &kMailman};

}  // namespace

std::span<const Dialect* const> all_dialects() { return kDialects; }

const Dialect& dialect_named(std::string_view name) {
  for (const Dialect* dialect : kDialects) {
    if (dialect->name == name) return *dialect;
  }
  return kMajordomo;
}

std::optional<Verb> verb_in_any(std::string_view word) {
  for (const Dialect* dialect : kDialects) {
    const VerbRow* row = find_verb(*dialect, word);
    if (row != nullptr) return row->verb;
  }
  return std::nullopt;
}

}  // namespace majlis::tongues
