#include "commands/reading/command_lines.h"

#include "base/text.h"
#include "base/unicode.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kSignedText = "-----BEGIN PGP SIGNED MESSAGE-----";
constexpr std::string_view kSignature = "-----BEGIN PGP SIGNATURE-----";
constexpr std::string_view kEscape = "- ";

std::string_view without_trailing_blanks(std::string_view line) {
  while (!line.empty() && (is_blank(line.back()) || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

// "On Tue, 24 Nov 2026, ann@example.com wrote:", as mail programs put it above what they quote.
bool is_attribution(std::string_view line) {
  const bool english = line.starts_with("On ") && line.ends_with("wrote:");
  const bool french = line.starts_with("Le ") && (line.ends_with("crit :") || line.ends_with("crit\xC2\xA0:"));
  return english || french;
}

bool is_continued(std::string_view line) { return without_trailing_blanks(line).ends_with('\\'); }

bool is_blank_line(std::string_view line) { return without_trailing_blanks(line).empty(); }

}  // namespace

std::string without_armour(std::string text) {
  std::string_view rest = text;
  std::optional<std::string_view> line = next_line(rest);
  while (line && is_blank_line(*line)) line = next_line(rest);
  if (!line || without_trailing_blanks(*line) != kSignedText) return text;
  while (line && !is_blank_line(*line)) line = next_line(rest);
  std::string plain;
  for (line = next_line(rest); line && without_trailing_blanks(*line) != kSignature; line = next_line(rest)) {
    plain += line->starts_with(kEscape) ? line->substr(kEscape.size()) : *line;
    plain += '\n';
  }
  return plain;
}

std::string CommandLines::join(std::string_view first) {
  std::string joined(without_trailing_blanks(first));
  bool more = is_continued(joined);
  bool is_too_long = false;
  for (std::size_t i = 0; more; ++i) {
    if (!is_too_long) joined.pop_back();
    const auto next = next_line(rest_);
    if (!next) break;
    more = is_continued(*next);
    is_too_long = is_too_long || i == kMaxContinuations || joined.size() > kMaxLineOctets;
    // What is too long is consumed all the same: the rest of it, perhaps a password, is no command of its own.
    if (!is_too_long) joined = std::string(without_trailing_blanks(joined)) + " " + std::string(trim(*next));
  }
  if (is_too_long) joined.resize(kMaxLineOctets + 1, ' ');
  return joined;
}

std::optional<std::string> CommandLines::next() {
  while (const auto line = next_line(rest_)) {
    std::string joined = join(*line);
    const bool is_too_long = joined.size() > kMaxLineOctets;
    const std::string plain = with_plain_blanks(joined);
    const std::string_view trimmed = trim(plain);
    if (trimmed.empty() || trimmed.front() == '#' || trimmed.front() == '>' || is_attribution(trimmed)) continue;
    return is_too_long ? std::move(joined) : std::string(trimmed);
  }
  return std::nullopt;
}

std::optional<std::string> CommandLines::next_own() {
  while (const auto line = next_line(rest_)) {
    const std::string plain = with_plain_blanks(*line);
    const std::string_view trimmed = trim(plain);
    if (trimmed.starts_with('>') || is_attribution(trimmed)) return std::nullopt;
    if (!trimmed.empty()) return std::string(trimmed);
  }
  return std::nullopt;
}

std::optional<std::string> CommandLines::last_apart() const {
  std::string_view rest = rest_;
  std::optional<std::string_view> line = next_line(rest);
  if (!line || !is_blank_line(with_plain_blanks(*line))) return std::nullopt;
  while (line && is_blank_line(with_plain_blanks(*line))) line = next_line(rest);
  if (!line) return std::nullopt;
  std::string last(trim(with_plain_blanks(*line)));
  while (const auto behind = next_line(rest)) {
    if (!is_blank_line(with_plain_blanks(*behind))) return std::nullopt;
  }
  return last;
}

std::optional<std::string> CommandLines::text_up_to(std::string_view tag) {
  std::string text;
  while (const auto line = next_line(rest_)) {
    if (without_trailing_blanks(with_plain_blanks(*line)) == tag) return text;
    text += *line;
    text += '\n';
  }
  return std::nullopt;
}

std::string CommandLines::text_while(const std::function<bool(std::string_view line)>& is_of_text) {
  std::string text;
  for (std::string_view ahead = rest_; const auto line = next_line(ahead); rest_ = ahead) {
    if (!is_of_text(*line)) break;
    text += *line;
    text += '\n';
  }
  return text;
}

}  // namespace majlis::commands
