#include "commands/reading/own_words.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kHost = "lists.example.org";

std::string words_in(std::string_view text) { return std::string(trim(own_words(text, kHost))); }

TEST(OwnWords, AreAllThereIsWithoutAQuotation) {
  EXPECT_EQ(words_in(""), "");
  EXPECT_EQ(words_in("\n\n"), "");
  EXPECT_EQ(words_in("Yes\n\nAnn"), "Yes\n\nAnn");
  EXPECT_EQ(words_in("\xC2\xA0Yes\xE2\x80\x8B\r\n"), "Yes");
}

TEST(OwnWords, StandAboveAQuotation) {
  for (const std::string_view quotation :
       {"> nothing will happen", ">> nothing", "| nothing", "-----Original Message-----\nnothing",
        "-----Message d'origine-----\nnothing", "---- On Tue Cooks wrote ----\nnothing", "________________\nnothing",
        "From: Cooks\nSent: Tuesday\nTo: Ann\nSubject: x\n\nnothing",
        "De\xC2\xA0: Cooks\n\n*Envoy\xC3\xA9 :* mardi\n\xC3\x80 : Ann\nObjet : x\nnothing",
        "Von: Cooks\nGesendet: Dienstag\nAn: Ann\nnothing", "--\nnothing", "-- \nnothing"}) {
    EXPECT_EQ(words_in("Yes\n" + std::string(quotation)), "Yes") << quotation;
  }
}

TEST(OwnWords, EndWithTheLineThatNamesUs) {
  for (const std::string line : {"On Tue, cooks-owner@lists.example.org wrote:", "From: cooks@LISTS.example.org",
                                 "Le 24 nov., cooks-owner@lists.example.org a \xC3\xA9"
                                 "crit\xC2\xA0:"}) {
    const std::string words = words_in("Yes\n" + line + "\nnothing");
    EXPECT_TRUE(words.starts_with("Yes\n")) << words;
    EXPECT_EQ(words.find("nothing"), std::string::npos) << words;
  }
  EXPECT_EQ(words_in("I got a letter from cooks-owner@lists.example.org.\nNever!"),
            "I got a letter from cooks-owner@lists.example.org.\nNever!");
}

TEST(OwnWords, StandBetweenQuotedLines) {
  EXPECT_EQ(words_in("On Tue Cooks <cooks-owner@lists.example.org> wrote:\n\n> be added?\n\nNo.\n> nothing\nNever."),
            "On Tue Cooks <cooks-owner@lists.example.org> wrote:\n\n\nNo.\nNever.");
}

TEST(OwnWords, AWordWithAColonIsNoBlock) {
  EXPECT_EQ(words_in("Answer: yes\nReason: none\n\nAnn"), "Answer: yes\nReason: none\n\nAnn");
}

TEST(OwnWords, EndAfterSoManyLines) {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "a: b\n\n";
  EXPECT_EQ(words_in(text), "");
  text.assign(200'000, '\n');
  EXPECT_EQ(words_in(text + "no"), "");
}

std::string text_in(std::string_view text) {
  return std::string(trim(words_for_others(text, kHost, "mona@example.org")));
}

TEST(WordsForOthers, HasNoIntroductionOfWhatIsQuoted) {
  for (const std::string_view introduction :
       {"On Tue, Nov 24, 2026 at 10:00 AM Cooks of the example organisation\n<cooks-owner@lists.example.org> "
        "wrote:\n\n> x",
        "On Tue, Nov 24, 2026 at 10:00 AM\nCooks of the example\norganisation\ncooks-owner@lists.example.org wrote:\n> "
        "x",
        "Am 24.11.26 um 10:00 schrieb Cooks:\n> x", "Le 24 nov. 2026 \u00e0 10:00, Cooks a \u00e9crit\u00a0:\n\n> x",
        "El mar, 24 nov 2026, cooks@example.com escribi\u00f3:\n> x", "cooks@example.com \u5199\u9053\uff1a\n> x",
        "Von: cooks-owner@lists.example.org\nGesendet: Dienstag\n\nx", "cooks-owner@lists.example.org wrote:\n\nx",
        "-----Original Message-----\nx"}) {
    EXPECT_EQ(text_in("Too long\n\n" + std::string(introduction)), "Too long") << introduction;
    EXPECT_EQ(text_in("Too long\n" + std::string(introduction)), "Too long") << introduction;
  }
}

TEST(WordsForOthers, HasNothingOfTheDeviceNorTheAddressOfItsWriter) {
  EXPECT_EQ(text_in("Too long\n\nSent from my iPhone\n\n> x"), "Too long");
  EXPECT_EQ(text_in("Too long\n\nObtenez Outlook pour iOS<https://aka.ms/o0ukef>\n________________\nx"), "Too long");
  EXPECT_EQ(text_in("Too long\n\nL\u00e4hetetty iPhonesta"), "Too long");
  EXPECT_EQ(text_in("Too long\nMona\nMona@Example.org\n"), "Too long\nMona");
}

// Nor is a line of a device what has its letters in a token or in the name of a list.
TEST(WordsForOthers, HasCommandsWithAnyLettersInThem) {
  for (const std::string_view text : {"accept 7x2m.20bss3tqk431jy7gmx3y20zyb3y7pm1e", "subscribe android-users",
                                      "accept GMX4.20BSS3TQK431JY7QW83Y20ZYB3Y7PM1E"}) {
    EXPECT_EQ(text_in(text), text);
  }
}

TEST(WordsForOthers, KeepsWhatOnlyLooksLikeThat) {
  for (const std::string_view text :
       {"Please write to\ncooks-owner@lists.example.org first", "Rules: see cooks@lists.example.org\nor ask me",
        "Your Outlook breaks lines: see the charter", "Too long. This is what I mean:", "Too long\n\nOn Tuesday:\nMona",
        "The meeting of 2026-11-30\nis cancelled"}) {
    EXPECT_EQ(text_in(text), text);
  }
  EXPECT_EQ(text_in("Leave this out:\n> a long tale\nplease"), "Leave this out:\nplease");
}

}  // namespace
}  // namespace majlis::commands
