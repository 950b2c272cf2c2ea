#pragma once

#include <span>
#include <string_view>

#include "bin/admin/call/command.h"

namespace majlis::bin::admin {

struct Row {
  std::string_view name;
  std::string_view help;   // one line
  const Command* command;  // nullptr: not in this version
};

std::span<const Row> all_rows();
const Row* find_row(std::string_view name);

}  // namespace majlis::bin::admin
