#include "store/fault.h"

#include <db_cxx.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "base/log.h"
#include "base/text.h"

namespace majlis::store {
namespace {

constexpr std::size_t kMaxMessageOctets = 300;

constexpr std::array<int, 5> kRightsCodes = {EACCES, EPERM, EROFS, ENOTDIR, ELOOP};
// EINVAL is what a file that is no database, or whose log was deleted by hand, is opened with.
constexpr std::array<int, 6> kDamagedCodes = {EINVAL,        DB_VERSION_MISMATCH, DB_OLD_VERSION,
                                              DB_VERIFY_BAD, DB_SECONDARY_BAD,    DB_PAGE_NOTFOUND};

// What may pass, although it stopped a recovery.
constexpr std::array<int, 7> kMachineCodes = {ENOSPC, EDQUOT, EIO, ENOMEM, EMFILE, ENFILE, EFBIG};

// What the library has said since the last fault; the cause comes first.
std::string& messages() {
  thread_local std::string said;
  return said;
}

template <std::size_t N>
bool contains(const std::array<int, N>& codes, int code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

ErrorKind kind_of(int code) {
  if (code == ENOENT) return ErrorKind::missing;
  if (contains(kRightsCodes, code)) return ErrorKind::misconfigured;
  if (contains(kDamagedCodes, code)) return ErrorKind::damaged;
  return ErrorKind::again;
}

}  // namespace

Error fault(std::string_view action, int code) {
  std::string what = "store: " + std::string(action) + ": " + db_strerror(code);
  const std::string message = std::exchange(messages(), {});
  if (!message.empty()) what += " (" + message + ")";
  return Error{kind_of(code), std::move(what)};
}

Error replay_fault(std::string_view action, int code) {
  Error error = fault(action, code);
  if (error.kind == ErrorKind::misconfigured || contains(kMachineCodes, code)) return error;
  error.kind = ErrorKind::damaged;
  error.what += "; the log cannot be replayed: doc/STORE.md has a section on that";
  return error;
}

void note_message(const DbEnv*, const char*, const char* message) {
  const std::string text = printable(message, kMaxMessageOctets);
  if (messages().size() < kMaxMessageOctets) messages() += (messages().empty() ? "" : "; ") + text;
  log(Severity::warning, LogLine("store").with("why", text));
}

}  // namespace majlis::store
