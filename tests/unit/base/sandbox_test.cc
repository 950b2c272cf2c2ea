#include "base/sandbox.h"

#include <fcntl.h>
#include <malloc.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "base/sandbox_rules.h"

namespace majlis {
namespace {

SandboxOutcome outcome_of(const std::function<std::string()>& work, const SandboxLimits& limits = {}) {
  Result<SandboxChild> child = SandboxChild::start(limits, [&](std::string_view) { return work(); });
  EXPECT_TRUE(child.ok());
  if (!child) return {SandboxEnd::refused, 0, {}, "no child"};
  Result<SandboxOutcome> outcome = child->ask({""});
  EXPECT_TRUE(outcome.ok());
  return outcome.ok() ? std::move(*outcome) : SandboxOutcome{SandboxEnd::refused, 0, {}, "no child"};
}

TEST(Sandbox, HandsBackWhatTheWorkReturns) {
  const std::string seen = "from the parent";
  const SandboxOutcome outcome = outcome_of([&] { return seen + std::string("\0!", 2); });
  EXPECT_EQ(outcome.end, SandboxEnd::finished);
  EXPECT_EQ(outcome.result, seen + std::string("\0!", 2));
}

TEST(Sandbox, WorksOnTheInputAndSeesNothingThatCameBehindItsStart) {
  std::string secret = "none";
  Result<SandboxChild> child = SandboxChild::start({}, [&](std::string_view input) {
    return std::to_string(input.size()) + std::string(input.substr(0, 3)) + secret;
  });
  ASSERT_TRUE(child.ok());
  secret = "loaded";
  const Result<SandboxOutcome> outcome = child->ask({"abc", std::string(5'000'000, 'x')});
  ASSERT_TRUE(outcome.ok());
  EXPECT_EQ(outcome->end, SandboxEnd::finished) << outcome->why;
  EXPECT_EQ(outcome->result, "5000003abcnone");
}

TEST(Sandbox, AChildThatDiesBeforeItHasReadAllIsTold) {
  if (kIsAddressSanitized) GTEST_SKIP() << "AddressSanitizer needs the address space";
  malloc_trim(0);  // what other tests freed is no room for the input
  Result<SandboxChild> child = SandboxChild::start({.memory_bytes = 1}, [](std::string_view) { return std::string(); });
  ASSERT_TRUE(child.ok());
  const Result<SandboxOutcome> outcome = child->ask({std::string(50'000'000, 'x')});
  ASSERT_TRUE(outcome.ok());
  EXPECT_NE(outcome->end, SandboxEnd::finished);
}

TEST(Sandbox, AChildThatIsNotAskedIsGoneWithItsObject) {
  ASSERT_TRUE(SandboxChild::start({}, [](std::string_view) { return std::string(); }).ok());
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
}

TEST(Sandbox, HandsBackAnEmptyResult) {
  const SandboxOutcome outcome = outcome_of([] { return std::string(); });
  EXPECT_EQ(outcome.end, SandboxEnd::finished);
  EXPECT_EQ(outcome.result, "");
}

TEST(Sandbox, HandsBackAsMuchAsTheCapAllowsAndNoMore) {
  const SandboxLimits limits{.max_result_bytes = 300'000};
  EXPECT_EQ(outcome_of([] { return std::string(300'000, 'x'); }, limits).result.size(), 300'000U);
  const SandboxOutcome outcome = outcome_of([] { return std::string(300'001, 'x'); }, limits);
  EXPECT_EQ(outcome.end, SandboxEnd::refused);
  EXPECT_EQ(outcome.why, "the result is too large");
  EXPECT_EQ(outcome.result, "");
}

TEST(Sandbox, TellsTheSignalTheWorkDiedOf) {
  void* const unreadable = mmap(nullptr, 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(unreadable, MAP_FAILED);
  const SandboxOutcome outcome = outcome_of([&] { return std::string(static_cast<const char*>(unreadable), 1); });
  munmap(unreadable, 4096);
  EXPECT_EQ(outcome.end, SandboxEnd::died);
  EXPECT_EQ(outcome.signal, SIGSEGV);
  EXPECT_EQ(outcome.why, "killed by signal 11");
}

TEST(Sandbox, StopsAnEndlessLoopByTheWallClock) {
  const auto start = std::chrono::steady_clock::now();
  const SandboxOutcome outcome = outcome_of(
      [] {
        for (std::atomic<unsigned> turns = 0;; ++turns) {
        }
        return std::string();
      },
      {.cpu_s = 60, .wall_ms = 100});
  EXPECT_EQ(outcome.end, SandboxEnd::timed_out);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(Sandbox, StopsAnEndlessLoopByCpuTime) {
  const SandboxOutcome outcome = outcome_of(
      [] {
        for (std::atomic<unsigned> turns = 0;; ++turns) {
        }
        return std::string();
      },
      {.cpu_s = 1, .wall_ms = 60'000});
  EXPECT_EQ(outcome.end, SandboxEnd::timed_out);
  EXPECT_EQ(outcome.why, "out of CPU time");
}

TEST(Sandbox, RefusesMoreMemoryThanAllowed) {
  if (kIsAddressSanitized) GTEST_SKIP() << "AddressSanitizer needs the address space";
  const auto allocate = [](std::size_t bytes) {
    return [bytes] { return std::to_string(std::string(bytes, 'x').find('y') == std::string::npos); };
  };
  const SandboxLimits limits{.memory_bytes = 64UL << 20U};
  EXPECT_EQ(outcome_of(allocate(32UL << 20U), limits).end, SandboxEnd::finished);
  const SandboxOutcome outcome = outcome_of(allocate(128UL << 20U), limits);
  EXPECT_EQ(outcome.end, SandboxEnd::refused);
  EXPECT_EQ(outcome.why, "out of memory");
}

TEST(Sandbox, RefusesWorkThatThrows) {
  const SandboxOutcome outcome = outcome_of([]() -> std::string { throw std::runtime_error("inside"); });
  EXPECT_EQ(outcome.end, SandboxEnd::refused);
  EXPECT_EQ(outcome.why, "the work threw an exception");
}

TEST(Sandbox, KillsWorkThatOpensAFileASocketOrAProcess) {
  const std::vector<std::function<void()>> forbidden = {
      [] { (void)open("/etc/passwd", O_RDONLY); },
      [] { (void)socket(AF_INET, SOCK_STREAM, 0); },
      [] { (void)fork(); },
      [] { (void)unlink("/nonexistent"); },
      [] { (void)kill(getppid(), SIGTERM); },
      [] { (void)mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); },
  };
  for (std::size_t i = 0; i < forbidden.size(); ++i) {
    const SandboxOutcome outcome = outcome_of([&] {
      forbidden[i]();
      return std::string("still here");
    });
    EXPECT_EQ(outcome.end, SandboxEnd::died) << i << ": " << outcome.why;
    EXPECT_EQ(outcome.signal, SIGSYS) << i;
  }
}

TEST(Sandbox, LeavesNoDescriptorOpenButItsOwnPipe) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const SandboxOutcome outcome = outcome_of([&] {
    std::string open_ones;
    for (const int fd : {0, 1, 2, ends[0], ends[1]}) {
      if (write(fd, "", 0) == 0) open_ones += std::to_string(fd) + " ";
    }
    return open_ones;
  });
  close(ends[0]);
  close(ends[1]);
  EXPECT_EQ(outcome.end, SandboxEnd::finished) << outcome.why;
  EXPECT_EQ(outcome.result, "");
}

TEST(Sandbox, RunsNoExitHandlersOfTheParent) {
  static bool ran_in_child = false;
  static int* const shared =
      static_cast<int*>(mmap(nullptr, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(shared, MAP_FAILED);
  std::atexit([] { ++*shared; });
  EXPECT_EQ(outcome_of([] {
              ran_in_child = true;
              return std::string("done");
            }).result,
            "done");
  EXPECT_EQ(*shared, 0);
  EXPECT_FALSE(ran_in_child) << "the child works on a copy";
}

TEST(Sandbox, LeavesNoZombieBehind) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(outcome_of([] { return std::string("x"); }).end, SandboxEnd::finished);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
}

}  // namespace
}  // namespace majlis
