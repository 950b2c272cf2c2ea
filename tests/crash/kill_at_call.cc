// Runs a command and lets it die, or meet a failure, at its Nth system call that changes the world (calls.h).
//
//   kill_at_call [--after] --at N [--stdin FILE] -- COMMAND...      SIGKILL just before (or just after) call N
//   kill_at_call --fail ENOSPC --at N [--stdin FILE] -- COMMAND...  call N does nothing and returns that error
//   kill_at_call --count | --list [--stdin FILE] -- COMMAND...      how many such calls a run makes, and which
//   ... --report FILE                                               where the report goes, standard error by default
//
// The report is one line: "killed before call 7 fsync", "killed after call 7 fsync", "exited 75, call 7 fsync failed",
// "exited 0 after 23 calls", "signal 6 after 23 calls". With --at, the exit status tells what happened:
//
//   0   the command made fewer calls and ran to its end (the report has its status): the enumeration is complete
//   10  killed at call N
//   11  call N failed as asked; the command ran to its end
//   2   wrong use      3   tracing does not work here
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "tests/crash/tracer.h"

namespace {

using majlis::crash::Action;
using majlis::crash::Outcome;
using majlis::crash::Plan;

constexpr int kWrongUse = 2;
constexpr int kKilled = 10;
constexpr int kFailed = 11;

struct Options {
  Plan plan;
  bool count = false;
  std::string report_file;
};

[[noreturn]] void refuse(const std::string& why) {
  std::fprintf(
      stderr,
      "kill_at_call: %s\nusage: kill_at_call [--after | --fail ERRNO] --at N [--stdin FILE] [--report FILE] -- "
      "COMMAND...\n       kill_at_call --count | --list [--stdin FILE] -- COMMAND...\n",
      why.c_str());
  std::exit(kWrongUse);
}

int errno_named(std::string_view name) {
  constexpr std::pair<std::string_view, int> kErrors[] = {{"ENOSPC", ENOSPC}, {"EIO", EIO},       {"EDQUOT", EDQUOT},
                                                          {"EINTR", EINTR},   {"EACCES", EACCES}, {"EMFILE", EMFILE},
                                                          {"ENFILE", ENFILE}, {"EROFS", EROFS},   {"ENOMEM", ENOMEM}};
  for (const auto& [word, number] : kErrors) {
    if (word == name) return number;
  }
  refuse("unknown error " + std::string(name));
}

long number_in(const std::string& text) {
  char* end = nullptr;
  const long number = std::strtol(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || number < 1) refuse("--at wants a number from 1");
  return number;
}

Options parse(int argc, char** argv) {
  Options options;
  options.plan.action = Action::kill_before;
  int next = 1;
  const auto value = [&] {
    return ++next < argc ? std::string(argv[next]) : (refuse("an option lacks its value"), "");
  };
  for (; next < argc; ++next) {
    const std::string_view word = argv[next];
    if (word == "--") break;
    if (word == "--at") {
      options.plan.at = number_in(value());
    } else if (word == "--after") {
      options.plan.action = Action::kill_after;
    } else if (word == "--fail") {
      options.plan.action = Action::fail;
      options.plan.error = errno_named(value());
    } else if (word == "--stdin") {
      options.plan.stdin_file = value();
    } else if (word == "--report") {
      options.report_file = value();
    } else if (word == "--count" || word == "--list") {
      options.count = true;
      options.plan.list = word == "--list";
    } else {
      refuse("unknown option " + std::string(word));
    }
  }
  if (next + 1 >= argc) refuse("no command");
  options.plan.command.assign(argv + next + 1, argv + argc);
  if (options.count) options.plan.action = Action::none;
  if (!options.count && options.plan.at == 0) refuse("--at, --count or --list is needed");
  return options;
}

std::string report_of(const Plan& plan, const Outcome& outcome) {
  const std::string call = "call " + std::to_string(plan.at) + " " + outcome.at_name;
  if (outcome.end == Outcome::End::killed) {
    return (plan.action == Action::kill_before ? "killed before " : "killed after ") + call;
  }
  const std::string end =
      (outcome.end == Outcome::End::exited ? "exited " : "signal ") + std::to_string(outcome.status);
  if (outcome.reached && plan.action == Action::fail) return end + ", " + call + " failed";
  return end + " after " + std::to_string(outcome.calls) + " calls";
}

void write_report(const Options& options, const std::string& line) {
  std::FILE* file = options.report_file.empty() ? stderr : std::fopen(options.report_file.c_str(), "we");
  if (file == nullptr) refuse(options.report_file + ": " + std::strerror(errno));
  std::fprintf(file, "%s%s\n", file == stderr ? "kill_at_call: " : "", line.c_str());
  if (file != stderr) std::fclose(file);
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  const Outcome outcome = majlis::crash::run(options.plan);
  for (std::size_t i = 0; i < outcome.names.size(); ++i) std::printf("%zu %s\n", i + 1, outcome.names[i].c_str());
  if (options.count && !options.plan.list) std::printf("%ld\n", outcome.calls);
  if (!options.count || !options.report_file.empty()) write_report(options, report_of(options.plan, outcome));
  if (outcome.end == Outcome::End::killed) return kKilled;
  return outcome.reached ? kFailed : 0;
}
