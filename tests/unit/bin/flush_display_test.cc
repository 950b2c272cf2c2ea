#include "bin/flush_display.h"

#include <gtest/gtest.h>

namespace majlis::bin {
namespace {

using Moment = FlushDisplay::Moment;
using std::chrono::milliseconds;

spool::FlushProgress some(bool is_over) {
  spool::FlushProgress progress;
  progress.list = "cooks@lists.example.org";
  progress.job_done = 500;
  progress.job_recipients = 1000;
  progress.delivered = 490;
  progress.deferred = 7;
  progress.failed = 3;
  progress.is_job_over = is_over;
  return progress;
}

TEST(FlushDisplay, WritesOneLineOverOnATerminalTenTimesASecondAtMost) {
  const Moment start;
  FlushDisplay display(FlushDisplay::Style::terminal, start);
  EXPECT_EQ(display.end(), "");
  EXPECT_EQ(display.show(some(false), start + milliseconds(99)), "");
  EXPECT_EQ(display.show(some(false), start + milliseconds(1000)),
            "\r\x1B[Kcooks@lists.example.org: 500/1000; delivered 490, deferred 7, failed 3; 490/s");
  EXPECT_EQ(display.show(some(true), start + milliseconds(1050)), "");
  EXPECT_EQ(display.end(), "\r\x1B[K");
}

TEST(FlushDisplay, WritesALineForEachJobElsewhereAndOneNowAndThenInALongOne) {
  const Moment start;
  FlushDisplay display(FlushDisplay::Style::lines, start);
  EXPECT_EQ(display.show(some(false), start + milliseconds(9999)), "");
  EXPECT_NE(display.show(some(false), start + milliseconds(10'000)), "");
  EXPECT_EQ(display.show(some(false), start + milliseconds(10'001)), "");
  const std::string line = display.show(some(true), start + milliseconds(10'002));
  EXPECT_EQ(line, "cooks@lists.example.org: 500/1000; delivered 490, deferred 7, failed 3; 48/s\n");
  EXPECT_EQ(display.end(), "");
}

TEST(FlushDisplay, ShowsNoTotalWhereNoneIsKnownAndDisarmsNames) {
  spool::FlushProgress progress = some(true);
  progress.list = "\x1B[31m@x";
  progress.job_recipients.reset();
  const Moment start;
  FlushDisplay display(FlushDisplay::Style::lines, start);
  EXPECT_EQ(display.show(progress, start).substr(0, 19), "\\x1b[31m@x: 500; de");
}

}  // namespace
}  // namespace majlis::bin
