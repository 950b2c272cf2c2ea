#include "spool/transport/sendmail.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "base/file.h"
#include "spool/transport/copy.h"

namespace majlis::spool {
namespace {

constexpr int kTimeoutMs = 600'000;
constexpr int kDataError = 65;
constexpr int kNoUser = 67;
constexpr int kNoHost = 68;

// The message lies in memory and not in a pipe, so that neither side can block the other.
Result<UniqueFd> message_as_file(const Copy& copy) {
  UniqueFd fd(memfd_create("message", MFD_CLOEXEC));
  if (!fd.is_open()) return error_from_errno("spool: sendmail: keep the message", errno);
  if (Status written = write_copy(fd.get(), copy, "message"); !written) return written.error();
  if (lseek(fd.get(), 0, SEEK_SET) != 0) return error_from_errno("spool: sendmail: rewind", errno);
  return fd;
}

Result<pid_t> start(const std::string& program, const std::vector<std::string>& words, int input) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  std::string path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
  std::string locale = "LC_ALL=C";
  std::array<char*, 3> environment = {path.data(), locale.data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = -1;
  const int problem = posix_spawn(&child, program.c_str(), &actions, nullptr, arguments.data(), environment.data());
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0) return error_from_errno("spool: start " + program, problem);
  return child;
}

// The wait status; a child that does not end in time is killed.
int wait_for(pid_t child) {
  const UniqueFd handle(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
  pollfd ended{handle.get(), POLLIN, 0};
  int ready = 1;
  if (handle.is_open()) {
    do ready = poll(&ended, 1, kTimeoutMs);
    while (ready < 0 && errno == EINTR);
  }
  if (ready == 0) kill(child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return status;
}

DeliveryOutcome outcome_of(int status) {
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {DeliveryOutcome::Kind::delivered, {}};
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  const std::string text = code < 0 ? "sendmail was killed" : "sendmail: exit status " + std::to_string(code);
  if (code == kNoUser) return {DeliveryOutcome::Kind::failed, {"5.1.1", text}};
  if (code == kNoHost) return {DeliveryOutcome::Kind::failed, {"5.1.2", text}};
  if (code == kDataError) return {DeliveryOutcome::Kind::failed, {"5.6.0", text}};
  return {DeliveryOutcome::Kind::deferred, {"4.3.0", text}};
}

DeliveryOutcome hand_over(const std::string& program, const Batch& batch,
                          const std::vector<DeliveryOutcome>& outcomes) {
  std::vector<std::string> words = {program, "-i", "-f", batch.sender.empty() ? "<>" : batch.sender, "--"};
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].kind == DeliveryOutcome::Kind::accepted) words.push_back(batch.targets[i].recipient->address);
  }
  const std::vector<std::string> values = file_values(batch);
  const Result<UniqueFd> message = message_as_file(batch.content->file_copy(values));
  if (!message) return {DeliveryOutcome::Kind::deferred, {"4.3.0", message.error().what}};
  const Result<pid_t> child = start(program, words, message->get());
  if (!child) return {DeliveryOutcome::Kind::deferred, {"4.3.0", child.error().what}};
  return outcome_of(wait_for(*child));
}

}  // namespace

void deliver_by_sendmail(const std::string& program, BatchSource& work) {
  while (const std::optional<Batch> batch = work.take()) {
    std::vector<DeliveryOutcome> outcomes(batch->targets.size());
    const bool is_sender_good = batch->sender.empty() || is_sendable(batch->sender);
    std::size_t accepted = 0;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const bool is_good = is_sendable(batch->targets[i].recipient->address);
      outcomes[i].kind = DeliveryOutcome::Kind::accepted;
      if (!is_good) outcomes[i] = {DeliveryOutcome::Kind::failed, {"5.1.3", "the address is malformed"}};
      if (!is_sender_good) outcomes[i] = {DeliveryOutcome::Kind::failed, {"5.1.7", "the envelope sender is malformed"}};
      accepted += outcomes[i].kind == DeliveryOutcome::Kind::accepted ? 1 : 0;
    }
    const bool may_go_on = accepted > 0 && work.intend(*batch, outcomes).ok() && work.write_down().ok();
    const DeliveryOutcome together = may_go_on ? hand_over(program, *batch, outcomes) : DeliveryOutcome();
    for (DeliveryOutcome& outcome : outcomes) {
      if (outcome.kind == DeliveryOutcome::Kind::accepted) outcome = together;
    }
    work.settle(*batch, outcomes);
    work.sync_overdue();
  }
}

}  // namespace majlis::spool
