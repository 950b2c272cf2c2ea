#include "store/rows.h"
#include "store/tables.h"

// What domains ask of those who get their mail. Forgotten in time.
namespace majlis::store {
namespace {

Key policy_key(std::string_view domain) { return Key(Table::domain_policy).text(domain); }

}  // namespace

// A row whose time is over may be there still: forgetting is done by and by.
Result<std::optional<DomainPolicy>> View::find_domain_policy(std::string_view domain, UnixTime now) const {
  Result<std::optional<std::string>> row = tables_->find(policy_key(domain));
  if (!row) return row.error();
  if (!*row) return std::optional<DomainPolicy>();
  Result<UnixTime> forget_after = forget_after_of(**row);
  if (!forget_after) return forget_after.error();
  if (*forget_after <= now) return std::optional<DomainPolicy>();
  Result<DomainPolicy> policy = read_domain_policy(**row);
  return policy ? Result(std::optional(*policy)) : policy.error();
}

Status Writer::remember_domain_policy(std::string_view domain, const DomainPolicy& policy, UnixTime forget_after) {
  return tables_->replace_expiring(policy_key(domain), domain_policy_row(policy, forget_after), forget_after);
}

}  // namespace majlis::store
