#include "lists/rounds/roster_names.h"

#include "store/database.h"

namespace majlis::lists {

Result<std::vector<std::string>> names_of_members(const Site& site, const std::string& list,
                                                  const std::vector<std::string>& addresses) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  std::vector<std::string> names;
  names.reserve(addresses.size());
  for (const std::string& text : addresses) {
    names.emplace_back();
    const auto address = mail::Address::parse(text);
    if (!address) continue;
    Result<std::optional<store::Member>> member = (*reader)->find_member(list, *address);
    if (!member) return member.error();
    if (*member) names.back() = std::move((*member)->display);
  }
  return names;
}

}  // namespace majlis::lists
