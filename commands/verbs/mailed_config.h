#pragma once

#include <string>
#include <string_view>

#include "commands/desk/desk.h"
#include "lists/site/config/dialect.h"

namespace majlis::commands {

// A whole configuration that an owner mailed becomes the list's, or every fault in it is told by line. Says so, and
// tells the owners there were before when the list has others now, or another password. Returns whether it was taken.
// `command`: for the log.
Result<bool> take_mailed_config(Desk& desk, lists::List& list, const std::string& text, const lists::Dialect& dialect,
                                std::string_view command);

// Tells what is wrong with it, by line, and that nothing was changed.
void say_config_refused(Desk& desk, const lists::List& list, const std::vector<lists::ConfigProblem>& problems);

}  // namespace majlis::commands
