#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "mail/address.h"

namespace majlis::mail {

// What became of one recipient, as a report tells it.
enum class Outcome {
  failure,  // given up: the message will not arrive
  delay,    // still being tried; counts against nobody
  success,  // delivered, relayed, expanded
};

// What a letter says about mail that was sent earlier.
enum class ReportKind {
  nothing,    // no report: a person's or another machine's letter
  failure,    // at least one recipient failed, or delivery failed for nobody that could be named
  delay,      // warnings only
  success,    // confirmations only
  feedback,   // somebody complained, or an authentication report (RFC 5965, RFC 6591)
  receipt,    // the message was displayed or deleted (RFC 8098)
  autoreply,  // absence note, or a request to confirm before the letter is let in
};

struct ReportedRecipient {
  Address address;                  // where delivery failed; the original one when the final one is no address
  std::optional<Address> original;  // what the sender had asked for, when the report tells it and it differs
  Outcome outcome = Outcome::failure;
  std::string status;  // enhanced status "d.d.d" (RFC 3463), "" when not told
  int smtp_code = 0;   // 200 to 599, 0 when not told
  std::string reason;  // the words that tell why, one line of at most kMaxReasonOctets, "" when there are none
};

constexpr std::size_t kMaxReasonOctets = 1000;

struct Report {
  ReportKind kind = ReportKind::nothing;
  std::vector<ReportedRecipient> recipients;  // each address once, a failure before a delay
  bool is_structured = false;                 // they stand in the fields of RFC 3464
  bool is_cut = false;                        // more stood there than is read
};

// The ceilings of one report. What lies beyond is not read.
constexpr std::size_t kMaxReportOctets = 1U << 20U;
constexpr std::size_t kMaxReportLines = 5000;      // of the machine-readable part
constexpr std::size_t kMaxReportTextLines = 1000;  // of the part for people
constexpr std::size_t kMaxReportedRecipients = 1000;

}  // namespace majlis::mail
