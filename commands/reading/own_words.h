#pragma once

#include <string>
#include <string_view>

namespace majlis::commands {

// What the writer of a reply to a letter of ours wrote: around lines quoted with '>', else above what is quoted.
// Quotations are known by their form in any language: '>', a line of dashes or underscores, a block like "From: ...
// Sent: ... To: ..."; a line with an address in `our_domain` that begins "From:" or ends with a colon is the last that
// is read. What stands below a signature's "-- " is left out. Pure and linear.
std::string own_words(std::string_view text, std::string_view our_domain);

// The same as it may be passed on to others: without the lines that introduce a quotation, what a telephone or program
// says of itself at the end, and lines that are hardly more than `writer`, the address of who replies ("": none).
// What looks like a quotation and names no address of `our_domain` is the writer's.
std::string words_for_others(std::string_view text, std::string_view our_domain, std::string_view writer);

}  // namespace majlis::commands
