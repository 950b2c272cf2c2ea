#include "store/rows.h"
#include "store/tables.h"

// How members agreed to be some. Forgotten with the member.
namespace majlis::store {
namespace {

Key consent_key(std::string_view list, const mail::Address& address) {
  return Key(Table::consent).text(list).address(address);
}

}  // namespace

Result<std::optional<Consent>> View::find_consent(std::string_view list, const mail::Address& address) const {
  Result<std::optional<std::string>> row = tables_->find(consent_key(list, address));
  if (!row) return row.error();
  if (!*row) return std::optional<Consent>();
  Result<Consent> consent = read_consent(**row);
  return consent ? Result(std::optional(std::move(*consent))) : consent.error();
}

Status Writer::put_consent(std::string_view list, const mail::Address& address, const Consent& consent) {
  return tables_->replace(consent_key(list, address), consent_row(consent));
}

}  // namespace majlis::store
