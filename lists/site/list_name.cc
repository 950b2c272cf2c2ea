#include "lists/site/list_name.h"

#include <algorithm>

#include "base/text.h"
#include "mail/address.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxNameOctets = 40;

// Mailboxes of the site and of every mail system (RFC 2142, RFC 5321 4.5.1).
constexpr std::string_view kReserved[] = {"majordomo",  "listserv",  "mailman", "majlis",
                                          "postmaster", "abuse",     "root",    "mailer-daemon",
                                          "hostmaster", "webmaster", "nobody",  "owner"};
// The parts a list's other addresses are made of: a list of that name would be taken for the role of another one.
constexpr std::string_view kRoleSuffixes[] = {"-request", "-owner",       "-bounces", "-approval", "-subscribe",
                                              "-join",    "-unsubscribe", "-leave",   "-signoff",  "-confirm"};
constexpr std::string_view kRolePrefixes[] = {"owner-"};

bool is_letter_or_digit(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool is_well_formed(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameOctets || !is_letter_or_digit(name.front()) || name.back() == '.')
    return false;
  if (name.find("..") != std::string_view::npos) return false;
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-' || c == '_' || c == '.'; });
}

bool is_taken(std::string_view name) {
  const auto ends = [&](std::string_view suffix) { return name.ends_with(suffix); };
  const auto begins = [&](std::string_view prefix) { return name.starts_with(prefix); };
  return std::find(std::begin(kReserved), std::end(kReserved), name) != std::end(kReserved) ||
         std::any_of(std::begin(kRoleSuffixes), std::end(kRoleSuffixes), ends) ||
         std::any_of(std::begin(kRolePrefixes), std::end(kRolePrefixes), begins);
}

}  // namespace

std::optional<ListName> ListName::parse(std::string_view name, std::string_view domain) {
  std::string lower = to_lower_ascii(name);
  if (!is_well_formed(lower) || is_taken(lower)) return std::nullopt;
  const std::optional<mail::Address> posting = mail::Address::parse(lower + "@" + std::string(domain));
  if (!posting || posting->local() != lower) return std::nullopt;
  return ListName(std::move(lower), posting->domain());
}

}  // namespace majlis::lists
