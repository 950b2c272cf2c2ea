#include "mail/scan/ambiguity.h"

#include <array>

namespace majlis::mail {
namespace {

// In the order of the enum; they stand in logs and in notices to moderators.
constexpr std::array kWords = {
    "nul_in_header",      "bare_cr_in_header",    "line_without_colon",
    "blank_before_colon", "eight_bit_field_name", "leading_continuation",
    "repeated_field",     "repeated_reply_to",    "repeated_parameter",
    "bad_boundary",       "boundary_never_found", "boundary_not_closed",
    "boundary_prefix",    "text_outside_parts",   "encoded_composite",
    "unknown_encoding",   "comment_in_type",      "too_deep",
    "too_many_parts",     "too_many_fields",      "field_too_long",
    "header_too_long",    "too_many_parameters",
};
static_assert(kWords.size() == static_cast<std::size_t>(Ambiguity::too_many_parameters) + 1);

}  // namespace

const char* word_for(Ambiguity ambiguity) { return kWords[static_cast<std::size_t>(ambiguity)]; }

}  // namespace majlis::mail
