#include "tests/unit/spool/flusher_crew.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <vector>

namespace majlis::spool {
namespace {

constexpr int kDone = 0;
constexpr int kFailed = 1;

unsigned run_flushers(const std::function<bool(const FlusherCrew::Order&)>& work, const FlusherCrew::Order& order) {
  std::vector<pid_t> children;
  for (unsigned i = 0; i < order.flushers; ++i) {
    const pid_t child = fork();
    if (child == 0) _exit(work(order) ? kDone : kFailed);
    children.push_back(child);
  }
  unsigned done = 0;
  for (const pid_t child : children) {
    int status = 0;
    if (waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == kDone) ++done;
  }
  return done;
}

[[noreturn]] void lead(int socket, const std::function<bool(const FlusherCrew::Order&)>& work) {
  FlusherCrew::Order order{};
  while (read(socket, &order, sizeof order) == sizeof order) {
    const unsigned done = run_flushers(work, order);
    if (write(socket, &done, sizeof done) != sizeof done) _exit(kFailed);
  }
  _exit(kDone);
}

}  // namespace

FlusherCrew::FlusherCrew(const std::function<bool(const Order&)>& work) {
  int ends[2];
  if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return;
  pid_ = fork();
  if (pid_ == 0) {
    close(ends[0]);
    lead(ends[1], work);
  }
  close(ends[1]);
  socket_ = ends[0];
}

FlusherCrew::~FlusherCrew() {
  close(socket_);
  if (pid_ > 0) waitpid(pid_, nullptr, 0);
}

unsigned FlusherCrew::run(const Order& order) const {
  unsigned done = 0;
  EXPECT_EQ(write(socket_, &order, sizeof order), static_cast<ssize_t>(sizeof order));
  EXPECT_EQ(read(socket_, &done, sizeof done), static_cast<ssize_t>(sizeof done));
  return done;
}

}  // namespace majlis::spool
