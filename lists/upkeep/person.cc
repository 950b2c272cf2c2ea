#include "lists/upkeep/person.h"

#include "lists/members/roster_view.h"
#include "store/database.h"

namespace majlis::lists {

Result<std::vector<ConsentView>> consents_of(const Site& site, const mail::Address& address) {
  Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  if (!state) return state.error();
  Result<std::vector<std::string>> lists = (*state)->lists_of(address, kMaxMemberships);
  if (!lists) return lists.error();
  std::vector<ConsentView> consents;
  for (std::string& list : *lists) {
    Result<std::optional<store::Consent>> consent = (*state)->find_consent(list, address);
    if (!consent) return consent.error();
    if (!*consent) continue;
    store::Consent& kept = **consent;
    consents.push_back({std::move(list), kept.time, std::move(kept.token), std::move(kept.from), kept.approved,
                        std::move(kept.approved_by)});
  }
  return consents;
}

Result<std::optional<UnixTime>> password_since(const Site& site, const mail::Address& address) {
  Result<std::unique_ptr<store::Reader>> state = site.open_reader();
  if (!state) return state.error();
  Result<std::optional<store::PersonalPassword>> password = (*state)->personal_password(address);
  if (!password) return password.error();
  return *password ? std::optional((*password)->since) : std::nullopt;
}

}  // namespace majlis::lists
