#pragma once

#include <cstddef>

namespace majlis::bin::admin {

// "3 of 10" on stderr, in the place of what stood there before; nothing where stderr is no terminal.
void show_progress(std::size_t done, std::size_t all);

}  // namespace majlis::bin::admin
