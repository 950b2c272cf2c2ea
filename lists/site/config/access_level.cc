#include "lists/site/config/access_level.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/address.h"

namespace majlis::lists {
namespace {

using Kind = AccessLevel::Kind;

struct LevelWord {
  std::string_view word;
  Kind kind;
};
constexpr std::array kWords = {
    LevelWord{"public", Kind::everybody}, LevelWord{"private", Kind::members},   LevelWord{"owner", Kind::owners},
    LevelWord{"owners", Kind::owners},    LevelWord{"editor", Kind::editors},    LevelWord{"editors", Kind::editors},
    LevelWord{"service", Kind::area},     LevelWord{"postmaster", Kind::others},
};

// From the narrowest.
constexpr std::array<std::string_view, 3> kAccess = {"closed", "list", "open"};
constexpr std::array<std::string_view, 3> kLevels = {"Owner", "Private", "Public"};

std::size_t rank_of(std::string_view access) {
  const auto found = std::find(kAccess.begin(), kAccess.end(), access);
  return found == kAccess.end() ? 0 : static_cast<std::size_t>(found - kAccess.begin());
}

}  // namespace

std::optional<AccessLevel> read_access_level(std::string_view word) {
  const std::size_t begin = word.find('(');
  if (begin != std::string_view::npos && word.ends_with(')')) {
    const std::string name(trim(word.substr(begin + 1, word.size() - begin - 2)));
    const std::string_view of = word.substr(0, begin);
    if (name.empty()) return std::nullopt;
    if (of.empty()) return AccessLevel{Kind::list, name};
    if (equals_ignoring_case(of, "owner") || equals_ignoring_case(of, "owners")) return AccessLevel{Kind::others};
    if (equals_ignoring_case(of, "service")) return AccessLevel{Kind::area, name};
    return std::nullopt;
  }
  const auto known = std::find_if(kWords.begin(), kWords.end(),
                                  [&](const LevelWord& row) { return equals_ignoring_case(row.word, word); });
  if (known != kWords.end()) return AccessLevel{known->kind};
  if (mail::Address::parse(word)) return AccessLevel{Kind::address, std::string(word)};
  return std::nullopt;
}

std::string_view access_of(const AccessLevel& level) {
  switch (level.kind) {
    case Kind::everybody: return "open";
    case Kind::members:
    case Kind::area: return "list";
    case Kind::owners:
    case Kind::editors:
    case Kind::list:
    case Kind::address:
    case Kind::others: return "closed";
  }
  return "closed";
}

bool is_obeyed(const AccessLevel& level) {
  return level.kind == Kind::everybody || level.kind == Kind::members || level.kind == Kind::owners;
}

std::string_view wider_access(std::string_view one, std::string_view other) {
  return rank_of(one) < rank_of(other) ? other : one;
}

std::string_view level_for(std::string_view access) { return kLevels[rank_of(access)]; }

}  // namespace majlis::lists
