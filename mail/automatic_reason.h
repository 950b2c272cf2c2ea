#pragma once

#include <string_view>

namespace majlis::mail {

// Why a message is taken for one that no person wrote to us.
struct AutomaticReason {
  // The strongest first.
  enum class Kind {
    machine,          // a program wrote it
    passed_on,        // a list, a tracker or a mailing service sent it on: a person may have written it
    role_address,     // its author writes as postmaster@ or dog-owner@, which people do as well
    no_reply_wanted,  // it only asks not to be answered, as people's own programs do
  };
  std::string_view word;  // for the log
  Kind kind = Kind::machine;
};

}  // namespace majlis::mail
