#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "mail/address_search.h"

namespace majlis::mail {

// Where encoded words (RFC 2047) stand in the body of a field, each run of those that are read together as one: blanks
// and folds between them belong to it.
std::vector<TextRange> encoded_word_runs(std::string_view field_body);

}  // namespace majlis::mail
