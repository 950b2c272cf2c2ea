#include "mail/bounces/bounce_guess.h"

#include <algorithm>
#include <array>

#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"
#include "mail/bounces/bounce_phrases.h"
#include "mail/bounces/bounce_status.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxLines = 100;  // a longer text is no notice of one failure
constexpr std::size_t kMaxAddressesOfLine = 10;
constexpr std::array<std::string_view, 5> kOwnFields = {"From", "To", "Cc", "Reply-To", "Sender"};

// Whom the letter itself is between.
std::vector<Address> correspondents(const Message& message) {
  std::vector<Address> addresses;
  for (const std::string_view name : kOwnFields) {
    for (const std::string& body : message.fields(name)) {
      if (std::optional<FoundAddress> found = address_inside(body)) addresses.push_back(std::move(found->address));
    }
  }
  return addresses;
}

bool names_bystander(const TextLine& line) {
  const std::string_view own = std::string_view(line.lower).substr(0, line.text.size());
  return std::any_of(bystander_words().begin(), bystander_words().end(),
                     [&](std::string_view word) { return own.find(word) != std::string_view::npos; });
}

void collect(std::string_view text, std::vector<Address>& addresses) {
  for (std::size_t count = 0; count < kMaxAddressesOfLine; ++count) {
    std::optional<FoundAddress> found = address_inside(text);
    if (!found) return;
    text.remove_prefix(found->end);
    const bool is_known = std::find(addresses.begin(), addresses.end(), found->address) != addresses.end();
    if (!is_known) addresses.push_back(std::move(found->address));
  }
}

}  // namespace

void read_lone_address(const ReportText& text, const Message& message, Report& report) {
  if (text.returned_at > kMaxLines) return;
  std::vector<Address> named;
  std::string reason;
  for (std::size_t at = 0; at < text.returned_at; ++at) {
    const TextLine& line = text.lines[at];
    if (line.is_quoted) continue;
    if (!names_bystander(line)) collect(line.text, named);
    reason += line.text + '\n';
  }
  const std::vector<Address> own = correspondents(message);
  std::erase_if(named, [&](const Address& address) { return std::find(own.begin(), own.end(), address) != own.end(); });
  if (named.size() != 1) return;
  add_recipient(report, {named.front(), std::nullopt, Outcome::failure, find_status(reason), find_smtp_code(reason),
                         one_reason(reason)});
}

}  // namespace majlis::mail
