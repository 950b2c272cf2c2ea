#pragma once

#include <string>
#include <string_view>

#include "commands/tongues/tongue.h"

namespace majlis::commands {

// The token a letter of ours has at the end of its Subject, and the tongue that puts one there so. What stands before
// it a stranger may have chosen.
struct SubjectToken {
  std::string token;  // "" where there is none
  const Tongue* tongue = nullptr;
};
SubjectToken token_in_subject(std::string_view subject);

}  // namespace majlis::commands
