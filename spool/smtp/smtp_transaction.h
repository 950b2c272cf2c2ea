#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "spool/smtp/smtp_extensions.h"
#include "spool/smtp/smtp_reply.h"
#include "spool/transport/batch.h"
#include "spool/transport/copy.h"

namespace majlis::spool {

// A batch on its way through MAIL, RCPT and the message, and what the peer said so far.
struct Transaction {
  Batch batch;
  Wire wire;
  std::vector<std::string> values;        // at the points of the wire
  std::vector<DeliveryOutcome> outcomes;  // one for each target of the batch
  std::vector<std::size_t> named;         // targets that get a RCPT
  std::size_t next_command = 0;           // without PIPELINING: 0 MAIL, 1.. RCPT, then the message
  std::size_t accepted = 0;
  std::size_t next_answer = 0;  // LMTP: whose answer to the message comes next
  bool is_mail_refused = false;
  DeliveryOutcome mail_outcome;  // then
  bool probed = false;           // its first octet went ahead
  bool is_message_sent = false;  // its last octets are on their way: what becomes of it may be unknown

  Transaction() = default;
  explicit Transaction(Batch taken) : batch(std::move(taken)), outcomes(batch.targets.size()) {}

  Copy copy() const { return {wire.text, wire.points, values}; }
  Copy dotted_copy() const { return {wire.dotted, wire.dotted_points, values}; }

  // Says of everybody `outcome` who is still `accepted`.
  void answer_accepted(const DeliveryOutcome& outcome);
  // LMTP: the next target that is still to be answered for; outcomes.size() when there is none.
  std::size_t next_unanswered() const;
};

// Settles in `outcomes` whoever must not or cannot be named to such a peer, and names the others, as many as it takes;
// the rest stays untried.
void name_recipients(Transaction& transaction, const Extensions& peer);

// Appends a command with its CRLF: number 0 is MAIL, those behind it RCPT.
void append_envelope_command(std::string& out, const Transaction& transaction, std::size_t number,
                             const Extensions& peer);

DeliveryOutcome outcome_of(const Reply& reply);

// RFC 5321 4.5.3.1.10: too many recipients for one transaction; the others go into the next.
enum class TooMany {
  no,
  this_time,  // it may mean this recipient's mailbox
  always,     // more than were accepted are never taken
};
TooMany says_too_many(const Reply& reply, std::size_t accepted);

}  // namespace majlis::spool
