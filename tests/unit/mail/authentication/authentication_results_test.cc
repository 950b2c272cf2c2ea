#include "mail/authentication/authentication_results.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

using Properties = std::vector<std::string>;

Properties properties_of(const AuthenticationResult& result) {
  Properties words;
  for (const ResultProperty& each : result.properties) words.push_back(each.type + "." + each.name + "=" + each.value);
  return words;
}

bool is_read(std::string_view body) { return parse_authentication_results(body).has_value(); }

TEST(AuthenticationResults, ReadsTheExamplesOfRfc8601) {
  EXPECT_TRUE(is_read("example.org 1; none"));
  EXPECT_TRUE(parse_authentication_results("example.org 1; none")->results.empty());
  const auto field = parse_authentication_results(
      "example.com;\r\n      auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n"
      "      spf=pass smtp.mailfrom=example.net");
  ASSERT_TRUE(field);
  EXPECT_EQ(field->authserv_id, "example.com");
  ASSERT_EQ(field->results.size(), 2U);
  EXPECT_EQ(field->results[0].method, "auth");
  EXPECT_EQ(properties_of(field->results[0]), Properties{"smtp.auth=sender@example.net"});
  EXPECT_EQ(field->results[1].result, "pass");
  EXPECT_EQ(field->results[1].property("smtp", "mailfrom"), "example.net");
  const auto comments = parse_authentication_results(
      "foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n"
      "  policy (A dot can go here) . (like that) expired\r\n  (this surprised me) = (as I wasn't expecting it) "
      "1362471462");
  ASSERT_TRUE(comments);
  ASSERT_EQ(comments->results.size(), 1U);
  EXPECT_EQ(comments->results[0].result, "fail");
  EXPECT_EQ(properties_of(comments->results[0]), Properties{"policy.expired=1362471462"});
}

TEST(AuthenticationResults, ReadsWhatServersWrite) {
  const auto field = parse_authentication_results(
      "MX.Example.ORG;\n\tdkim=pass (2048-bit key; unprotected) header.d=Example.net header.i=@example.net "
      "header.b=\"uFhC7/P6\";\n\tdkim=pass header.b=ab/cd+ header.a=rsa-sha256;\n"
      "\tspf=pass (mx: domain of \"a;b\"@x designates 192.0.2.1) smtp.mailfrom=\"a;b\"@example.net;"
      " dmarc=pass (p=NONE) header.From=example.net;");
  ASSERT_TRUE(field);
  EXPECT_EQ(field->authserv_id, "mx.example.org");
  ASSERT_EQ(field->results.size(), 4U);
  EXPECT_EQ(field->results[0].property("header", "d"), "Example.net");
  EXPECT_EQ(field->results[0].property("header", "b"), "uFhC7/P6");
  EXPECT_EQ(field->results[1].property("header", "b"), "ab/cd+");
  EXPECT_EQ(field->results[2].property("smtp", "mailfrom"), "a;b@example.net");
  EXPECT_EQ(field->results[3].property("header", "from"), "example.net");
  EXPECT_TRUE(is_read("mx; dkim=fail reason=\"bad; worse\" header.d=a.example"));
  EXPECT_TRUE(is_read("mx; spf=none smtp.mailfrom=; dmarc=none"));
  EXPECT_TRUE(is_read("\"mx.example.org\"; none"));
}

TEST(AuthenticationResults, WhatStandsInQuotesOrCommentsIsNoResult) {
  const auto field = parse_authentication_results(
      "mx; spf=pass (x; dkim=pass header.d=victim.example (nested) \\) ) smtp.mailfrom=\"; dkim=pass\"@evil.example");
  ASSERT_TRUE(field);
  ASSERT_EQ(field->results.size(), 1U);
  EXPECT_EQ(field->results[0].method, "spf");
}

TEST(AuthenticationResults, APropertyGivenTwiceIsNotGiven) {
  const auto field = parse_authentication_results("mx; dkim=pass header.d=a.example header.d=b.example header.i=@c");
  ASSERT_TRUE(field);
  EXPECT_FALSE(field->results[0].property("header", "d"));
  EXPECT_EQ(field->results[0].property("header", "i"), "@c");
}

TEST(AuthenticationResults, ResultsOfAnotherVersionOfTheirMethodAreLeftOut) {
  const auto field =
      parse_authentication_results("mx 1; dkim/2=pass header.d=a.example; spf/1=pass smtp.mailfrom=b.example");
  ASSERT_TRUE(field);
  ASSERT_EQ(field->results.size(), 1U);
  EXPECT_EQ(field->results[0].method, "spf");
}

TEST(AuthenticationResults, RefusesWhatIsNoSuchField) {
  for (const std::string_view body : {"",
                                      " ",
                                      ";",
                                      "mx",
                                      "mx;",
                                      "mx 2; none",
                                      "mx 1 1; none",
                                      "spf=pass (x) smtp.mailfrom=a; mx; dkim=pass",
                                      "mx; dkim",
                                      "mx; dkim=",
                                      "mx; =pass",
                                      "mx; dkim=pass header.d",
                                      "mx; dkim=pass header.",
                                      "mx; dkim=pass (open",
                                      "mx; dkim=pass header.d=\"open",
                                      "mx; dkim=pass mx2; spf=pass",
                                      "mx; dkim=pass header.d=a b",
                                      "mx; outlook.com; dkim=pass",
                                      "mx; none; ; spf=pass",
                                      "mx; none spf=pass",
                                      "\"\"; none",
                                      "mx) ; none",
                                      "mx; dkim=pass header.d=a\"b\"",
                                      "mx;; none"}) {
    EXPECT_FALSE(is_read(body)) << body;
  }
}

TEST(AuthenticationResults, HasCeilings) {
  const auto repeated = [](std::string_view piece, int times) {
    std::string text = "mx";
    for (int i = 0; i < times; ++i) text += piece;
    return text;
  };
  EXPECT_TRUE(is_read(repeated("; spf=pass", 100)));
  EXPECT_FALSE(is_read(repeated("; spf=pass", 101)));
  EXPECT_FALSE(is_read(repeated("", 1) + "; spf=pass" + repeated(" header.d=a", 51).substr(2)));
  EXPECT_FALSE(is_read("mx; none " + std::string(11, '(') + std::string(11, ')')));
  EXPECT_TRUE(is_read("mx; none " + std::string(10, '(') + std::string(10, ')')));
  EXPECT_FALSE(is_read("mx; none (" + std::string(17000, 'x') + ")"));
}

}  // namespace
}  // namespace majlis::mail
