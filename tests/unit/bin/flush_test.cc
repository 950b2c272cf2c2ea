#include "bin/flush.h"

#include <getopt.h>
#include <gmock/gmock.h>

#include "bin/exit_status.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::bin {
namespace {

using testing::HasSubstr;

class Flush : public lists::ScratchList {
 protected:
  int flush_with(std::vector<std::string> words) {
    words.insert(words.begin(), "majlis-flush");
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    optind = 0;  // getopt begins anew
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    const int status = flush(static_cast<int>(words.size()), argv.data());
    std::fflush(stdout);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return status;
  }

  std::string out_;
  std::string err_;
};

TEST_F(Flush, IsQuietWhereNothingWaits) {
  EXPECT_EQ(flush_with({"--site", site_->directory()}), kDone);
  EXPECT_EQ(out_ + err_, "");
}

TEST_F(Flush, TakesFromOneToAHundredConnections) {
  for (const char* good : {"1", "100"}) {
    EXPECT_EQ(flush_with({"--site", site_->directory(), "--connections", good}), kDone) << good;
  }
  for (const char* bad : {"0", "101", "-1", "four", "", "1 ", "99999999999999999999"}) {
    EXPECT_EQ(flush_with({"--site", site_->directory(), "--connections", bad}), kWrongUse) << bad;
    EXPECT_THAT(err_, HasSubstr("usage: majlis-flush")) << bad;
  }
}

TEST_F(Flush, RefusesWordsAndOptionsThatItDoesNotKnow) {
  EXPECT_EQ(flush_with({"--site", site_->directory(), "now"}), kWrongUse);
  EXPECT_EQ(flush_with({"--frob"}), kWrongUse);
  EXPECT_EQ(flush_with({"--relay"}), kWrongUse);
}

TEST_F(Flush, HelpGoesToStandardOutput) {
  EXPECT_EQ(flush_with({"--help"}), kDone);
  EXPECT_THAT(out_, HasSubstr("usage: majlis-flush"));
}

TEST_F(Flush, WithoutASiteOrARelayItIsTriedAgain) {
  EXPECT_EQ(flush_with({"--site", root_ + "/elsewhere"}), kTryAgain);
  EXPECT_THAT(err_, HasSubstr("majlis-flush: "));
  EXPECT_EQ(flush_with({"--site", site_->directory(), "--relay", "pigeon:post"}), kTryAgain);
}

}  // namespace
}  // namespace majlis::bin
