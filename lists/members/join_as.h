#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace majlis::lists {

// How somebody is remembered who joins.
struct JoinAs {
  bool keeps_name = false;   // the name was given for the list, which keeps it even where it strips names
  std::uint32_t flags = 0;   // store::MemberFlag bits that were asked for
  std::uint32_t clears = 0;  // and those that a new member would have and this one does not want

  bool is_invited = false;  // somebody in charge asked this address: no owner is asked again; not in number_of()

  bool is_plain() const { return !keeps_name && flags == 0 && clears == 0 && !is_invited; }
  // Of a member who would begin with these.
  std::uint32_t flags_from(std::uint32_t begin) const { return (begin & ~clears) | flags; }
};

constexpr std::uint32_t kMaxJoinFlags = 0x7FFFFFFFU;  // that `clears` may have

// That and the name, as a token's details (ChallengedAction); "" where nothing was said.
std::string join_details(const JoinAs& as, const std::string& name);
struct NamedJoin {
  JoinAs as;
  std::string name;
};
std::optional<NamedJoin> read_join_details(std::string_view details);

// The JoinAs as a number, for rows.
std::uint64_t number_of(const JoinAs& as);
JoinAs join_as_of(std::uint64_t number);

}  // namespace majlis::lists
