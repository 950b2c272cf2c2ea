#include "bin/admin/call/editor.h"

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace majlis::bin::admin {
namespace {

constexpr std::string_view kDefaultEditor = "/usr/bin/editor";
constexpr std::size_t kMaxTextOctets = 16 * 1024 * 1024;

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// A program inherits ignored signals; an editor wants its own.
class SpawnAttributes {
 public:
  SpawnAttributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGXFSZ);
    posix_spawnattr_setsigdefault(&attributes_, &defaults);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

Status run_editor(const Call& call, const std::string& folder, const std::string& path) {
  if (call.editor.empty() && isatty(STDIN_FILENO) == 0) {
    return Error{ErrorKind::refused, "there is no terminal to edit in: name a program in EDITOR, or use set or load"};
  }
  std::vector<std::string> words;
  for (const std::string_view word : split_words(call.editor.empty() ? kDefaultEditor : call.editor)) {
    words.emplace_back(word);
  }
  words.push_back(path);
  std::vector<std::string> environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + folder,
                                          "TERM=" + call.terminal};
  const SpawnAttributes attributes;
  pid_t child = 0;
  const int code = posix_spawnp(&child, words.front().c_str(), nullptr, attributes.get(), pointers_to(words).data(),
                                pointers_to(environment).data());
  if (code != 0) return error_from_errno("bin: start the editor " + printable(words.front(), 100), code);
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return error_from_errno("bin: wait for the editor", errno);
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return Error{ErrorKind::refused, "the editor failed; nothing was changed"};
}

}  // namespace

Result<Edited> edit_text(const Call& call, std::string_view name, std::string_view text) {
  std::string folder = "/tmp/majlis-XXXXXX";
  if (mkdtemp(folder.data()) == nullptr) return error_from_errno("bin: make a folder below /tmp", errno);
  Edited edited{"", folder};
  const std::string path = folder + "/" + std::string(name);
  Status done = create_file(path, text, 0600);
  if (done) done = run_editor(call, folder, path);
  if (done) {
    Result<std::string> changed = read_file(path, kMaxTextOctets);
    if (changed) {
      edited.text = std::move(*changed);
      return edited;
    }
    done = changed.error();
  }
  forget(edited);
  return done.error();
}

void forget(const Edited& edited) {
  std::error_code ignored;
  std::filesystem::remove_all(edited.folder, ignored);
}

}  // namespace majlis::bin::admin
