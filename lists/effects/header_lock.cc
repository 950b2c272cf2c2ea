#include "lists/effects/header_lock.h"

#include "base/text.h"
#include "lists/effects/list_change.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kLockFile = "header_lock";  // "ADDRESS TIME"

}  // namespace

// What is no lock, put there by hand, locks nothing.
Result<std::optional<HeaderLock>> find_header_lock(const Work& work, const List& list) {
  Result<std::optional<ListText>> text = read_text(work, list, kLockFile);
  if (!text) return text.error();
  if (!*text) return std::optional<HeaderLock>();
  const std::string_view line = trim((*text)->text);
  const std::size_t blank = line.rfind(' ');
  const auto until = blank == std::string_view::npos ? std::nullopt : parse_number(line.substr(blank + 1));
  if (!until || static_cast<UnixTime>(*until) <= work.now()) return std::optional<HeaderLock>();
  return std::optional(HeaderLock{std::string(line.substr(0, blank)), static_cast<UnixTime>(*until)});
}

HeaderLock lock_header(Work& work, const List& list, const mail::Address& owner) {
  HeaderLock lock{owner.canonical(), work.now() + kHeaderLockLife};
  put_text(work, list, kLockFile, lock.owner + " " + std::to_string(lock.until) + "\n");
  return lock;
}

void unlock_header(Work& work, const List& list) { put_text(work, list, kLockFile, ""); }

}  // namespace majlis::lists
