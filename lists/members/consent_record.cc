#include "lists/members/consent_record.h"

#include "lists/members/membership_request.h"
#include "mail/authentication/sha256.h"

namespace majlis::lists {
namespace {

Status keep_in_request(Work& work, const List& list, const mail::Address& member, store::Consent consent) {
  Result<std::optional<store::PendingItem>> item =
      work.state().find_pending_about(list.address(), kPendingJoin, member.canonical());
  if (!item) return item.error();
  if (!*item) return {};
  Result<MembershipRequest> request = read_request(**item);
  if (!request) return request.error();
  request->agreed = std::move(consent);
  (*item)->details = details_of(*request);
  return work.state().put_pending(**item);
}

}  // namespace

Status record_consent(Work& work, const List& list, const mail::Address& member, std::string_view token,
                      const mail::Address& from) {
  Result<std::optional<store::Member>> joined = work.state().find_member(list.address(), member);
  if (!joined) return joined.error();
  store::Consent consent;
  consent.time = work.now();
  consent.token = mail::sha256_hex(token);
  consent.from = from.canonical();
  return *joined ? work.state().put_consent(list.address(), member, consent)
                 : keep_in_request(work, list, member, std::move(consent));
}

}  // namespace majlis::lists
