#include "bin/admin/call/suggestion.h"

#include <gtest/gtest.h>

namespace majlis::bin::admin {
namespace {

const std::vector<std::string> kKnown = {"list", "members", "queue", "cooks@lists.example.org"};

TEST(Suggestion, OneSlipIsForgivenInAShortWordAndTwoInALongOne) {
  for (const char* written : {"lst", "lsit", "lisst", "lost", "LIST"}) {
    EXPECT_EQ(suggestion(written, kKnown), "; did you mean 'list'?") << written;
  }
  for (const char* written : {"memebrs", "menbrs", "mmebesr"}) {
    EXPECT_EQ(suggestion(written, kKnown), "; did you mean 'members'?") << written;
  }
  EXPECT_EQ(suggestion("cooks@list.example.or", kKnown), "; did you mean 'cooks@lists.example.org'?");
}

TEST(Suggestion, OtherWordsAreNobodys) {
  for (const char* written : {"", "ls", "lxyt", "mebrsx", "frobnicate"}) {
    EXPECT_EQ(suggestion(written, kKnown), "") << written;
  }
  EXPECT_EQ(suggestion(std::string(5000, 'x'), kKnown), "");
  EXPECT_EQ(suggestion("list", {}), "");
}

}  // namespace
}  // namespace majlis::bin::admin
