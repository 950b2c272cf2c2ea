#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "tests/crash/calls.h"

namespace majlis::crash {

enum class Action { none, kill_before, kill_after, fail };

// Is told of every call that changes the world, by the thread that makes it.
class Witness {
 public:
  virtual ~Witness() = default;
  virtual void entered(pid_t pid, const Call& call) = 0;
  virtual void left(pid_t pid, const Call& call, std::int64_t result) = 0;  // as the kernel returns it: -errno
};

struct Plan {
  std::vector<std::string> command;  // found on $PATH
  std::string stdin_file;            // "" = ours
  Action action = Action::none;
  long at = 0;        // the call meant, from 1
  int error = 0;      // errno of Action::fail
  bool list = false;  // remember the names of all calls
  Witness* witness = nullptr;
};

// What became of a run.
struct Outcome {
  enum class End { exited, signalled, killed };
  End end = End::exited;
  int status = 0;        // exit status or signal of the command; 0 when we killed it
  long calls = 0;        // calls counted, the last one included
  bool reached = false;  // the call meant was made
  std::string at_name;   // its name
  std::vector<std::string> names;
};

// Runs the command and counts the calls that change the world (calls.h), those of all its threads in the order they are
// made; acts at the one meant. Child processes are neither counted nor killed: they run on, and are waited for (5 s,
// then killed) so that nothing of this run is left for the next one.
//
// Exits the process with status 3 and a message when tracing itself does not work.
Outcome run(const Plan& plan);

}  // namespace majlis::crash
