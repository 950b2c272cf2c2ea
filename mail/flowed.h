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

// A text whose lines are to stay as they are in a text that flows: no blanks at their ends, and stuffed where they
// begin like what readers take for something else (RFC 3676 4.2, 4.4). LF line ends.
std::string as_fixed_lines(std::string_view text);

// A text with a line for each paragraph as one in format=flowed: lines of more than 76 octets are wrapped at blanks, so
// that they go on in the next; '>' in front of a line marks a quote and is repeated. Read by unflow(), it is as it was,
// save blanks at the ends of lines. LF line ends.
std::string as_flowed_lines(std::string_view text);

// Whether a text that flows goes on in what is put behind it.
bool ends_in_flow(std::string_view text);

}  // namespace majlis::mail
