#pragma once

#include <cstdint>
#include <string_view>

#include "lists/effects/work.h"

namespace majlis::lists {

// Errors that an address made in a row, within a day of the first: at kMaxErrorsInRow its mail is not answered for
// another day, unless somebody else says so (SERVE) or it is proven whose it is. A program that answers our answers, or
// the lists' mail, stops so.

constexpr std::uint64_t kMaxErrorsInRow = 20;
constexpr UnixTime kServedOffFor = 24 * 3600;

constexpr std::string_view kErrorsInRow = "errors_in_row";  // timed work: they are forgotten

Result<std::uint64_t> errors_in_row(const store::View& state, const mail::Address& address, UnixTime now);
// `before`: what errors_in_row() said; 0 ends the row.
Status keep_errors_in_row(Work& work, const mail::Address& address, std::uint64_t before, std::uint64_t count);

}  // namespace majlis::lists
