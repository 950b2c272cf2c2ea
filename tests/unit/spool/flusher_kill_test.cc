#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <ctime>
#include <random>

#include "spool/backoff.h"
#include "spool/flusher.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;

pid_t start_flusher(const SpoolSite& site) {
  const pid_t child = fork();
  if (child == 0) {
    const Result<FlushReport> report = flush(site.spool(), site.options(), site.help());
    _exit(report ? kDone : kFailed);
  }
  return child;
}

std::size_t delivered(const SpoolSite& site, const std::vector<std::string>& addresses) {
  std::size_t count = 0;
  for (const std::string& address : addresses) count += site.copies(address);
  return count;
}

TEST(FlusherRuns, TwoAtOnceShareTheJobsAndRepeatNothing) {
  SpoolSite site;
  std::vector<std::string> all;
  for (unsigned i = 0; i < 60; ++i) {
    const std::vector<std::string> people = {"a" + std::to_string(i) + "@x", "b" + std::to_string(i) + "@x"};
    all.insert(all.end(), people.begin(), people.end());
    site.post(SpoolSite::job(i, people));
  }
  const pid_t children[] = {start_flusher(site), start_flusher(site), start_flusher(site)};
  for (const pid_t child : children) {
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(WEXITSTATUS(status), kDone);
  }
  for (const std::string& address : all) EXPECT_EQ(site.copies(address), 1U) << address;
  EXPECT_TRUE(site.names("new").empty());
  EXPECT_TRUE(site.names("later").empty());
  EXPECT_TRUE(site.names("bad").empty());
}

// Killed again and again, each time a little further: in the end everybody has one copy. Of 5 a transaction the job
// says who they are, of 60 only between which places they stand.
class KilledRuns : public testing::TestWithParam<std::size_t> {};

INSTANTIATE_TEST_SUITE_P(FewAndMany, KilledRuns, testing::Values(5, 60));

TEST_P(KilledRuns, LoseAndRepeatNothing) {
  SpoolSite site;
  site.members() = 300;
  site.options().recipients_per_transaction = GetParam();
  site.post(SpoolSite::roster_job(1));
  std::vector<std::string> all = SpoolSite::people(300);
  for (unsigned i = 2; i < 20; ++i) {
    all.push_back("single" + std::to_string(i) + "@x");
    site.post(SpoolSite::job(i, {all.back()}));
  }
  std::mt19937 random(20261124);
  int kills = 0;
  for (int run = 0; run < 200; ++run) {
    const std::size_t before = delivered(site, all);
    const std::size_t enough = before + GetParam() + 1 + random() % 20;  // three without progress are a crash
    const pid_t child = start_flusher(site);
    int status = 0;
    bool has_ended = false;
    while (!(has_ended = waitpid(child, &status, WNOHANG) == child) && delivered(site, all) < enough) {
    }
    if (has_ended) {
      EXPECT_TRUE(WIFEXITED(status));
      EXPECT_EQ(WEXITSTATUS(status), kDone);
      break;
    }
    kill(child, SIGKILL);
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ++kills;
  }
  EXPECT_GE(kills, 3);
  for (const std::string& address : all) EXPECT_EQ(site.copies(address), 1U) << address;
  EXPECT_TRUE(site.names("new").empty());
  EXPECT_TRUE(site.names("later").empty());
  EXPECT_TRUE(site.names("bad").empty());
}

}  // namespace
}  // namespace majlis::spool
