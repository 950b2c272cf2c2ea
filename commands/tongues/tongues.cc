#include "commands/tongues/tongues.h"

#include <array>

#include "commands/tongues/listserv.h"
#include "commands/tongues/mailman.h"
#include "commands/tongues/majordomo.h"

namespace majlis::commands {
namespace {

constexpr std::array kTongues = {&kMajordomo, &kListserv, &kMailman};

}  // namespace

std::span<const Tongue* const> all_tongues() { return kTongues; }

const Tongue& tongue_named(std::string_view dialect) {
  for (const Tongue* tongue : kTongues) {
    if (tongue->dialect->name == dialect) return *tongue;
  }
  return kMajordomo;
}

const Tongue* tongue_besides(const Tongue& tongue) {
  for (const Tongue* each : kTongues) {
    if (each != &tongue) return each;
  }
  return nullptr;
}

}  // namespace majlis::commands
