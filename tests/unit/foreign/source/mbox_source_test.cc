#include "foreign/source/mbox_source.h"

#include <cstdio>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"

namespace majlis::foreign {
namespace {

class MboxSourceTest : public testing::Test {
 protected:
  std::vector<OldPost> read(std::string_view text) {
    const std::string path = testing::TempDir() + "mbox_source_test";
    EXPECT_TRUE(replace_file(path, text, 0600));
    std::vector<OldPost> posts;
    auto reader = open_mbox(path);
    EXPECT_TRUE(reader);
    for (auto post = (*reader)->next(); post && *post; post = (*reader)->next()) posts.push_back(**post);
    std::filesystem::remove(path);
    return posts;
  }
};

constexpr std::string_view kFrom = "From ann@example.org Fri Jan  8 10:00:00 1999\n";

TEST_F(MboxSourceTest, TakesALineOfTextForNoEnvelope) {
  const auto posts =
      read(std::string(kFrom) +
           "Subject: a\n\nHello\n\nFrom here on\n\nFrom ann@example.org Fri Jan  8 10:00:00 1999\nit is text\n");
  ASSERT_EQ(posts.size(), 1U);
  EXPECT_EQ(posts[0].repaired, 2U);
  EXPECT_NE(posts[0].message.find("\nit is text\n"), std::string::npos);
}

TEST_F(MboxSourceTest, PartsPostsAtTheirEnvelopes) {
  const auto posts =
      read(std::string(kFrom) + "Subject: a\n\nOne\n\n" + std::string(kFrom) + "Subject: b\r\n\r\nTwo\r\n\r\n");
  ASSERT_EQ(posts.size(), 2U);
  EXPECT_EQ(posts[0].message, "Subject: a\n\nOne\n");
  EXPECT_EQ(posts[1].message, "Subject: b\n\nTwo\n");
  EXPECT_EQ(posts[0].sender, "ann@example.org");
  EXPECT_EQ(posts[0].received, 915789600);
}

TEST_F(MboxSourceTest, GoesOnBehindAPostThatIsTooLarge) {
  const std::string line(kMaxPostOctets + 6 * 1024 * 1024, 'x');
  std::string many;
  while (many.size() <= kMaxPostOctets) many += std::string(1023, 'y') + "\n";
  const std::string from = "\n" + std::string(kFrom);
  const auto posts = read(std::string(kFrom) + "Subject: a\n\nOne\n" + from + "Subject: b\n\n" + line + "\nmore\n" +
                          from + "Subject: c\n\n" + many + from + "Subject: d\n\nFour\n");
  ASSERT_EQ(posts.size(), 4U);
  EXPECT_EQ(posts[0].message, "Subject: a\n\nOne\n");
  EXPECT_TRUE(posts[1].is_too_large);
  EXPECT_TRUE(posts[1].message.starts_with("Subject: b\n\nxxx"));
  EXPECT_TRUE(posts[2].is_too_large);
  EXPECT_FALSE(posts[3].is_too_large);
  EXPECT_EQ(posts[3].message, "Subject: d\n\nFour\n");
  EXPECT_EQ(read(std::string(kFrom) + "Subject: a\n\n" + line).size(), 1U);
}

TEST_F(MboxSourceTest, UndoesEscapes) {
  EXPECT_EQ(read(std::string(kFrom) + "Subject: a\n\n>From me\n>>From you\n> From\n")[0].message,
            "Subject: a\n\nFrom me\n>From you\n> From\n");
}

TEST_F(MboxSourceTest, PassesOverWhatIsNoMail) {
  EXPECT_TRUE(read("").empty());
  EXPECT_TRUE(read("just text\nwithout mail\n").empty());
  EXPECT_EQ(read("garbage\n\n" + std::string(kFrom) + "Subject: a\n\nx").size(), 1U);
}

TEST_F(MboxSourceTest, BeginsAPostInAnyYearThatAClockMayHaveHad) {
  const auto posts = read(std::string(kFrom) + "Subject: a\n\nOne\n\nFrom d@example.org Mon Nov  2 10:00:02 1969\n" +
                          "Subject: b\n\nTwo\n\nFrom e@example.org Fri Jan  1 00:00:00 1904\nSubject: c\n\nThree\n");
  ASSERT_EQ(posts.size(), 3U);
  EXPECT_EQ(posts[1].message, "Subject: b\n\nTwo\n");
  EXPECT_EQ(posts[1].sender, "d@example.org");
  EXPECT_EQ(posts[1].received, 0);
  EXPECT_EQ(posts[2].received, 0);
}

TEST(Envelope, ReadsTheDatesOfSeveralWriters) {
  EXPECT_EQ(read_envelope("From a@b.example Fri Jan 08 10:00:00 1999")->received, 915789600);
  EXPECT_EQ(read_envelope("From a at b.example  Fri Jan  8 10:00 GMT 1999")->received, 915789600);
  EXPECT_EQ(read_envelope("From a at b.example  Fri Jan  8 10:00:00 1999")->sender, "a@b.example");
  for (const char* line : {"From here on", "From a@b Fri", "From a@b Fri Jan 8 ten 1999",
                           "from a@b Fri Jan  8 10:00:00 1999", "From a@b Xyz Jan  8 10:00:00 1999",
                           "From a@b Fri Jan 45 10:00:00 1969", "From a@b Fri Jan  8 10:00:00 1899", "From "}) {
    EXPECT_FALSE(read_envelope(line)) << line;
  }
}

}  // namespace
}  // namespace majlis::foreign
