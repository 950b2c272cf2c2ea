#include "lists/site/site_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

using testing::HasSubstr;

constexpr std::string_view kLeast = "domain = lists.example.org\npostmaster = anna@example.org\n";

void expect_misconfigured(const std::string& text, const std::string& what) {
  const Result<SiteConfig> config = SiteConfig::parse(text);
  ASSERT_FALSE(config.ok()) << text;
  EXPECT_EQ(config.error().kind, ErrorKind::misconfigured);
  EXPECT_THAT(config.error().what, HasSubstr(what));
}

TEST(SiteConfig, NeedsDomainAndPostmasterOnly) {
  const Result<SiteConfig> config = SiteConfig::parse(kLeast);
  ASSERT_TRUE(config.ok()) << config.error().what;
  EXPECT_EQ(config->domain, "lists.example.org");
  EXPECT_EQ(config->relay, "maildir:mail");
  EXPECT_EQ(config->max_commands, 25);
  expect_misconfigured("domain = lists.example.org\n", "postmaster is missing");
  expect_misconfigured("postmaster = anna@example.org\n", "domain is missing");
  expect_misconfigured("", "domain is missing");
}

TEST(SiteConfig, NamesTheLineOfAnyMistake) {
  const std::string least(kLeast);
  expect_misconfigured(least + "colour = red\n", "line 3: unknown key 'colour'");
  expect_misconfigured(least + "\nDomain = example.org\n", "line 4: domain: given twice");
  expect_misconfigured(least + "rubbish\n", "line 3: not 'key = value'");
  expect_misconfigured(least + "connections = 0\n", "line 3: connections: must be a number from 1 to 100");
  expect_misconfigured(least + "connections = many\n", "line 3: connections");
  expect_misconfigured(least + "max_received = 99999999999999999999\n", "line 3: max_received");
  expect_misconfigured(least + "relay = http://x\n", "line 3: relay");
  expect_misconfigured(least + "relay =\n", "line 3: relay");
  expect_misconfigured(least + "language = de\n", "line 3: language");
  expect_misconfigured(least + "relay_tls = maybe\n", "line 3: relay_tls");
  expect_misconfigured(least + "verp =\n", "line 3: verp");
  expect_misconfigured(least + "authserv_id = two words\n", "line 3: authserv_id");
  expect_misconfigured(least + "verify_dkim = perhaps\n", "line 3: verify_dkim");
  expect_misconfigured(least + "resolver = dns.example.org\n", "line 3: resolver");
  for (const char* wrong : {"clamd", "unix:clamd.ctl", "tcp:localhost", "tcp:localhost:0", "/run/clamd.ctl"}) {
    expect_misconfigured(least + "scanner = " + wrong + "\n", "line 3: scanner");
  }
  expect_misconfigured(least + "scanner_seconds = 101\n", "line 3: scanner_seconds: must be a number from 1 to 100");
  expect_misconfigured(least + "scanner_down = pass\n", "line 3: scanner_down");
  expect_misconfigured(least + "dns_seconds = 0\n", "line 3: dns_seconds: must be a number from 1 to 60");
  expect_misconfigured("domain = not a domain\n", "line 1: domain");
  expect_misconfigured("postmaster = root\n", "line 1: postmaster");
}

TEST(SiteConfig, IgnoresCaseCommentsAndBlankLines) {
  const Result<SiteConfig> config =
      SiteConfig::parse("# all\n\n  DOMAIN=Lists.Example.ORG # here\r\nPostmaster = anna@example.org\nLanguage = FR\n");
  ASSERT_TRUE(config.ok()) << config.error().what;
  EXPECT_EQ(config->domain, "lists.example.org");
  EXPECT_EQ(config->language, "fr");
}

TEST(SiteConfig, WritesASampleThatParsesBack) {
  SiteConfig config = SiteConfig::parse(kLeast).value();
  config.relay = "smtp://relay.example.org:25";
  config.log_file = "/var/log/majlis.log";
  config.connections = 7;
  const std::string written = config.write();
  const Result<SiteConfig> again = SiteConfig::parse(written);
  ASSERT_TRUE(again.ok()) << again.error().what;
  EXPECT_EQ(again->write(), written);
  EXPECT_EQ(again->relay, config.relay);
  EXPECT_EQ(again->log_file, config.log_file);
  EXPECT_EQ(again->connections, 7);
}

}  // namespace
}  // namespace majlis::lists
