// What kill_at_call is tried on: five calls that change the world, and a child process that makes one more. Exit
// status 0, or 9 when a call failed.
//
//   five_calls FOLDER
#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = argv[1];
  const int fd = open((folder + "/new").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);  // 1
  if (fd < 0 || write(fd, "first ", 6) != 6) return 9;                                             // 2
  const pid_t child = fork();
  if (child == 0) _exit(write(fd, "child ", 6) == 6 ? 0 : 9);
  if (child < 0 || waitpid(child, nullptr, 0) != child) return 9;
  if (write(fd, "second", 6) != 6) return 9;                                              // 3
  if (fsync(fd) != 0) return 9;                                                           // 4
  if (std::rename((folder + "/new").c_str(), (folder + "/done").c_str()) != 0) return 9;  // 5
  const int again = open((folder + "/done").c_str(), O_RDONLY | O_CLOEXEC);
  return again < 0 ? 9 : 0;
}
