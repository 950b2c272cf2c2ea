#pragma once

#include <string>

#include "base/result.h"

namespace majlis::spool {

// What we show the relay (AUTH). Never in a log, an error or a reply.
struct Credentials {
  std::string user;
  std::string password;

  // Two lines: the user's name, the password. misconfigured unless it is a regular file of our own user that nobody
  // else may read or write (mode 0600 or 0400); the error names the file and never what is in it.
  static Result<Credentials> load(const std::string& path);
};

}  // namespace majlis::spool
