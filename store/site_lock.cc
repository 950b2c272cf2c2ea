#include "store/site_lock.h"

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace majlis::store {
namespace {

constexpr const char* kBootIdFile = "/proc/sys/kernel/random/boot_id";
constexpr std::size_t kMaxBootIdOctets = 100;
constexpr std::size_t kMaxMarkOctets = 200;
constexpr std::size_t kMarkOctets = 128;  // padded, so that a mark covers the one before
constexpr std::string_view kClean = "clean1";
constexpr std::string_view kDirty = "dirty ";

std::string boot_id() {
  const Result<std::string> text = read_file(kBootIdFile, kMaxBootIdOctets);
  return text ? std::string(trim(*text)) : std::string();
}

// A name for this process that no other one has, nor this one after a restart of the machine; "" without randomness.
std::string process_id() {
  std::array<char, 16> octets{};
  if (getrandom(octets.data(), octets.size(), 0) != static_cast<ssize_t>(octets.size())) return {};
  return "process-" + hex({octets.data(), octets.size()});
}

// A time that no restart of the machine lies within: this run of the kernel or, where it cannot be told, the life of
// this process, whose marks nobody else believes then.
const std::string& era() {
  static const std::string id = [] {
    std::string boot = boot_id();
    return boot.empty() ? process_id() : boot;
  }();
  return id;
}

// The era, and the database file itself: a copy of the directory has another inode.
std::optional<std::string> identity(const std::string& tree_path) {
  struct stat tree {};
  if (era().empty() || stat(tree_path.c_str(), &tree) != 0 || !S_ISREG(tree.st_mode)) return std::nullopt;
  return era() + " " + std::to_string(tree.st_dev) + ":" + std::to_string(tree.st_ino);
}

std::optional<std::uint32_t> small_number(std::string_view digits) {
  const std::optional<std::uint64_t> number = parse_number(digits);
  if (!number || *number > UINT32_MAX) return std::nullopt;
  return static_cast<std::uint32_t>(*number);
}

}  // namespace

bool can_tell_restarts() { return !boot_id().empty(); }

Result<SiteLock> SiteLock::acquire(const std::string& directory, FileLock::Mode mode, int timeout_ms) {
  if (path_exists(directory + "/DB_CONFIG")) {
    return Error{ErrorKind::misconfigured, "store: open " + directory + ": remove the file DB_CONFIG from it"};
  }
  Result<FileLock> lock = FileLock::acquire(directory + "/" + kLockFile, mode, timeout_ms);
  if (!lock) return Error{lock.error().kind, "store: lock " + directory + ": " + lock.error().what};
  return SiteLock(directory, std::move(*lock));
}

std::optional<CleanMark> SiteLock::clean_mark() const {
  std::array<char, kMaxMarkOctets> buffer{};
  const ssize_t got = pread(lock_.fd(), buffer.data(), buffer.size(), 0);
  if (got <= 0) return std::nullopt;
  std::string_view rest(buffer.data(), static_cast<std::size_t>(got));
  const std::vector<std::string_view> words = split_words(next_line(rest).value_or(""));
  if (words.size() != 5 || words[0] != kClean) return std::nullopt;
  const std::optional<std::string> here = identity(tree_path());
  if (!here || *here != std::string(words[1]) + " " + std::string(words[2])) return std::nullopt;
  const std::optional<std::uint32_t> transactions = small_number(words[3]);
  const std::optional<std::uint32_t> synced_log = small_number(words[4]);
  if (!transactions || !synced_log) return std::nullopt;
  return CleanMark{*transactions, *synced_log};
}

Status SiteLock::mark_dirty() { return write_all_at(lock_.fd(), kDirty, 0, kLockFile); }

Status SiteLock::mark_clean(const CleanMark& mark) {
  const std::optional<std::string> here = identity(tree_path());
  if (!here) return {};  // stays dirty: the next one recovers
  std::string line = std::string(kClean) + " " + *here + " " + std::to_string(mark.transactions) + " " +
                     std::to_string(mark.synced_log);
  line.resize(std::max(line.size(), kMarkOctets - 1), ' ');
  line += '\n';
  return write_all_at(lock_.fd(), line, 0, kLockFile);
}

}  // namespace majlis::store
