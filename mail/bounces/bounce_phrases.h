#pragma once

#include <span>
#include <string_view>

namespace majlis::mail {

// What reports say, in lower case and with single blanks.

// Phrases of lines behind which the returned message stands, and field names it begins with.
std::span<const std::string_view> returned_message_marks();
std::span<const std::string_view> returned_message_fields();

// Phrases that say the message is still being tried.
std::span<const std::string_view> delay_phrases();

// Phrases that say anything at all went wrong; too weak to tell where an address stands.
std::span<const std::string_view> failure_words();

// Phrases in front of the address that the failed one was made of by an alias or a forwarding.
std::span<const std::string_view> origin_phrases();

// Words in lines that name somebody else than a failed recipient: whom to ask, who wrote.
std::span<const std::string_view> bystander_words();

// Phrases of systems that ask the sender to confirm before they let the letter in.
std::span<const std::string_view> challenge_phrases();

}  // namespace majlis::mail
