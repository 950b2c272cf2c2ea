#include "lists/site/text/letter_lines.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

const std::string kLong(66, 'x');

TEST(LetterLines, ASentenceGoesOnInTheNextLineOfItsParagraph) {
  EXPECT_EQ(fill_in_letter("The list ${list} waits for you to\nread this.\n\nYours\n", {{"list", kLong}}),
            "The list " + kLong + "\nwaits for you to read this.\n\nYours\n");
  EXPECT_EQ(fill_in_letter("The list ${list} waits.\nDone.\n", {{"list", "cooks"}}), "The list cooks waits.\nDone.\n");
  EXPECT_EQ(fill_in_letter("No list", {}), "No list");
}

TEST(LetterLines, CommandsAndValuesStayAsTheyAre) {
  const TextValues values = {{"line", "reject " + kLong + " because it is long"}};
  EXPECT_EQ(fill_in_letter("${line}\n", values), values.at("line") + "\n");
  EXPECT_EQ(fill_in_letter("\tsubscribe cooks ${line}\n", values), "\tsubscribe cooks " + values.at("line") + "\n");
  EXPECT_EQ(fill_in_letter("${lines}Sentence.\n", {{"lines", values.at("line") + "\n\n"}}),
            values.at("line") + "\n\nSentence.\n");
}

TEST(LetterLines, ARuleStaysOneLine) {
  const std::string rule = "----- Original message (" + kLong + ") -----\n";
  EXPECT_EQ(fill_in_letter("A sentence.\n----- Original message (${id}) -----\n", {{"id", kLong}}),
            "A sentence.\n" + rule);
}

TEST(LetterLines, WhatStandsBehindALabelHasItsMargin) {
  EXPECT_EQ(fill_in_letter("Why:     ${reason}\nHeld:    now\n", {{"reason", kLong + " and more words"}}),
            "Why:     " + kLong + "\n         and more words\nHeld:    now\n");
}

TEST(LetterLines, AReasonOfSeveralLinesKeepsThem) {
  EXPECT_EQ(fill_in_letter("Why: ${reason}\n", {{"reason", "one\n\n" + kLong + " and too many more words"}}),
            "Why: one\n\n" + kLong + " and too\n     many more words\n");
}

}  // namespace
}  // namespace majlis::lists
