#include "lists/site/reasons.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "lists/site/texts.h"

namespace majlis::lists {
namespace {

std::string french(std::string_view reason) { return translated_reason(built_in_text("fr", "part_reasons"), reason); }

std::set<std::string> keys_of(std::string_view language) {
  std::set<std::string> keys;
  std::string_view rest = built_in_text(language, "part_reasons");
  while (const auto line = next_line(rest)) keys.insert(std::string(line->substr(0, line->find(" => "))));
  return keys;
}

TEST(Reasons, WhatVariesIsTakenOver) {
  EXPECT_EQ(french("Message too long (9 of at most 8 octets)"), "Message trop long (9 octets, 8 au plus)");
  EXPECT_EQ(french("Non-member submission from ann@example.com"), "Message de ann@example.com, qui n'est pas membre");
}

TEST(Reasons, EachOfSeveralIsTranslated) {
  EXPECT_EQ(french("Approval required; something new; too many hops"),
            "Approbation requise; something new; trop de relais");
}

TEST(Reasons, WhatHasNoLineStays) {
  for (const char* reason : {"", "; ", "something new", "Message too long (9 of at most 8 octets", "${who}"}) {
    EXPECT_EQ(french(reason), reason);
  }
  EXPECT_EQ(translated_reason("no arrow\n${x => y\n", "a"), "a");
}

// A value that looks like a placeholder is no placeholder.
TEST(Reasons, AValueIsNotReadAgain) { EXPECT_EQ(french("taboo body match ${pattern}"), "texte exclu par ${pattern}"); }

TEST(Reasons, EveryLanguageHasTheSameReasons) { EXPECT_EQ(keys_of("fr"), keys_of("en")); }

TEST(Reasons, EnglishStaysWordForWord) {
  std::string_view rest = built_in_text("en", "part_reasons");
  while (const auto line = next_line(rest)) {
    const std::size_t arrow = line->find(" => ");
    EXPECT_EQ(line->substr(0, arrow), line->substr(arrow + 4));
  }
}

}  // namespace
}  // namespace majlis::lists
