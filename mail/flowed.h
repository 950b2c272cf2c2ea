#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// Whether the blank that ends a line which goes on is no part of the text (RFC 3676 4.1, DelSp=yes).
enum class FinalBlank { keep, drop };

// The paragraphs of a text in format=flowed, each as one line, as they were before they were wrapped: lines that end in
// a blank go on in the next of the same quote depth, stuffed blanks are removed, "-- " stands alone. `text` has LF line
// ends; linear.
std::string unflow(std::string_view text, FinalBlank final_blank);

}  // namespace majlis::mail
