#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::mail {

constexpr std::size_t kMaxRefusalOctets = 4000;  // what stands behind is not read

// The words with which a mail system refuses, split up to ask what they speak of. Addresses, host names, URLs and
// "name=value" pairs are no words; of a transcript of a dialogue only the refused command and its answer are read.
struct RefusalWords {
  explicit RefusalWords(std::string_view text);

  std::string lower;               // everything that is read, in lower case, single blanks
  std::vector<std::string> words;  // in order, without punctuation
  bool is_to_greeting = false;  // a permanent refusal of the greeting, EHLO, HELO or MAIL: no recipient was named yet
};

}  // namespace majlis::mail
