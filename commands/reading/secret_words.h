#pragma once

#include <span>
#include <string>
#include <string_view>

namespace majlis::commands {

constexpr std::string_view kMask = "***";

// Anything that has the form of a token is a secret, wherever it stands: "TOKEN", "HELDPOST.TOKEN"; so is what says
// that it is a password: "PW=...".
bool is_secret(std::string_view word);

// Forms in which no password is expected, though one may have them: "ann@example.com", right or with a slip;
// "rice.txt", "2026-11" and "LOG2611".
bool looks_like_address(std::string_view word);
bool looks_like_file(std::string_view word);
// Whether the words are one person's name and address: "Ann Lee <ann@example.com>".
bool is_named_person(std::span<const std::string> words);

// One word as it may be shown again: printable, at most `max` octets, tokens as "***".
std::string shown_word(std::string_view word, std::size_t max);
// Words that should be an address, likewise: what does not look like one is "***", it may be a password.
std::string shown_words(std::string_view words, std::size_t max);

}  // namespace majlis::commands
