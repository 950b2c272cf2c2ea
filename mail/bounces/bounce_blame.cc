#include "mail/bounces/bounce_blame.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"
#include "mail/bounces/refusal_topics.h"
#include "mail/bounces/refusal_words.h"

namespace majlis::mail {
namespace {

struct StatusRow {
  std::string_view detail;  // behind the class: what it begins with
  Blame permanent;
  Blame temporary;
};

// What says more stands first.
constexpr std::array kStatusRows = {
    StatusRow{"1.7", Blame::message, Blame::message},    // the sender's address is malformed
    StatusRow{"1.8", Blame::message, Blame::message},    // the sender's system is not accepted
    StatusRow{"1.0", Blame::unclear, Blame::temporary},  // "other": says no more than 5.0.0 does
    StatusRow{"2.0", Blame::unclear, Blame::temporary},
    StatusRow{"3.0", Blame::unclear, Blame::temporary},
    StatusRow{"1.", Blame::mailbox, Blame::temporary},   // the address
    StatusRow{"2.1", Blame::mailbox, Blame::temporary},  // disabled
    StatusRow{"2.2", Blame::temporary, Blame::temporary},
    StatusRow{"2.3", Blame::message, Blame::message},  // longer than this mailbox takes
    StatusRow{"2.4", Blame::message, Blame::message},  // a list that could not be expanded
    StatusRow{"2.", Blame::temporary, Blame::temporary},
    StatusRow{"3.3", Blame::message, Blame::message},  // the system lacks a feature the message needs
    StatusRow{"3.4", Blame::message, Blame::message},  // longer than the system takes
    StatusRow{"3.", Blame::temporary, Blame::temporary},
    StatusRow{"4.6", Blame::message, Blame::message},  // a loop
    StatusRow{"4.", Blame::temporary, Blame::temporary},
    StatusRow{"6.", Blame::message, Blame::message},  // content
    StatusRow{"7.", Blame::message, Blame::message},  // policy
};

// What says it without naming a mailbox, or in other tongues.
constexpr std::array<std::string_view, 31> kNoMailbox = {
    "does not exist",
    "doesn't exist",
    "user not exist",
    "found at the destination",
    "doesn't have a",
    "unknown local",
    "mailbox unavailable",
    "invalid recipient",
    "invalid mailbox",
    "invalid user",
    "not our user",
    "not our customer",
    "n'existe pas",
    "n'existe plus",
    "inconnu",
    "inexistant",
    "unbekannt",
    "existiert nicht",
    "no existe",
    "desconocid",
    "não existe",
    "desconhecid",
    "inesistent",
    "sconosciut",
    "не существует",
    "не найден",
    "不存在",
    "查无此人",
    "查無此人",
    "存在しません",
    "見つかりません",
};

constexpr std::array<std::string_view, 24> kFull = {
    "quota",          "mailbox full",  "mailbox is full",
    "folder is full", "inbox is full", "account is full",
    "storage",        "over limit",    "too many messages",
    "exceeded the",   "mailbox size",  "pleine",
    "saturée",        "postfach voll", "überfüllt",
    "buzón lleno",    "caixa cheia",   "casella piena",
    "переполнен",     "已满",          "已滿",
    "容量",           "いっぱい",      "満杯",
};

constexpr std::array<std::string_view, 57> kPolicy = {
    "spam",         "policy",         "policies",       "dmarc",           "dkim",
    "domainkey",    " spf",           "spf ",           "blacklist",       "blocklist",
    "block list",   "black list",     "blocked",        "blackhole",       "rbl",
    "dnsbl",        "spamhaus",       "spamcop",        "barracuda",       "reputation",
    "unsolicited",  "junk",           "bulk mail",      "virus",           "malware",
    "phish",        "attachment",     "content reject", "message content", "content filter",
    "banned",       "prohibited",     "too large",      "message size",    "size limit",
    "too big",      "not authorized", "not permitted",  "forwarding loop", "mail loop",
    "routing loop", "too many hops",  "delivered-to",   "greylist",        "relay access",
    "relaying",     "to relay",       "not relay",      "indésirable",     "pourriel",
    "unerwünscht",  "垃圾邮件",       "垃圾郵件",       "黑名单",          "病毒",
    "拒收",         "迷惑メール",
};

bool says(std::string_view lower, std::span<const std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return lower.find(phrase) != std::string_view::npos; });
}

constexpr std::size_t kMaxCodes = 10;
constexpr std::size_t kMaxAddresses = 20;

Blame by_status(std::string_view status) {
  if (status.size() < 3 || status.front() == '2') return Blame::unclear;
  const std::string_view detail = status.substr(2);
  for (const StatusRow& row : kStatusRows) {
    // "1.1" is not "1.10".
    const bool is_whole = row.detail.back() != '.';
    if (is_whole ? detail == row.detail : detail.starts_with(row.detail)) {
      return status.front() == '4' ? row.temporary : row.permanent;
    }
  }
  return status.front() == '4' ? Blame::temporary : Blame::unclear;
}

// The reporter's status, and those in the answers that it quotes: "5.0.0" is what a system says that has not read them.
std::vector<std::string> statuses_of(std::string_view status, std::string_view lower) {
  std::vector<std::string> statuses = {std::string(status)};
  while (statuses.size() < kMaxCodes) {
    std::string next = find_status(lower);
    if (next.empty()) break;
    lower.remove_prefix(lower.find(next) + next.size());
    statuses.push_back(std::move(next));
  }
  return statuses;
}

// Where the codes do not agree, the mildest.
Blame told_by(const std::vector<std::string>& statuses) {
  constexpr std::array kMildestFirst = {Blame::message, Blame::temporary, Blame::mailbox};
  for (const Blame blame : kMildestFirst) {
    const bool is_told = std::any_of(statuses.begin(), statuses.end(),
                                     [&](const std::string& status) { return by_status(status) == blame; });
    if (is_told) return blame;
  }
  return Blame::unclear;
}

// Mail to the recipient's domain found no way: name servers are then spoken of for its sake.
bool is_about_route(const std::string& status) {
  const std::string_view detail = std::string_view(status).substr(std::min<std::size_t>(2, status.size()));
  return detail.starts_with("4.") || detail == "1.2" || detail == "1.10";
}

// X.7.1 and X.7.0 are what many systems put in front of whatever they refuse at RCPT; all other codes of the message
// are specific.
bool is_general_refusal(const std::vector<std::string>& statuses) {
  return std::all_of(statuses.begin(), statuses.end(), [](const std::string& status) {
    return by_status(status) != Blame::message || status == "5.7.1" || status == "5.7.0";
  });
}

// Exchange Online's Directory-Based Edge Blocking: "550 5.4.1 Recipient address rejected: Access denied" is what it
// answers for an address that its directory does not have. (Postfix says the same words, with 5.7.1, of a policy.)
bool is_edge_blocking(const std::vector<std::string>& statuses, std::string_view lower) {
  return std::find(statuses.begin(), statuses.end(), "5.4.1") != statuses.end() &&
         lower.find("recipient address rejected") != std::string_view::npos;
}

std::string_view without_tag(std::string_view local) { return local.substr(0, local.find('+')); }

bool names_address(std::string_view text, const Address& wanted) {
  for (std::size_t count = 0; count < kMaxAddresses; ++count) {
    const std::optional<FoundAddress> found = address_inside(text);
    if (!found) return false;
    if (found->address.domain() == wanted.domain() &&
        equals_ignoring_case(without_tag(found->address.local()), without_tag(wanted.local()))) {
      return true;
    }
    text.remove_prefix(found->end);
  }
  return false;
}

bool is_of_host(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '@'; }

// Whether `lower` finds fault with a domain by its name: "unrouteable mail domain "a.example"", "a.example has no MX".
// That a host of that name answered is no fault.
bool faults_domain(std::string_view lower, std::string_view domain) {
  constexpr std::size_t kBefore = 16;
  constexpr std::array<std::string_view, 9> kFaults = {"does not",  "doesn't",   "has no",  "is not", "isn't",
                                                       "not found", "could not", "cannot ", "unknown"};
  for (std::size_t at = lower.find(domain); at != std::string_view::npos; at = lower.find(domain, at + 1)) {
    const std::string_view behind = lower.substr(at + domain.size());
    if ((at > 0 && is_of_host(lower[at - 1])) ||
        (!behind.empty() && behind.front() != '.' && is_of_host(behind.front()))) {
      continue;
    }
    const std::size_t begin = at - std::min(at, kBefore);
    if (lower.substr(begin, at - begin).find("domain") != std::string_view::npos) return true;
    const std::string_view words = behind.substr(std::min(behind.find_first_not_of(" \"'<>():"), behind.size()));
    if (std::any_of(kFaults.begin(), kFaults.end(), [&](std::string_view fault) { return words.starts_with(fault); })) {
      return true;
    }
  }
  return false;
}

// The one who sends is spoken of: nothing else that stands there is about the mailbox.
bool is_about_sender(const RefusalWords& refusal, const std::vector<std::string>& statuses,
                     const std::optional<Address>& return_address) {
  if (speaks_of_sender(refusal)) return true;
  if (return_address &&
      (names_address(refusal.lower, *return_address) || faults_domain(refusal.lower, return_address->domain()))) {
    return true;
  }
  return find_smtp_code(refusal.lower) >= 500 && speaks_of_name_servers(refusal) &&
         std::none_of(statuses.begin(), statuses.end(), is_about_route);
}

// What the words say where no code is clear.
Blame told_by_words(const RefusalWords& refusal, bool is_gone) {
  if (says(refusal.lower, kFull)) return Blame::temporary;
  if (is_gone) return Blame::mailbox;
  // A filter of the mailbox's own (Sieve's reject, RFC 5429): somebody is there.
  if (refusal.lower.find("automatically rejected") != std::string::npos) return Blame::message;
  const int code = find_smtp_code(refusal.lower);
  return (code >= 400 && code < 500) || code == 552 ? Blame::temporary : Blame::unclear;
}

}  // namespace

std::string_view word_for(Blame blame) {
  switch (blame) {
    case Blame::mailbox: return "mailbox";
    case Blame::temporary: return "temporary";
    case Blame::message: return "message";
    case Blame::unclear: return "unclear";
  }
  return "";
}

Blame blame_for(std::string_view status, std::string_view reason, const std::optional<Address>& return_address) {
  const RefusalWords refusal(reason);
  const std::vector<std::string> statuses = statuses_of(status, refusal.lower);
  if (is_about_sender(refusal, statuses, return_address) || speaks_of_rate(refusal)) return Blame::message;
  const bool is_gone = says_mailbox_is_gone(refusal) || says(refusal.lower, kNoMailbox);
  const bool is_policy = says(refusal.lower, kPolicy);
  const Blame told = told_by(statuses);
  if (told == Blame::message) {
    // Code and words contradict each other, so neither is believed wholly.
    return is_gone && !is_policy && is_general_refusal(statuses) ? Blame::unclear : told;
  }
  if (is_edge_blocking(statuses, refusal.lower)) return Blame::mailbox;
  if (!is_gone && is_policy) return Blame::message;
  if (told == Blame::mailbox && !is_gone && says(refusal.lower, kFull)) return Blame::temporary;
  return told != Blame::unclear ? told : told_by_words(refusal, is_gone);
}

}  // namespace majlis::mail
