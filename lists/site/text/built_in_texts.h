#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace majlis::lists {

// The files under lists/site/text/, made into a table by cmake/built_in_texts.cmake.
struct BuiltInText {
  std::string_view language;
  std::string_view name;
  std::string_view content;
};

std::span<const BuiltInText> built_in_texts();

// The sentences of one of those texts that hold sentences. Numbers and no pointers: before a program begins it has to
// write every pointer of its tables, and there are many sentences.
struct BuiltInSentences {
  struct Place {
    std::uint32_t at;  // in `octets`: the id, and behind it the words
    std::uint16_t id_octets;
    std::uint16_t words_octets;
  };

  std::string_view language;
  std::string_view text;
  std::string_view octets;
  std::span<const Place> places;  // sorted by id

  std::string_view id_at(const Place& place) const { return octets.substr(place.at, place.id_octets); }
  std::string_view words_at(const Place& place) const {
    return octets.substr(place.at + place.id_octets, place.words_octets);
  }
};

std::span<const BuiltInSentences> built_in_sentences();

// The text as built in; empty when there is none in that language.
std::string_view built_in_text(std::string_view language, std::string_view name);
// The built-in sentence as it is in the file; "" when there is none.
std::string_view built_in_sentence(std::string_view language, std::string_view text, std::string_view id);

}  // namespace majlis::lists
