#include "lists/members/consent_record.h"

#include "mail/authentication/sha256.h"

namespace majlis::lists {

Status record_consent(Work& work, const List& list, const mail::Address& member, std::string_view token,
                      const mail::Address& from) {
  Result<std::optional<store::Member>> joined = work.state().find_member(list.address(), member);
  if (!joined) return joined.error();
  if (!*joined) return {};
  return work.state().put_consent(list.address(), member, {work.now(), mail::sha256_hex(token), from.canonical()});
}

}  // namespace majlis::lists
