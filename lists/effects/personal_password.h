#pragma once

#include <string>
#include <string_view>

#include "lists/effects/password_check.h"

namespace majlis::lists {

// The password of one person, for every list of the site. There is one only where its person gave it and confirmed that
// by mail; none is made up, mailed or shown.

// Octets that may stand in one: LISTSERV's, which end no word of a command anywhere.
bool may_be_personal_password(std::string_view word);

// As check_admin_password(). `hash`: what is kept, "" where the person has none: then every password is wrong.
// `is_in_charge`: of the list it is about; such an address is not shut out by a few wrong ones in its name.
struct PersonalCheck {
  PasswordCheck answer = PasswordCheck::wrong;
  std::string hash;
};
Result<PersonalCheck> check_personal_password(const Site& site, const mail::Address& person, std::string_view password,
                                              bool is_in_charge, UnixTime now);

// The hash that is kept now; "": the person has no password.
Result<std::string> personal_hash(const store::View& state, const mail::Address& person);
// `hash`: of auth::hash_password() with the site's key. "": the person has none from now on.
Status put_personal_hash(Work& work, const mail::Address& person, const std::string& hash);

Status count_wrong_personal_password(Work& work, const mail::Address& person);

}  // namespace majlis::lists
