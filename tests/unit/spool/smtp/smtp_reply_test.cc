#include "spool/smtp/smtp_reply.h"

#include <gtest/gtest.h>

namespace majlis::spool {
namespace {

std::vector<Reply> replies_of(std::string_view octets, std::size_t step) {
  ReplyReader reader;
  std::vector<Reply> replies;
  for (; !octets.empty(); octets.remove_prefix(std::min(step, octets.size()))) {
    reader.add(octets.substr(0, step));
    for (;;) {
      Result<std::optional<Reply>> reply = reader.next();
      EXPECT_TRUE(reply.ok());
      if (!reply || !*reply) break;
      replies.push_back(**reply);
    }
  }
  return replies;
}

TEST(SmtpReply, IsTheSameHoweverItIsCut) {
  const std::string octets = "220 hello\r\n250-one\r\n250-two\n250 three\r\n550 5.1.1 no such user\r\n354\r\n";
  for (std::size_t step = 1; step <= octets.size(); ++step) {
    const std::vector<Reply> replies = replies_of(octets, step);
    ASSERT_EQ(replies.size(), 4U) << step;
    EXPECT_EQ(replies[1].text, "one\ntwo\nthree");
    EXPECT_EQ(replies[2].code, 550U);
    EXPECT_EQ(replies[3].code, 354U);
  }
}

TEST(SmtpReply, TakesTheEnhancedStatusOnlyWhenItAgrees) {
  EXPECT_EQ((Reply{550, "5.1.1 gone"}.answer().status), "5.1.1");
  EXPECT_EQ((Reply{450, "5.1.1 odd"}.answer().status), "4.0.0");
  EXPECT_EQ((Reply{550, "5.1 x"}.answer().status), "5.0.0");
  EXPECT_EQ((Reply{550, "5.1.1234 x"}.answer().status), "5.0.0");
  EXPECT_EQ((Reply{550, "gone\x1b[2J"}.answer().text), "550 gone\\x1b[2J");
}

TEST(SmtpReply, RefusesWhatIsNotSmtp) {
  std::string endless;
  for (std::size_t i = 0; i <= kMaxReplyLines; ++i) endless += "250-x\r\n";
  for (const std::string& octets :
       {std::string("hello\r\n"), std::string("25\r\n"), std::string("199 x\r\n"), std::string("600 x\r\n"),
        std::string("250_x\r\n"), std::string("250-a\r\n251 b\r\n"), std::string(kMaxReplyLineOctets + 1, '2'),
        endless}) {
    ReplyReader reader;
    reader.add(octets);
    EXPECT_FALSE(reader.next().ok()) << octets.substr(0, 20);
  }
}

}  // namespace
}  // namespace majlis::spool
