#include "lists/effects/unsubscribe_token.h"

#include "auth/token.h"
#include "lists/site/former_names.h"

namespace majlis::lists {
namespace {

// No verb of ours, so that the letters that ask to confirm one and this link are never good for each other.
auth::TokenGrant grant_of(std::string_view list, const mail::Address& member, store::ChangeNumber joined_at) {
  return {std::string(list), "unsubscribe-by-link", member.canonical(), std::to_string(joined_at)};
}

}  // namespace

std::string unsubscribe_token(const Site& site, std::string_view list, const mail::Address& member,
                              store::ChangeNumber joined_at) {
  return auth::make_token(site.keys().front(), grant_of(list, member, joined_at), auth::kTokenOfNoEnd);
}

bool may_unsubscribe(const Site& site, std::string_view list, const store::Member& member, std::string_view token) {
  const UnixTime whenever = 0;
  return check_token(site, token, grant_of(list, member.address, member.joined_at), whenever).has_value();
}

}  // namespace majlis::lists
