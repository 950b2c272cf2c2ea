#pragma once

#include <cstddef>
#include <string_view>

namespace majlis::bin::admin {

// "3 of 10" on stderr, in the place of what stood there before; "3" where it is not known how many there are (`all` is
// 0). Nothing where stderr is no terminal.
void show_progress(std::size_t done, std::size_t all);
// The same behind `label`.
void show_progress_of(std::string_view label, std::size_t done, std::size_t all);

}  // namespace majlis::bin::admin
