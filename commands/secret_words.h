#pragma once

#include <string>
#include <string_view>

namespace majlis::commands {

constexpr std::string_view kMask = "***";

// Anything that has the form of a token is a secret, wherever it stands: "TOKEN", "HELDPOST.TOKEN".
bool is_secret(std::string_view word);

// A person's words as they may be shown again: printable, at most `max` octets, secrets as "***".
std::string shown_words(std::string_view words, std::size_t max);

}  // namespace majlis::commands
