#include "spool/budget_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <ctime>

#include "base/checksum.h"
#include "base/log.h"
#include "base/text.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kRows = 4096;
constexpr std::size_t kRowsInGroup = 8;  // a domain's row is one of these
constexpr std::size_t kFileOctets = kRows * kBudgetRowOctets;
constexpr std::size_t kGroupOctets = kRowsInGroup * kBudgetRowOctets;
constexpr std::size_t kChecksumDigits = 8;
constexpr std::size_t kWords = 6;
constexpr unsigned kMaxLevel = 100;
constexpr unsigned kMaxLockTries = 100;
constexpr long kLockPauseNanoseconds = 1'000'000;
// Byte locks that stand for transactions lie behind everything that is ever written.
constexpr std::uint64_t kSlotsAt = std::uint64_t{1} << 40U;
constexpr unsigned kSlotsOfDomain = 1024;

std::string checksum(std::string_view text) {
  std::array<char, 16> digits{};
  std::snprintf(digits.data(), digits.size(), "%08x", crc32c(text));
  return digits.data();
}

off_t group_of(const std::string& domain) {
  return static_cast<off_t>(crc32c(domain) % (kRows / kRowsInGroup) * kGroupOctets);
}

UnixTime last_used(const BudgetRow& row) { return std::max(row.until, static_cast<UnixTime>(row.minute * 60)); }

// As much as there is; what is behind the end is empty.
std::optional<std::string> read_at(int fd, off_t offset, std::size_t octets) {
  std::string bytes(octets, '\0');
  ssize_t got = 0;
  do got = pread(fd, bytes.data(), bytes.size(), offset);
  while (got < 0 && errno == EINTR);
  if (got < 0) return std::nullopt;
  return bytes;
}

struct Place {
  std::size_t at = 0;  // in the group
  BudgetRow row;
};

// The domain's row, else a row nobody has, else the one that was of no use for the longest time.
Place find_place(std::string_view group, const std::string& domain) {
  Place best;
  std::optional<UnixTime> best_used;
  for (std::size_t at = 0; at + kBudgetRowOctets <= group.size(); at += kBudgetRowOctets) {
    std::optional<BudgetRow> row = parse_budget_row(group.substr(at, kBudgetRowOctets));
    if (row && row->domain == domain) return Place{at, std::move(*row)};
    const UnixTime used = row ? last_used(*row) : -1;
    if (best_used && *best_used <= used) continue;
    best_used = used;
    best.at = at;
  }
  best.row.domain = domain;
  return best;
}

struct flock slot_lock(const std::string& domain, unsigned slot, short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_start = static_cast<off_t>(kSlotsAt + std::uint64_t{crc32c(domain)} * kSlotsOfDomain + slot);
  lock.l_len = 1;
  return lock;
}

}  // namespace

std::string encode_budget_row(const BudgetRow& row) {
  std::string text = row.domain + " " + std::to_string(row.since) + " " + std::to_string(row.until) + " " +
                     std::to_string(row.level) + " " + std::to_string(row.minute) + " " + std::to_string(row.count);
  text.resize(kBudgetRowOctets - kChecksumDigits - 2, ' ');
  return checksum(text) + " " + text + "\n";
}

std::optional<BudgetRow> parse_budget_row(std::string_view octets) {
  if (octets.size() != kBudgetRowOctets || octets.back() != '\n' || octets[kChecksumDigits] != ' ') return std::nullopt;
  const std::string_view text = octets.substr(kChecksumDigits + 1, kBudgetRowOctets - kChecksumDigits - 2);
  if (octets.substr(0, kChecksumDigits) != checksum(text)) return std::nullopt;
  const std::vector<std::string_view> words = split_words(text);
  if (words.size() != kWords) return std::nullopt;
  std::array<std::uint64_t, kWords> numbers{};
  for (std::size_t i = 1; i < kWords; ++i) {
    const std::optional<std::uint64_t> number = parse_number(words[i]);
    if (!number || *number > INT64_MAX / 60) return std::nullopt;
    numbers[i] = *number;
  }
  BudgetRow row;
  row.domain = words[0];
  row.since = static_cast<UnixTime>(numbers[1]);
  row.until = static_cast<UnixTime>(numbers[2]);
  row.level = static_cast<unsigned>(std::min<std::uint64_t>(numbers[3], kMaxLevel));
  row.minute = numbers[4];
  row.count = numbers[5];
  return row;
}

void BudgetFile::unusable(const Error& error) {
  log(Severity::warning, LogLine("budgets").with(error));
  is_unusable_ = true;
  fd_.reset();
}

bool BudgetFile::open(bool may_create) {
  if (is_unusable_) return false;
  if (fd_.is_open()) return true;
  if (!may_create && !path_exists(path_)) return false;
  Result<UniqueFd> fd = open_file(path_, O_RDWR | O_CREAT, 0600);
  if (!fd) {
    unusable(fd.error());
    return false;
  }
  fd_ = std::move(*fd);
  return true;
}

// A stopped process must not stop us: then two runs may overwrite each other's count once.
bool BudgetFile::lock() {
  for (unsigned i = 0; i < kMaxLockTries; ++i) {
    if (flock(fd_.get(), LOCK_EX | LOCK_NB) == 0) return true;
    const timespec pause{0, kLockPauseNanoseconds};
    nanosleep(&pause, nullptr);
  }
  return false;
}

void BudgetFile::unlock() { flock(fd_.get(), LOCK_UN); }

std::optional<std::vector<BudgetRow>> BudgetFile::read_paused() {
  if (!open(/*may_create=*/false)) return std::nullopt;
  struct stat status {};
  if (fstat(fd_.get(), &status) != 0) return std::nullopt;
  const timespec& written = status.st_mtim;
  if (read_at_ && read_at_->tv_sec == written.tv_sec && read_at_->tv_nsec == written.tv_nsec) return std::nullopt;
  read_at_ = written;
  const std::optional<std::string> bytes = read_at(fd_.get(), 0, kFileOctets);
  if (!bytes) {
    unusable(error_from_errno("spool: read " + path_, errno));
    return std::nullopt;
  }
  std::vector<BudgetRow> paused;
  for (std::size_t at = 0; at < bytes->size(); at += kBudgetRowOctets) {
    std::optional<BudgetRow> row = parse_budget_row(std::string_view(*bytes).substr(at, kBudgetRowOctets));
    if (row && row->level > 0) paused.push_back(std::move(*row));
  }
  return paused;
}

bool BudgetFile::update(const std::string& domain, const std::function<bool(BudgetRow&)>& change) {
  if (!open(/*may_create=*/true)) return false;
  const bool is_locked = lock();
  const off_t group_at = group_of(domain);
  const std::optional<std::string> group = read_at(fd_.get(), group_at, kGroupOctets);
  std::optional<Error> problem;
  if (group) {
    Place place = find_place(*group, domain);
    if (change(place.row)) {
      const Status written =
          write_all_at(fd_.get(), encode_budget_row(place.row), static_cast<std::uint64_t>(group_at) + place.at, path_);
      if (!written) problem = written.error();
    }
  } else {
    problem = error_from_errno("spool: read " + path_, errno);
  }
  if (is_locked) unlock();
  if (problem) unusable(*problem);
  return !problem;
}

bool BudgetFile::lock_slot(const std::string& domain, unsigned slot) {
  if (!open(/*may_create=*/true)) return true;  // counted in this run only
  struct flock lock = slot_lock(domain, slot % kSlotsOfDomain, F_WRLCK);
  return fcntl(fd_.get(), F_OFD_SETLK, &lock) == 0 || (errno != EAGAIN && errno != EACCES);
}

void BudgetFile::free_slot(const std::string& domain, unsigned slot) {
  if (!fd_.is_open()) return;
  struct flock lock = slot_lock(domain, slot % kSlotsOfDomain, F_UNLCK);
  fcntl(fd_.get(), F_OFD_SETLK, &lock);
}

}  // namespace majlis::spool
