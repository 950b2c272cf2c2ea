#pragma once

#include <optional>
#include <string>

#include "bin/exit_status.h"

namespace majlis::bin {

struct ReceiveOptions {
  std::string recipient;
  std::string rewritten_recipient;    // stands where `recipient` is none of the site's; "": none
  std::optional<std::string> sender;  // nullopt: the MTA did not say
  std::string client;                 // network address, "" where the MTA did not say
  bool wants_help = false;
  bool wants_version = false;
  bool is_wrong_use = false;
};

// One message from `input_fd`, from the door to the post room. Prints nothing: the MTA would quote it to the sender.
ExitStatus receive(const std::string& site_directory, const ReceiveOptions& options, int input_fd);

}  // namespace majlis::bin
