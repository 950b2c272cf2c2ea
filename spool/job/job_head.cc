#include "spool/job/job_head.h"

#include <array>
#include <cstdio>

#include "base/checksum.h"
#include "base/text.h"
#include "spool/job/escape.h"
#include "spool/job/staged_name.h"

namespace majlis::spool {
namespace {

constexpr std::string_view kMagic = "majlis-job 1 ";
constexpr std::size_t kSizeDigits = 12;
constexpr std::size_t kChecksumDigits = 8;
constexpr std::size_t kFirstLineOctets = kMagic.size() + kSizeDigits + 1 + kChecksumDigits + 1;

Error damaged(std::string_view why) { return Error{ErrorKind::damaged, "spool: read job: " + std::string(why)}; }

void add_line(std::string& out, std::string_view key, std::string_view value) {
  out += key;
  out += ' ';
  append_escaped(out, value);
  out += '\n';
}

// "majlis-job 1 SIZE CHECKSUM\n"; the size is covered by the checksum as well.
std::string first_line(std::string_view envelope, std::string_view message) {
  std::array<char, 32> size{};
  std::snprintf(size.data(), size.size(), "%0*zu", static_cast<int>(kSizeDigits), envelope.size() + message.size());
  std::array<char, 16> checksum{};
  const std::uint32_t sum = crc32c(message, crc32c(envelope, crc32c(size.data())));
  std::snprintf(checksum.data(), checksum.size(), "%08x", sum);
  return std::string(kMagic) + size.data() + " " + checksum.data() + "\n";
}

std::optional<UnixTime> parse_time(std::string_view digits) {
  const std::optional<std::uint64_t> number = parse_number(digits);
  if (!number || *number > INT64_MAX) return std::nullopt;
  return static_cast<UnixTime>(*number);
}

bool set_text(std::string& field, std::string_view word) {
  std::optional<std::string> value = unescaped(word);
  if (!value) return false;
  field = std::move(*value);
  return true;
}

bool set_time(UnixTime& field, std::string_view word) {
  const std::optional<UnixTime> value = parse_time(word);
  field = value.value_or(0);
  return value.has_value();
}

bool set_verp(Verp& field, std::string_view word) {
  field = word == "none" ? Verp::none : Verp::per_recipient;
  return word == "none" || word == "per-recipient";
}

// "AS_OF LIST", "AS_OF LIST WITH_ANY WITHOUT" or "AS_OF LIST WITH_ANY WITHOUT PART"
bool set_roster(std::optional<RosterQuery>& field, std::string_view words) {
  std::vector<std::string_view> parts;
  for (std::size_t blank = words.find(' '); blank != std::string_view::npos; blank = words.find(' ')) {
    parts.push_back(words.substr(0, blank));
    words.remove_prefix(blank + 1);
  }
  parts.push_back(words);
  if (field || (parts.size() != 2 && parts.size() != 4 && parts.size() != 5)) return false;
  const std::optional<std::uint64_t> as_of = parse_number(parts[0]);
  std::optional<std::string> list = unescaped(parts[1]);
  const std::optional<std::uint64_t> with_any = parts.size() >= 4 ? parse_number(parts[2]) : 0;
  const std::optional<std::uint64_t> without = parts.size() >= 4 ? parse_number(parts[3]) : 0;
  std::optional<std::string> part = parts.size() == 5 ? unescaped(parts[4]) : "";
  if (!part) return false;
  if (!as_of || !list || !with_any || !without || *with_any > UINT32_MAX || *without > UINT32_MAX) return false;
  field = RosterQuery{
      std::move(*list), *as_of, static_cast<std::uint32_t>(*with_any), static_cast<std::uint32_t>(*without), 0,
      std::move(*part)};
  return true;
}

std::string roster_line(const RosterQuery& roster) {
  std::string line = "roster " + std::to_string(roster.as_of) + " " + escaped(roster.list);
  if (roster.with_any != 0 || roster.without != 0 || !roster.part.empty()) {
    line += " " + std::to_string(roster.with_any) + " " + std::to_string(roster.without);
  }
  if (!roster.part.empty()) line += " " + escaped(roster.part);
  return line + "\n";
}

// Behind the roster's line.
bool set_reaches(std::optional<RosterQuery>& roster, std::string_view word) {
  const std::optional<std::uint64_t> flags = parse_number(word);
  if (!roster || !flags || *flags == 0 || *flags > UINT32_MAX || roster->reaches != 0) return false;
  roster->reaches = static_cast<std::uint32_t>(*flags);
  return true;
}

// Behind the roster's line.
bool set_topics(std::optional<RosterQuery>& roster, std::string_view word) {
  return roster && roster->topics.empty() && set_text(roster->topics, word) && !roster->topics.empty();
}

// In ascending order, behind the roster's line: whoever reads the roster looks them up.
bool add_exception(std::optional<RosterQuery>& roster, std::string_view word) {
  std::optional<std::string> address = unescaped(word);
  if (!roster || !address || roster->except.size() == kMaxExcept) return false;
  if (!roster->except.empty() && roster->except.back() >= *address) return false;
  roster->except.push_back(std::move(*address));
  return true;
}

bool add_recipient(std::vector<std::string>& field, std::string_view word) {
  field.emplace_back();
  return set_text(field.back(), word);
}

// "OFFSET KIND"
bool add_point(std::vector<Point>& points, std::string_view words) {
  const std::size_t blank = words.find(' ');
  if (blank == std::string_view::npos || points.size() == kMaxPoints) return false;
  const std::optional<std::uint64_t> at = parse_number(words.substr(0, blank));
  const std::optional<PointKind> kind = point_kind(words.substr(blank + 1));
  if (!at || !kind) return false;
  points.push_back({*at, *kind});
  return true;
}

bool set_field(Job& job, std::string_view key, std::string_view value) {
  if (key == "to") return add_recipient(job.recipients, value);
  if (key == "id") return set_text(job.id, value);
  if (key == "created") return set_time(job.created, value);
  if (key == "expires") return set_time(job.expires, value);
  if (key == "list") return set_text(job.list, value);
  if (key == "message-id") return set_text(job.message_id, value);
  if (key == "sender") return set_text(job.sender, value);
  if (key == "verp") return set_verp(job.verp, value);
  if (key == "roster") return set_roster(job.roster, value);
  if (key == "reaches") return set_reaches(job.roster, value);
  if (key == "topics") return set_topics(job.roster, value);
  if (key == "except") return add_exception(job.roster, value);
  if (key == "point") return add_point(job.points, value);
  return false;
}

// Envelope lines up to the empty one; what follows is the message.
Status parse_envelope(std::string_view rest, Job& job) {
  for (;;) {
    const std::size_t end = rest.find('\n');
    if (end == std::string_view::npos) return damaged("the envelope has no end");
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (line.empty()) break;
    const std::size_t blank = line.find(' ');
    if (blank == std::string_view::npos || !set_field(job, line.substr(0, blank), line.substr(blank + 1))) {
      return damaged("envelope line \"" + printable(line, 60) + "\"");
    }
  }
  if (!is_staged_name(job.id)) return damaged("the id is missing or malformed");
  if (job.roster && !job.recipients.empty()) return damaged("both a roster and recipients");
  if (!are_points_safe(rest, job.points)) return damaged("a point where none may be");
  job.message.assign(rest);
  return {};
}

}  // namespace

std::string encode_job_head(const Job& job) {
  std::string envelope;
  add_line(envelope, "id", job.id);
  add_line(envelope, "created", std::to_string(job.created));
  add_line(envelope, "expires", std::to_string(job.expires));
  add_line(envelope, "list", job.list);
  add_line(envelope, "message-id", job.message_id);
  add_line(envelope, "sender", job.sender);
  add_line(envelope, "verp", job.verp == Verp::none ? "none" : "per-recipient");
  if (job.roster) {
    envelope += roster_line(*job.roster);
    if (job.roster->reaches != 0) add_line(envelope, "reaches", std::to_string(job.roster->reaches));
    if (!job.roster->topics.empty()) add_line(envelope, "topics", job.roster->topics);
    for (const std::string& address : job.roster->except) add_line(envelope, "except", address);
  }
  for (const std::string& recipient : job.recipients) add_line(envelope, "to", recipient);
  for (const Point& point : job.points) {
    envelope.append("point ").append(std::to_string(point.at)).append(" ").append(word_for(point.kind)).append("\n");
  }
  envelope += '\n';
  return first_line(envelope, job.message) + envelope;
}

Result<JobHead> parse_job_head(std::string_view bytes) {
  if (bytes.substr(0, kMagic.size()) != kMagic) return damaged("this is no job of version 1");
  if (bytes.size() < kFirstLineOctets) return damaged("the first line is cut");
  const std::optional<std::uint64_t> size = parse_number(bytes.substr(kMagic.size(), kSizeDigits));
  if (!size || *size > bytes.size() - kFirstLineOctets) return damaged("the file is shorter than its head");
  const std::string_view rest = bytes.substr(kFirstLineOctets, *size);
  if (bytes.substr(0, kFirstLineOctets) != first_line(rest, {}))
    return damaged("the checksum of the head does not match");

  JobHead head;
  head.size = kFirstLineOctets + rest.size();
  head.checksum = crc32c(bytes.substr(0, head.size));
  if (Status parsed = parse_envelope(rest, head.job); !parsed) return parsed.error();
  return head;
}

}  // namespace majlis::spool
