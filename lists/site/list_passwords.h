#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace majlis::lists {

// Passwords that Majordomo gave every list ("LIST.admin", "LIST.pass", also of a list that had another name), those of
// printed examples, and the bare name: the first anybody tries.
bool is_predictable_password(std::string_view list_name, std::string_view password);

// The hashes of a list's two passwords: the file `passwords` in the list's folder, mode 0600, lines "admin =
// $argon2id$..." and "approve = $argon2id$...", '#' comments. Plain passwords are never in it.
struct ListPasswords {
  std::string admin;    // of the owner's commands; empty: none is set, so nothing is right
  std::string approve;  // of posts; empty: none is set

  // No file: none is set. damaged, with the line number, for anything that is not a hash in its place.
  static Result<ListPasswords> load(const std::string& list_directory);
  std::string write() const;  // the file's text
};

}  // namespace majlis::lists
