#include "mail/bounces/bounce_rejection.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"
#include "mail/bounces/bounce_parts.h"
#include "mail/bounces/bounce_status.h"
#include "mail/bounces/bounce_text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxTextOctets = 64 * 1024;
constexpr std::array<std::string_view, 2> kTypes = {"message/disposition-notification",
                                                    "message/global-disposition-notification"};

// RFC 8098 3.2.6 and RFC 2298 3.2.6.
constexpr std::string_view kAutomatic = "automatic-action";
constexpr std::array<std::string_view, 5> kUnprocessed = {"denied", "failed", "/error", "/failure", "/refused"};
// Outlook too deletes by itself what its owner never opened: then the words must tell.
constexpr std::string_view kDeleted = "deleted";
constexpr std::array<std::string_view, 11> kRefused = {"reject", "refus", "quota", "full",      "not accept", "denied",
                                                       "rejet",  "退",    "拒",    "abgelehnt", "rechaz"};

bool stands_in(std::string_view text, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return find_ignoring_case(text, word) != std::string_view::npos; });
}

bool tells_rejection(std::string_view disposition, std::string_view words) {
  if (find_ignoring_case(disposition, kAutomatic) == std::string_view::npos) return false;
  const std::string_view type = disposition.substr(std::min(disposition.find(';'), disposition.size()));
  if (stands_in(type, kUnprocessed)) return true;
  return find_ignoring_case(type, kDeleted) != std::string_view::npos && stands_in(words, kRefused);
}

// What it says to people, in one line.
std::string words_of(const Message& message) {
  const ReportText text = read_report_text(message.first_text(kMaxTextOctets).value_or(""));
  std::string words;
  for (std::size_t at = 0; at < text.returned_at; ++at) words += text.lines[at].text + '\n';
  return one_reason(words);
}

}  // namespace

bool read_rejection(const Message& message, Report& report) {
  for (const Part& part : message.scan().parts) {
    if (std::find(kTypes.begin(), kTypes.end(), part.type) == kTypes.end() || !is_own_part(message.scan(), part))
      continue;
    const Message fields = Message::open(decoded_part(message, part));
    const std::string words = words_of(message);
    if (!tells_rejection(fields.field("Disposition").value_or(""), words)) return false;
    std::optional<Address> whom = parse_typed_address(fields.field("Final-Recipient").value_or(""));
    std::optional<Address> original = parse_typed_address(fields.field("Original-Recipient").value_or(""));
    if (!whom) whom = std::exchange(original, std::nullopt);
    report.kind = ReportKind::failure;
    if (!whom) return true;
    if (original && *original == *whom) original.reset();
    add_recipient(report, {std::move(*whom), std::move(original), Outcome::failure, find_status(words),
                           find_smtp_code(words), words});
    return true;
  }
  return false;
}

}  // namespace majlis::mail
