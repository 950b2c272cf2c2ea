#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace majlis::lists {

// An option of a membership: one table for commands, the administrator's tool, default_options and foreign dialects.
struct MemberOption {
  enum class By { member, owner };  // who may set it
  enum class Default { may_be, never };
  std::string_view name;
  std::uint32_t sets;  // store::MemberFlag bits
  std::uint32_t clears;
  By by = By::member;
  Default as_default = Default::may_be;  // whether somebody may begin with it whom nobody in charge has looked at
};
std::span<const MemberOption> member_options();
const MemberOption* find_member_option(std::string_view name);  // or "concealed"; ASCII case ignored; nullptr: none
bool contradict(const MemberOption& one, const MemberOption& other);  // one undoes the other

}  // namespace majlis::lists
