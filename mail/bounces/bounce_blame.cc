#include "mail/bounces/bounce_blame.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/text.h"
#include "mail/bounces/bounce_codes.h"

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

constexpr std::array<std::string_view, 25> kNoMailbox = {
    "user not exist",      "found at the destination", "doesn't have a",   "user unknown",      "unknown user",
    "no such user",        "does not exist",           "doesn't exist",    "no such recipient", "unknown recipient",
    "recipient unknown",   "no mailbox here",          "no such mailbox",  "mailbox not found", "user not found",
    "recipient not found", "invalid recipient",        "invalid mailbox",  "no such account",   "unknown local",
    "not a valid",         "account disabled",         "mailbox disabled", "account has been",  "mailbox unavailable"};

constexpr std::array<std::string_view, 8> kFull = {"quota",        "mailbox full", "mailbox is full",
                                                   "storage",      "over limit",   "too many messages",
                                                   "exceeded the", "mailbox size"};

constexpr std::array<std::string_view, 46> kPolicy = {"spam",
                                                      "policy",
                                                      "policies",
                                                      "dmarc",
                                                      "dkim",
                                                      "domainkey",
                                                      " spf",
                                                      "spf ",
                                                      "blacklist",
                                                      "blocklist",
                                                      "block list",
                                                      "black list",
                                                      "blocked",
                                                      "blackhole",
                                                      "rbl",
                                                      "dnsbl",
                                                      "spamhaus",
                                                      "spamcop",
                                                      "barracuda",
                                                      "reputation",
                                                      "unsolicited",
                                                      "junk",
                                                      "bulk mail",
                                                      "virus",
                                                      "malware",
                                                      "phish",
                                                      "attachment",
                                                      "content reject",
                                                      "message content",
                                                      "content filter",
                                                      "banned",
                                                      "prohibited",
                                                      "rate limit",
                                                      "too many connection",
                                                      "too large",
                                                      "message size",
                                                      "size limit",
                                                      "too big",
                                                      "not authorized",
                                                      "not permitted",
                                                      "forwarding loop",
                                                      "mail loop",
                                                      "routing loop",
                                                      "too many hops",
                                                      "delivered-to",
                                                      "greylist"};

bool says(std::string_view lower, std::span<const std::string_view> phrases) {
  return std::any_of(phrases.begin(), phrases.end(),
                     [&](std::string_view phrase) { return lower.find(phrase) != std::string_view::npos; });
}

Blame by_status(std::string_view status) {
  if (status.size() < 3) return Blame::unclear;
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

Blame blame_for(std::string_view status, std::string_view reason) {
  Blame told = by_status(status);
  // "5.0.0" is what a system says that has not read the answer it quotes.
  if (told == Blame::unclear) told = by_status(find_status(reason));
  if (told == Blame::message) return told;
  const std::string lower = to_lower_ascii(reason);
  const bool has_no_mailbox = says(lower, kNoMailbox);
  if (!has_no_mailbox && says(lower, kPolicy)) return Blame::message;
  if (told != Blame::unclear) return told;
  if (says(lower, kFull)) return Blame::temporary;
  if (has_no_mailbox) return Blame::mailbox;
  const int code = find_smtp_code(reason);
  return (code >= 400 && code < 500) || code == 552 ? Blame::temporary : Blame::unclear;
}

}  // namespace majlis::mail
