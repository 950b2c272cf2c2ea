#include "store/rows.h"
#include "store/tables.h"

// What people gave as proof of who they are. Never forgotten but by their own word.
namespace majlis::store {
namespace {

Key password_key(const mail::Address& person) { return Key(Table::personal_password).address(person); }

}  // namespace

Result<std::optional<PersonalPassword>> View::personal_password(const mail::Address& person) const {
  Result<std::optional<std::string>> row = tables_->find(password_key(person));
  if (!row) return row.error();
  if (!*row) return std::optional<PersonalPassword>();
  Result<PersonalPassword> password = read_personal_password(**row);
  return password ? Result(std::optional(std::move(*password))) : password.error();
}

Status Writer::put_personal_password(const mail::Address& person, const PersonalPassword& password) {
  return tables_->replace(password_key(person), personal_password_row(password));
}

Result<bool> Writer::remove_personal_password(const mail::Address& person) {
  return tables_->erase(password_key(person));
}

}  // namespace majlis::store
