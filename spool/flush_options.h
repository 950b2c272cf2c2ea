#pragma once

#include <chrono>

#include "spool/budgets.h"
#include "spool/transport/relay_options.h"

namespace majlis::spool {

struct FlushOptions : RelayOptions {
  BudgetLimits budgets;
  std::chrono::milliseconds end_patience{20'000};  // for what is under way when the run is told to end
};

}  // namespace majlis::spool
