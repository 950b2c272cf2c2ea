#include "commands/tongues/flowed_lines.h"

#include <gtest/gtest.h>

#include "tongues/majordomo.h"

namespace majlis::commands {
namespace {

std::string lines_of(std::string_view text) {
  return mail::unflow(text, mail::FinalBlank::keep,
                      [](const mail::SoftBreak& at) { return stands_alone(tongues::kMajordomo, at); });
}

TEST(FlowedLines, ALongCommandThatTheMailProgramBrokeGoesOn) {
  EXPECT_EQ(lines_of("subscribe cooks Annabel Leonora Longfellow-Wintersmith \n<annabel@example.org>\n"),
            "subscribe cooks Annabel Leonora Longfellow-Wintersmith <annabel@example.org>\n");
  EXPECT_EQ(lines_of("subscribe cooks \nann@example.org\n"), "subscribe cooks ann@example.org\n");
}

TEST(FlowedLines, CommandsWithABlankBehindEachAreCommands) {
  EXPECT_EQ(lines_of("subscribe cooks \nwho cooks \nunsub bakers \nend \n"),
            "subscribe cooks \nwho cooks \nunsub bakers \nend \n");
  const std::string approved = "approve quite-a-long-password subscribe cooks annabel@example.org \n";
  EXPECT_EQ(lines_of(approved + approved), approved + approved);
}

TEST(FlowedLines, ACommandBehindASecretIsStillToCome) {
  const std::string token = "0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefghjkmn";
  EXPECT_EQ(lines_of("auth " + token + " \nsubscribe cooks \nann@example.org\nhelp\n"),
            "auth " + token + " subscribe cooks ann@example.org\nhelp\n");
  EXPECT_EQ(lines_of("approve pass-word \nsubscribe cooks ann@example.org \nhelp\n"),
            "approve pass-word subscribe cooks ann@example.org \nhelp\n");
}

TEST(FlowedLines, WhatIsNoCommandDoesNotSwallowTheNextOne) {
  EXPECT_EQ(lines_of("Dear server, \nsubscribe cooks \nlists\n"), "Dear server, \nsubscribe cooks \nlists\n");
  EXPECT_EQ(lines_of("help \nplease \nlists\n"), "help please \nlists\n");
}

TEST(FlowedLines, AReasonGoesOnAlsoWithAWordThatIsAVerb) {
  EXPECT_EQ(lines_of("reject 0123456789.token Please write in English, and do not \nget angry\n"),
            "reject 0123456789.token Please write in English, and do not get angry\n");
}

TEST(FlowedLines, TextsKeepTheLinesThatAPersonBrokeAndTheirEnd) {
  EXPECT_EQ(lines_of("newinfo cooks pass-word \nWelcome. \nWho cooks, eats. \nEOF \nhelp\n"),
            "newinfo cooks pass-word \nWelcome. \nWho cooks, eats. \nEOF \nhelp\n");
  EXPECT_EQ(
      lines_of(
          "newinfo cooks pass-word\nThis list is for all those who would like to learn to cook for \nfifty.\nEOF\n"),
      "newinfo cooks pass-word\nThis list is for all those who would like to learn to cook for fifty.\nEOF\n");
}

TEST(FlowedLines, AConfigurationKeepsItsLines) {
  const std::string config =
      "approve pass-word newconfig cooks \nmoderate = yes \nmoderators << END \nann@example.org \nbob@example.org \n"
      "END \nadmin_passwd = other-word \nEOF \n";
  EXPECT_EQ(lines_of(config), config);
}

}  // namespace
}  // namespace majlis::commands
