#include "spool/agenda.h"

#include <array>
#include <cstdio>

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "spool/backoff.h"
#include "spool/job/staged_name.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kDueDigits = 15;

Status move_stranger_aside(const Spool& spool, const std::string& directory, const std::string& name,
                           std::uint64_t& set_aside) {
  constexpr std::string_view kReason = "the name is none of ours";
  Status moved = spool.move_aside(directory + "/" + name, name, kReason);
  if (!moved) return moved;
  ++set_aside;
  log(Severity::error, LogLine("set-aside").with("file", name).with("why", kReason));
  return {};
}

}  // namespace

std::optional<LaterName> parse_later_name(std::string_view name) {
  if (name.size() <= kDueDigits || name[kDueDigits] != '-') return std::nullopt;
  const std::optional<std::uint64_t> due = parse_number(name.substr(0, kDueDigits));
  const std::string_view job_id = name.substr(kDueDigits + 1);
  if (!due || !is_staged_name(job_id)) return std::nullopt;
  return LaterName{static_cast<UnixTime>(*due), job_id};
}

bool is_due(UnixTime due, UnixTime now) { return due <= now || due > now + kLongestDelay; }

std::string later_name(UnixTime due, std::string_view job_id) {
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%0*lld", static_cast<int>(kDueDigits),
                static_cast<long long>(due < 0 ? 0 : due));
  return std::string(digits.data()) + "-" + std::string(job_id);
}

Result<std::vector<Entry>> list_due(const Spool& spool, UnixTime now, std::uint64_t& set_aside) {
  std::vector<Entry> due;
  for (const char* folder : {"new", "later"}) {
    const std::string directory = spool.directory() + "/" + folder;
    const Result<std::vector<std::string>> names = list_directory(directory);
    if (!names) return names.error();
    const bool is_new = std::string_view(folder) == "new";
    for (const std::string& name : *names) {
      if (name.front() == '.') continue;  // a rewrite under way
      const std::optional<LaterName> later = is_new ? std::nullopt : parse_later_name(name);
      if (is_new ? !is_staged_name(name) : !later.has_value()) {
        if (Status moved = move_stranger_aside(spool, directory, name, set_aside); !moved) return moved.error();
        continue;
      }
      if (later && !is_due(later->due, now)) continue;
      due.push_back(Entry{directory, name, is_new ? name : std::string(later->job_id)});
    }
  }
  return due;
}

}  // namespace majlis::spool
