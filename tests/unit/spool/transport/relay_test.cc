#include "spool/transport/relay.h"

#include <gtest/gtest.h>

namespace majlis::spool {
namespace {

TEST(Relay, UnderstandsEveryFormAndWritesItBack) {
  for (const std::string url :
       {"smtp://127.0.0.1:25", "smtps://mx.example.org:465", "lmtp://localhost:24", "lmtp:/run/lmtp",
        "sendmail:/usr/sbin/sendmail", "maildir:/var/mail", "maildir:mail", "smtp://[::1]:2525"}) {
    const Result<Relay> relay = Relay::parse(url);
    ASSERT_TRUE(relay.ok()) << url;
    EXPECT_EQ(relay->text(), url);
  }
}

TEST(Relay, KnowsThePortsNobodyNames) {
  EXPECT_EQ(Relay::parse("smtp://h")->port, "25");
  EXPECT_EQ(Relay::parse("smtps://h/")->port, "465");
  EXPECT_EQ(Relay::parse("LMTP://h")->port, "24");
}

TEST(Relay, RefusesEverythingElseNamingTheForms) {
  for (const std::string url : {"", "smtp:", "smtp://", "smtp://h:0", "smtp://h:65536", "smtp://h:25x", "smtp://h:2:5",
                                "smtp://[::1", "http://h", "smtp://a b", "lmtp:socket", "sendmail:sendmail",
                                "sendmail:", "maildir:", "smtp://user:pw@h", "maildir:a\nb"}) {
    const Result<Relay> relay = Relay::parse(url);
    ASSERT_FALSE(relay.ok()) << url;
    EXPECT_EQ(relay.error().kind, ErrorKind::misconfigured);
    EXPECT_NE(relay.error().what.find("maildir:DIR"), std::string::npos);
  }
}

}  // namespace
}  // namespace majlis::spool
