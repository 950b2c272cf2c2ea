#include "mail/bounces/bounce_returned.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_parts.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxHeaderLines = 300;
constexpr std::size_t kMaxAddresses = 50;

constexpr std::array<std::string_view, 6> kAuthorFields = {"From",      "Sender",      "Reply-To",
                                                           "Errors-To", "Return-Path", "X-Sender"};
constexpr std::array<std::string_view, 6> kRecipientFields = {"To",          "Cc",        "Delivered-To",
                                                              "Envelope-To", "X-Rcpt-To", "X-Original-To"};

bool is_named(std::string_view name, const std::array<std::string_view, 6>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view known) { return equals_ignoring_case(name, known); });
}

void collect(std::string_view text, std::vector<Address>& addresses) {
  while (addresses.size() < kMaxAddresses) {
    std::optional<FoundAddress> found = address_inside(text);
    if (!found) return;
    text.remove_prefix(found->end);
    addresses.push_back(std::move(found->address));
  }
}

// `field` is whole: name, colon, body.
void read_field(std::string_view field, ReturnedMessage& returned) {
  const std::size_t colon = field.find(':');
  if (colon == std::string_view::npos) return;
  const std::string_view name = trim(field.substr(0, colon));
  const std::string_view body = field.substr(colon + 1);
  if (is_named(name, kAuthorFields)) collect(body, returned.authors);
  if (is_named(name, kRecipientFields)) collect(body, returned.recipients);
  if (!equals_ignoring_case(name, "Received")) return;
  const std::size_t whom = find_ignoring_case(body, " for <");
  if (whom == std::string_view::npos) return;
  if (auto found = address_at_head(body.substr(whom + 5))) returned.recipients.push_back(std::move(found->address));
}

void read_header(std::string_view header, ReturnedMessage& returned) {
  std::string field;
  std::size_t lines = 0;
  while (const auto line = next_line(header)) {
    if (++lines > kMaxHeaderLines) break;
    const bool goes_on = !line->empty() && is_blank(line->front());
    if (!goes_on) {
      read_field(field, returned);
      field.clear();
    }
    field += *line;
  }
  read_field(field, returned);
}

// The lines behind the report's text, blanks in front kept to one.
std::string lines_behind(const ReportText& text) {
  std::string out;
  const std::size_t end = std::min(text.lines.size(), text.returned_at + kMaxHeaderLines);
  for (std::size_t at = text.returned_at; at < end; ++at) {
    out += (text.lines[at].indent > 0 ? " " : "") + text.lines[at].text + '\n';
  }
  return out;
}

}  // namespace

ReturnedMessage read_returned(const ReportText& text, const Message& message) {
  ReturnedMessage returned;
  const std::vector<Message> enclosed = enclosed_messages(message);
  returned.is_there = !enclosed.empty() || text.has_returned_header;
  if (!enclosed.empty()) {
    read_header(enclosed.front().envelope_lines(), returned);
    read_header(enclosed.front().header(), returned);
  } else {
    read_header(lines_behind(text), returned);
  }
  return returned;
}

}  // namespace majlis::mail
