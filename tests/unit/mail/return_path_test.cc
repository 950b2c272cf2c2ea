#include "mail/return_path.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

TEST(ReturnPath, AnEmptyOneAndAMailerDaemonAreNull) {
  for (const std::string_view text :
       {"", "<>", " ", "< >", "MAILER-DAEMON", "mailer-daemon", "<Mailer-Daemon>", "MAILER-DAEMON@lists.example.org",
        "<mailer-daemon@mx.example.net>", "MAILER-DAEMON@"}) {
    EXPECT_TRUE(ReturnPath::parse(text).is_null()) << text;
    EXPECT_FALSE(ReturnPath::parse(text).address()) << text;
  }
}

TEST(ReturnPath, WhatCannotBeReadIsNotNull) {
  for (const std::string_view text : {"ann", "a b@c", "<<a@b>>", "-x@b", "ann@[192.0.2.1]", "mailer-daemons"}) {
    const ReturnPath path = ReturnPath::parse(text);
    EXPECT_FALSE(path.is_null()) << text;
    EXPECT_TRUE(path.is_unreadable()) << text;
    EXPECT_FALSE(path.address()) << text;
  }
}

TEST(ReturnPath, IsAnAddressWithOrWithoutBrackets) {
  for (const std::string_view text : {"a@b", "<a@b>", " <a@b>\r\n"}) {
    EXPECT_EQ(ReturnPath::parse(text).address(), Address::parse("a@b")) << text;
  }
  EXPECT_EQ(ReturnPath::parse("user..name@docomo.example").address(), Address::parse("\"user..name\"@docomo.example"));
  EXPECT_EQ(ReturnPath::parse("MAILER-DAEMONS@b").address(), Address::parse("mailer-daemons@b"));
}

}  // namespace
}  // namespace majlis::mail
