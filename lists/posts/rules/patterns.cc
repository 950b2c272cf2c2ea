#include "lists/posts/rules/patterns.h"

#include "base/regex.h"
#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"

namespace majlis::lists {
namespace {

constexpr std::uint64_t kMaxStepsOfAllSearches = 10 * Pattern::kMaxSteps;  // of one setting on one post: some 200 ms
constexpr std::size_t kShownOctets = 200;
constexpr std::size_t kMaxHeaderOctets = 512 * 1024;

Decision by_pattern(ReasonId reason, const std::string& written) {
  return decision(Action::hold, reason, {{"pattern", printable(written, kShownOctets)}});
}

Decision broken(ReasonId reason, const std::string& written) {
  Decision broken = by_pattern(reason, written);
  broken.broken_pattern = written;
  return broken;
}

}  // namespace

std::string field_as_read(const mail::Message& message, const mail::Field& field) {
  const std::string_view body = message.bytes().substr(field.body_begin, field.body_end - field.body_begin);
  return mail::one_line(mail::decode_words(mail::to_utf8(body, "utf-8")));
}

std::string text_of_part(const mail::Message& message, const mail::Part& part) {
  const std::string_view raw = message.bytes().substr(part.body_begin, part.body_end - part.body_begin);
  return mail::to_utf8(mail::decode_transfer(raw.substr(0, 2 * kMaxSearchedOctets), part.encoding), part.charset);
}

std::string header_as_read(const mail::Message& message) {
  std::string text(message.header());
  if (!text.empty() && text.back() != '\n') text += '\n';
  for (const mail::Field& field : message.scan().parts.front().fields) {
    const std::string_view body = message.bytes().substr(field.body_begin, field.body_end - field.body_begin);
    const std::string read = field_as_read(message, field);
    if (read != trim(body)) text.append(field.name).append(": ").append(read).append("\n");
    if (text.size() > kMaxHeaderOctets) break;
  }
  return text;
}

std::optional<Decision> search_patterns(const ListConfig& config, Setting setting, const SearchedText& searched) {
  std::uint64_t steps_left = kMaxStepsOfAllSearches;
  for (const std::string& written : config.lines(setting)) {
    Result<Pattern> pattern = Pattern::parse(written);
    if (!pattern) return broken(ReasonId::pattern_unusable, written);
    std::string_view rest = searched.text;
    for (std::size_t count = 0; count < searched.max_lines; ++count) {
      const auto line = next_line(rest);
      if (!line) break;
      switch (pattern->search(*line, &steps_left)) {
        case Pattern::Answer::does_not_match: break;
        case Pattern::Answer::matches: return by_pattern(searched.matches, written);
        case Pattern::Answer::cannot_tell: return broken(searched.cannot_tell, written);
      }
    }
  }
  return std::nullopt;
}

}  // namespace majlis::lists
