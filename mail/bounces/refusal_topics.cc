#include "mail/bounces/refusal_topics.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

namespace majlis::mail {
namespace {

using Words = std::vector<std::string>;
using Table = std::span<const std::string_view>;

bool is_in(Table table, std::string_view word) { return std::find(table.begin(), table.end(), word) != table.end(); }

bool has_any(const Words& words, Table table) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return is_in(table, word); });
}

// `second` stands at most `reach` words behind `first`.
struct Pair {
  Table first;
  Table second;
  std::size_t reach;
};

bool has_pair(const Words& words, const Pair& pair) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (!is_in(pair.first, words[at])) continue;
    const std::size_t end = std::min(words.size(), at + 1 + pair.reach);
    for (std::size_t next = at + 1; next < end; ++next) {
      if (is_in(pair.second, words[next])) return true;
    }
  }
  return false;
}

constexpr std::array kSenderAlone =
    std::to_array<std::string_view>({"ptr", "rdns", "fcrdns", "reverse", "ehlo", "helo", "ip", "ips", "senders",
                                     "sender's", "return-path", "callout", "callback", "unauthenticated"});
constexpr std::array kSender = std::to_array<std::string_view>({"sender", "originator"});
constexpr std::array kSenderElsewhere = std::to_array<std::string_view>(
    {"adresse de l'expéditeur", "domaine de l'expéditeur", "adresse d'expéditeur", "serveur expéditeur",
     "absenderadresse", "absender-adresse", "absenderdomain", "dirección del remitente", "发件人域", "发件人地址",
     "发信人地址", "发件服务器", "寄件人地址", "送信者のアドレス", "送信元"});
// "returned to sender", "please inform the sender": not what was wrong.
constexpr std::array kTold = std::to_array<std::string_view>(
    {"to", "inform", "informing", "notify", "notifying", "tell", "contact", "ask", "by", "for", "advise"});
constexpr std::array kArticles = std::to_array<std::string_view>({"the", "your", "original"});

bool names_sender(const Words& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (is_in(kSenderAlone, words[at])) return true;
    if (!is_in(kSender, words[at])) continue;
    const std::size_t before = at >= 2 && is_in(kArticles, words[at - 1]) ? at - 2 : at - 1;
    if (at == 0 || !is_in(kTold, words[before])) return true;
  }
  return false;
}

constexpr std::array kYour = std::to_array<std::string_view>({"your"});
constexpr std::array kYourThings =
    std::to_array<std::string_view>({"server", "servers", "host", "hostname", "domain", "domain's", "dns", "mx", "mta",
                                     "mailserver", "identity", "reputation", "connection"});
constexpr std::array kSendingSide = std::to_array<std::string_view>(
    {"client", "connecting", "sending", "originating", "source", "peer", "submitting", "connection", "envelope"});
constexpr std::array kSides =
    std::to_array<std::string_view>({"host", "hostname", "ip", "server", "servers", "mta", "domain", "address",
                                     "network", "system", "machine", "from"});
constexpr std::array kBackWords = std::to_array<std::string_view>({"return", "from", "bounce"});
constexpr std::array kBackPlaces = std::to_array<std::string_view>({"path", "address"});
constexpr std::array kMail = std::to_array<std::string_view>({"mail", "email", "e-mail"});
constexpr std::array kFrom = std::to_array<std::string_view>({"from"});

const std::array kSenderPairs = {
    Pair{kYour, kYourThings, 2},
    Pair{kSendingSide, kSides, 1},
    Pair{kBackWords, kBackPlaces, 1},
    Pair{kMail, kFrom, 1},
};

constexpr std::array kRateAlone =
    std::to_array<std::string_view>({"rate", "ratelimit", "rate-limit", "ratelimited", "rate-limited", "throttled"});
constexpr std::array kToo = std::to_array<std::string_view>({"too"});
constexpr std::array kFast = std::to_array<std::string_view>({"fast", "quickly", "frequently", "often"});
constexpr std::array kMany = std::to_array<std::string_view>({"many"});
constexpr std::array kCounted =
    std::to_array<std::string_view>({"connections", "connection", "recipients", "sessions", "concurrent",
                                     "simultaneous", "errors", "commands", "requests"});
constexpr std::array kWithin = std::to_array<std::string_view>({"per", "this"});
constexpr std::array kTimes = std::to_array<std::string_view>({"second", "minute", "hour", "day", "24"});

const std::array kRatePairs = {
    Pair{kToo, kFast, 1},
    Pair{kMany, kCounted, 2},
    Pair{kWithin, kTimes, 1},
};

constexpr std::array kNameServerWords =
    std::to_array<std::string_view>({"dns", "mx", "aaaa", "nameserver", "nxdomain"});
constexpr std::array kOtherSide =
    std::to_array<std::string_view>({"recipient", "recipient's", "destination", "rcpt", "receiver"});

constexpr std::array kMailbox = std::to_array<std::string_view>(
    {"mailbox", "mail-box", "mailfolder", "account", "user", "username", "userid", "recipient", "address", "addressee",
     "alias", "recipient's", "email", "e-mail", "customer", "inbox", "subscriber", "local-part", "login"});
constexpr std::array kGone = std::to_array<std::string_view>(
    {"disabled", "deactivated", "inactive", "inactivated", "deleted", "removed", "terminated", "discontinued",
     "cancelled", "canceled", "unknown", "nonexistent", "non-existent", "unrecognized", "closed", "unregistered"});
constexpr std::array kNot = std::to_array<std::string_view>({"not", "no", "isn't", "wasn't", "never", "non"});
// What a mailbox is that takes mail: said of it with "not" or "no longer".
constexpr std::array kThere =
    std::to_array<std::string_view>({"active", "valid", "exist", "exists", "existing", "known", "found", "recognized",
                                     "recognised", "registered", "listed", "present"});
// May stand between a mailbox and what is said of it: "the account that you tried to reach is disabled".
constexpr std::array kBetween = std::to_array<std::string_view>(
    {"is",    "has",  "have", "been",      "was",    "a",  "an", "the", "name", "that", "you",     "tried",   "to",
     "reach", "here", "this", "currently", "longer", "at", "in", "it",  "does", "be",   "address", "account", "or"});

// Whether a mailbox stands in front of words[at], with nothing of weight between.
bool is_said_of_mailbox(const Words& words, std::size_t at) {
  while (at > 0) {
    --at;
    if (is_in(kMailbox, words[at])) return true;
    if (!is_in(kBetween, words[at])) return false;
  }
  return false;
}

// Whether a mailbox is the next word of weight behind words[at].
bool is_of_mailbox(const Words& words, std::size_t at) {
  return at + 1 < words.size() && is_in(kMailbox, words[at + 1]);
}

// "is not an active address", "no longer on server", "not found": the place of what it is not.
std::optional<std::size_t> denied_at(const Words& words, std::size_t at) {
  for (std::size_t next = at + 1; next < std::min(words.size(), at + 4); ++next) {
    if (is_in(kThere, words[next])) return next;
    if (!is_in(kBetween, words[next])) break;
  }
  return std::nullopt;
}

bool is_gone_at(const Words& words, std::size_t at) {
  if (is_in(kGone, words[at])) return is_of_mailbox(words, at) || is_said_of_mailbox(words, at);
  if (!is_in(kNot, words[at])) return false;
  if (const auto there = denied_at(words, at)) {
    return is_of_mailbox(words, *there) || is_said_of_mailbox(words, at);
  }
  if (words[at] != "no" || at + 1 >= words.size()) return false;
  if (words[at + 1] == "such") return is_of_mailbox(words, at + 1);
  constexpr std::array kHere = std::to_array<std::string_view>({"here", "found", "by", "with", "named", "exists"});
  return is_in(kMailbox, words[at + 1]) && at + 2 < words.size() && is_in(kHere, words[at + 2]);
}

}  // namespace

bool speaks_of_sender(const RefusalWords& refusal) {
  const bool says_elsewhere =
      std::any_of(kSenderElsewhere.begin(), kSenderElsewhere.end(),
                  [&](std::string_view phrase) { return refusal.lower.find(phrase) != std::string::npos; });
  return refusal.is_to_greeting || says_elsewhere || names_sender(refusal.words) ||
         std::any_of(kSenderPairs.begin(), kSenderPairs.end(),
                     [&](const Pair& pair) { return has_pair(refusal.words, pair); });
}

bool speaks_of_rate(const RefusalWords& refusal) {
  const auto& words = refusal.words;
  return has_any(words, kRateAlone) ||
         std::any_of(kRatePairs.begin(), kRatePairs.end(), [&](const Pair& pair) { return has_pair(words, pair); });
}

bool speaks_of_name_servers(const RefusalWords& refusal) {
  return has_any(refusal.words, kNameServerWords) && !has_any(refusal.words, kOtherSide);
}

bool says_mailbox_is_gone(const RefusalWords& refusal) {
  for (std::size_t at = 0; at < refusal.words.size(); ++at) {
    if (is_gone_at(refusal.words, at)) return true;
  }
  return false;
}

}  // namespace majlis::mail
