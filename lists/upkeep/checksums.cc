#include "lists/upkeep/checksums.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "mail/authentication/sha256.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kSumOctets = 64;
constexpr std::string_view kBetween = "  ";
constexpr std::string_view kSealHeading = "majlis-backup 1";

bool is_sum(std::string_view text) {
  return text.size() == kSumOctets && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// A line whose path has a backslash or a line end begins with a backslash.
std::string escaped(std::string_view path) {
  std::string text;
  for (const char c : path) text += c == '\\' ? "\\\\" : c == '\n' ? "\\n" : c == '\r' ? "\\r" : std::string(1, c);
  return text;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string path;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '\\') {
      path += text[at];
      continue;
    }
    constexpr std::string_view kMarks = "\\nr";
    constexpr std::string_view kMeant = "\\\n\r";
    const std::size_t mark = ++at < text.size() ? kMarks.find(text[at]) : std::string_view::npos;
    if (mark == std::string_view::npos) return std::nullopt;
    path += kMeant[mark];
  }
  return path;
}

bool stays_below(std::string_view path) {
  const std::vector<std::string_view> steps = split_at(path, '/');
  return std::none_of(steps.begin(), steps.end(),
                      [](std::string_view step) { return step.empty() || step == "." || step == ".."; }) &&
         path.find('\0') == std::string_view::npos;
}

std::optional<Checksum> read_line(std::string_view line) {
  const bool is_escaped = line.starts_with('\\');
  if (is_escaped) line.remove_prefix(1);
  if (line.size() <= kSumOctets + kBetween.size() || !line.substr(kSumOctets).starts_with(kBetween))
    return std::nullopt;
  const std::string_view sum = line.substr(0, kSumOctets);
  const std::string_view rest = line.substr(kSumOctets + kBetween.size());
  std::optional<std::string> path = is_escaped ? unescaped(rest) : std::string(rest);
  if (!is_sum(sum) || !path || !stays_below(*path)) return std::nullopt;
  return Checksum{std::move(*path), std::string(sum)};
}

// The value of the next line, which must be "NAME VALUE".
std::string_view take_value(std::string_view& rest, std::string_view name) {
  const std::string_view line = next_line(rest).value_or("");
  if (!line.starts_with(name) || !line.substr(name.size()).starts_with(' ')) return {};
  return line.substr(name.size() + 1);
}

}  // namespace

std::string checksums_text(const std::vector<Checksum>& sums) {
  std::string text;
  for (const Checksum& sum : sums) {
    const std::string path = escaped(sum.path);
    text += (path == sum.path ? "" : "\\") + sum.sha256 + std::string(kBetween) + path + "\n";
  }
  return text;
}

Result<std::vector<Checksum>> read_checksums(std::string_view text) {
  std::vector<Checksum> sums;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::optional<Checksum> sum = read_line(text.substr(0, end));
    if (!sum || end == std::string_view::npos) {
      return Error{ErrorKind::damaged, std::string(kChecksumsFile) + ": line " + std::to_string(sums.size() + 1) +
                                           " is none of sha256sum's"};
    }
    sums.push_back(std::move(*sum));
    text.remove_prefix(end + 1);
  }
  return sums;
}

std::string seal_text(const BackupSeal& seal) {
  const std::string text = std::string(kSealHeading) + "\nmade " + std::to_string(seal.made) + "\nfiles " +
                           std::to_string(seal.files) + "\noctets " + std::to_string(seal.octets) + "\nchecksums " +
                           seal.checksums + "\n";
  return text + "seal " + mail::sha256_hex(text) + "\n";
}

Result<BackupSeal> read_seal(std::string_view text) {
  std::string_view rest = text;
  const bool is_ours = next_line(rest) == kSealHeading;
  const auto made = parse_number(take_value(rest, "made"));
  const auto files = parse_number(take_value(rest, "files"));
  const auto octets = parse_number(take_value(rest, "octets"));
  const std::string_view sum = take_value(rest, "checksums");
  const std::string before(text.substr(0, text.size() - rest.size()));
  const bool is_sealed = rest == "seal " + mail::sha256_hex(before) + "\n";
  if (!is_ours || !made || !files || !octets || !is_sum(sum) || !is_sealed) {
    return Error{ErrorKind::damaged, std::string(kBackupFile) + " is not as this version writes it"};
  }
  return BackupSeal{static_cast<UnixTime>(*made), *files, *octets, std::string(sum)};
}

}  // namespace majlis::lists
