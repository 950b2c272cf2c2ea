#include "commands/majordomo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "commands/table.h"

namespace majlis::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Majordomo, ReadsTheVerbInAnyCase) {
  const Request request = read_majordomo("SubScribe cooks  ann@example.org");
  EXPECT_EQ(request.verb, Verb::subscribe);
  EXPECT_THAT(request.arguments, ElementsAre("cooks", "ann@example.org"));
}

TEST(Majordomo, SynonymsAreOneVerb) {
  for (const char* word : {"unsubscribe", "signoff", "cancel"}) {
    EXPECT_EQ(read_majordomo(std::string(word) + " cooks").verb, Verb::unsubscribe) << word;
  }
}

TEST(Majordomo, ABackslashProtectsABlank) {
  EXPECT_THAT(read_majordomo("subscribe cooks Ann\\ B <a@b.c>").arguments, ElementsAre("cooks", "Ann B", "<a@b.c>"));
}

TEST(Majordomo, ADashEnds) {
  EXPECT_EQ(read_majordomo("-- ").verb, Verb::end);
  EXPECT_EQ(read_majordomo("END").verb, Verb::end);
}

TEST(Majordomo, AnEchoNeverShowsASecret) {
  const std::string token = "0123456789abcdefghjkmnpqrstvwxyz0123";
  for (const char* line :
       {"approve hunter2hunter2 subscribe cooks ann@example.org", "APPROVE hunter2hunter2",
        "aprove hunter2hunter2 subscribe cooks", "passwd cooks hunter2hunter2 other", "hunter2 hunter2hunter2"}) {
    EXPECT_THAT(read_majordomo(line).echo, Not(HasSubstr("hunter2hunter2"))) << line;
  }
  EXPECT_THAT(read_majordomo("auth " + token + " subscribe cooks a@b.c").echo, Not(HasSubstr(token)));
  EXPECT_THAT(read_majordomo("accept 0123456789." + token).echo, Not(HasSubstr(token)));
}

TEST(Majordomo, AnEchoShowsWhatIsNoSecret) {
  EXPECT_EQ(read_majordomo("approve pass-word subscribe cooks ann@example.org").echo,
            "approve *** subscribe cooks ann@example.org");
}

TEST(Majordomo, EveryByteStringReads) {
  EXPECT_EQ(read_majordomo("").verb, Verb::not_understood);
  EXPECT_EQ(read_majordomo(std::string("\0\x01\xff", 3)).verb, Verb::not_understood);
  EXPECT_LE(read_majordomo(std::string(100'000, 'x')).echo.size(), 300U);
}

TEST(Table, EveryVerbHasOneCanonicalRow) {
  for (const VerbRow& row : verb_table()) {
    EXPECT_EQ(row_of(row.verb).verb, row.verb);
    EXPECT_EQ(find_verb(row.majordomo)->verb, row.verb);
  }
  EXPECT_EQ(find_verb("nothing"), nullptr);
}

}  // namespace
}  // namespace majlis::commands
