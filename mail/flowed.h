#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace majlis::mail {

// Whether the blank that ends a line which goes on is no part of the text (RFC 3676 4.1, DelSp=yes).
enum class FinalBlank { keep, drop };

// Between two lines of which the first may go on in the second.
struct SoftBreak {
  std::string_view paragraph;  // so far, put together
  std::string_view last_line;  // of it, as it was written
  std::string_view line;       // the next
};
// Whether the break stays, because the reader knows better.
using KeepsBreak = std::function<bool(const SoftBreak&)>;

// The paragraphs of a text in format=flowed, each as one line, as they were before they were wrapped: lines that end in
// a blank go on in the next of the same quote depth, stuffed blanks are removed, "-- " stands alone. `text` has LF line
// ends; linear, when `keeps_break` is. It may be empty, and is not asked about quoted lines.
std::string unflow(std::string_view text, FinalBlank final_blank, const KeepsBreak& keeps_break = {});

}  // namespace majlis::mail
