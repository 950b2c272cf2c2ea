// Runs a command and writes down what it does to the files below a folder (record.h).
//
//   record_calls --folder DIR --out FILE [--stdin FILE] -- COMMAND...
//
// FILE is added to; its last line is then "exit STATUS". The exit status is the command's; 2: wrong use; 3: tracing
// does not work here.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "tests/crash/record.h"
#include "tests/crash/tracer.h"

namespace {

constexpr int kWrongUse = 2;
constexpr int kSignalled = 128;

[[noreturn]] void refuse() {
  std::fputs("usage: record_calls --folder DIR --out FILE [--stdin FILE] -- COMMAND...\n", stderr);
  std::exit(kWrongUse);
}

}  // namespace

int main(int argc, char** argv) {
  majlis::crash::Plan plan;
  std::string folder;
  std::string out;
  int next = 1;
  for (; next + 1 < argc && std::string(argv[next]) != "--"; next += 2) {
    const std::string option = argv[next];
    if (option == "--folder") {
      folder = std::filesystem::canonical(argv[next + 1]);
    } else if (option == "--out") {
      out = argv[next + 1];
    } else if (option == "--stdin") {
      plan.stdin_file = argv[next + 1];
    } else {
      refuse();
    }
  }
  if (next + 1 >= argc || folder.empty() || out.empty()) refuse();
  plan.command.assign(argv + next + 1, argv + argc);
  std::FILE* file = std::fopen(out.c_str(), "ae");
  if (file == nullptr) refuse();
  majlis::crash::Record record(folder, file);
  plan.witness = &record;
  const majlis::crash::Outcome outcome = majlis::crash::run(plan);
  const bool has_exited = outcome.end == majlis::crash::Outcome::End::exited;
  const int status = has_exited ? outcome.status : kSignalled + outcome.status;
  std::fprintf(file, "exit\t%d\n", status);
  std::fclose(file);
  return status;
}
