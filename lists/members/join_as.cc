#include "lists/members/join_as.h"

#include "base/text.h"

namespace majlis::lists {

namespace {

constexpr std::string_view kInvited = "invited ";
constexpr unsigned kClearsAt = 33;  // behind keeps_name and the 32 flags; `clears` has 31 bits

}  // namespace

std::uint64_t number_of(const JoinAs& as) {
  return (static_cast<std::uint64_t>(as.clears) << kClearsAt) | (static_cast<std::uint64_t>(as.flags) << 1U) |
         (as.keeps_name ? 1U : 0U);
}

JoinAs join_as_of(std::uint64_t number) {
  return {.keeps_name = (number & 1U) != 0,
          .flags = static_cast<std::uint32_t>(number >> 1U),
          .clears = static_cast<std::uint32_t>(number >> kClearsAt)};
}

std::string join_details(const JoinAs& as, const std::string& name) {
  if (as.is_plain()) return "";
  return std::string(as.is_invited ? kInvited : "") + std::to_string(number_of(as)) + " " + (as.keeps_name ? name : "");
}

std::optional<NamedJoin> read_join_details(std::string_view details) {
  const bool is_invited = details.starts_with(kInvited);
  if (is_invited) details.remove_prefix(kInvited.size());
  const std::size_t blank = details.find(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const auto number = parse_number(details.substr(0, blank));
  if (!number) return std::nullopt;
  NamedJoin join{join_as_of(static_cast<std::uint64_t>(*number)), std::string(details.substr(blank + 1))};
  join.as.is_invited = is_invited;
  return join;
}

}  // namespace majlis::lists
