#include "base/regex_trial.h"

#include <gtest/gtest.h>

namespace majlis {
namespace {

constexpr std::uint64_t kPlenty = 50'000'000;

bool is_hostile(const std::string& written) {
  const Result<Pattern> pattern = Pattern::parse(written);
  EXPECT_TRUE(pattern.ok()) << written;
  std::uint64_t steps = kPlenty;
  return pattern.ok() && find_hostile_text(*pattern, steps).has_value();
}

TEST(RegexTrial, FindsTextsForPatternsThatExplode) {
  for (const char* text :
       {"/(a+)+$/", "/(a|a)*b/", "/(.*)*z/", "/(a|aa)+$/", "/^From: (\\w+\\s?)*$/", "/(x+x+)+y/", "/((ab)*)*c/",
        "/([a-z]+)*!/", "/^(\\d+|\\d+-)+x$/", "/Subject: .*(\\s*\\w*)*\\?$/i", "/(ab|abab)*c/", "/(?:a*)*b/",
        "m!(/+)+x!", "/(a{1,})+b/", "/(.*)(.*)(.*)(.*)(.*)(.*)x\\1/"}) {
    EXPECT_TRUE(is_hostile(text)) << text;
  }
}

TEST(RegexTrial, LeavesOrdinaryPatternsAlone) {
  std::string words;
  for (int i = 0; i < 100; ++i) words += (i == 0 ? "" : "|") + std::string("word") + std::to_string(i);
  for (const std::string& text :
       {std::string("/.*/"), std::string("/(.*)*/"), std::string("/casino/i"), std::string("/^X-Spam: yes/"),
        std::string("/([a-z]+\\.)+example\\.com/"), "/(" + words + ")/", std::string("/^subject:.*(free|money).*!/i"),
        std::string("/^(from|to):\\s*.*@.*\\.example\\.net/"), std::string("/(a)b\\1/"), std::string("/[[:digit:]]+/"),
        std::string("/\\b(viagra|cialis)\\b/i"), std::string("/foo.*bar.*baz/"), std::string("/^\\s*$/"),
        std::string("/" + std::string(990, 'a') + "/")}) {
    EXPECT_FALSE(is_hostile(text)) << text;
  }
}

TEST(RegexTrial, ATrialThatMayNotEndIsAnAnswer) {
  const Result<Pattern> pattern = Pattern::parse("/(a+)b/");
  ASSERT_TRUE(pattern.ok());
  std::uint64_t none = 0;
  EXPECT_EQ(find_hostile_text(*pattern, none), "");
}

TEST(RegexTrial, AnyPatternThatParsesCanBeTried) {
  for (const char* text :
       {"/[]a]*/", "/[^]]+/", "/(?i)a+/", "/a\\\\+/", "/(?=a)*/", "/x{2}/", "/\\x41+/", "/(a)(?#c)+/"}) {
    const Result<Pattern> pattern = Pattern::parse(text);
    if (!pattern) continue;
    std::uint64_t steps = kPlenty;
    EXPECT_NE(find_hostile_text(*pattern, steps), "") << text;
  }
}

}  // namespace
}  // namespace majlis
