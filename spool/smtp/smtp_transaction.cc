#include "spool/smtp/smtp_transaction.h"

#include <algorithm>

#include "base/unicode.h"

namespace majlis::spool {
namespace {

bool has_only_ascii(const Transaction& transaction) {
  const Batch& batch = transaction.batch;
  return is_ascii(batch.sender) &&
         std::all_of(transaction.named.begin(), transaction.named.end(),
                     [&](std::size_t target) { return is_ascii(batch.targets[target].recipient->address); });
}

void append_mail_command(std::string& out, const Transaction& transaction, const Extensions& peer) {
  const Batch& batch = transaction.batch;
  out.append("MAIL FROM:<").append(batch.sender).append(">");
  if (peer.size) out.append(" SIZE=").append(std::to_string(octets_of(transaction.copy())));
  const bool needs_utf8 = peer.smtputf8 && (transaction.wire.needs_utf8 || !has_only_ascii(transaction));
  if (peer.eight_bit_mime && (transaction.wire.has_eight_bit || needs_utf8)) out += " BODY=8BITMIME";
  if (needs_utf8) out += " SMTPUTF8";
  // A list ends the author's delivery reports: what is asked for is ours (RFC 3461 5.2.7).
  if (peer.dsn) out.append(" RET=HDRS ENVID=").append(batch.job_id);
  if (batch.is_verp) out += " XVERP=+=";
  out += "\r\n";
}

}  // namespace

void Transaction::answer_accepted(const DeliveryOutcome& outcome) {
  for (DeliveryOutcome& each : outcomes) {
    if (each.kind == DeliveryOutcome::Kind::accepted) each = outcome;
  }
}

std::size_t Transaction::next_unanswered() const {
  std::size_t target = next_answer;
  while (target < outcomes.size() && outcomes[target].kind != DeliveryOutcome::Kind::accepted) ++target;
  return target;
}

void name_recipients(Transaction& transaction, const Extensions& peer) {
  const std::string& sender = transaction.batch.sender;
  const bool is_sender_good = sender.empty() || is_sendable(sender);
  const bool can_say_sender = peer.smtputf8 || is_ascii(sender);
  transaction.named.reserve(transaction.outcomes.size());
  for (std::size_t i = 0; i < transaction.outcomes.size(); ++i) {
    const std::string& address = transaction.batch.targets[i].recipient->address;
    DeliveryOutcome& outcome = transaction.outcomes[i];
    if (!is_sender_good) {
      outcome = {DeliveryOutcome::Kind::failed, {"5.1.7", "the envelope sender is malformed"}};
    } else if (!is_sendable(address)) {
      outcome = {DeliveryOutcome::Kind::failed, {"5.1.3", "the address is malformed"}};
    } else if (!can_say_sender || (!peer.smtputf8 && !is_ascii(address))) {
      outcome = {DeliveryOutcome::Kind::failed, {"5.6.7", "the address is not ASCII and the relay has no SMTPUTF8"}};
    } else if (!transaction.wire.refusal.status.empty()) {
      outcome = {DeliveryOutcome::Kind::failed, transaction.wire.refusal};
    } else if (transaction.named.size() < peer.most_recipients) {
      transaction.named.push_back(i);
    }
  }
}

void append_envelope_command(std::string& out, const Transaction& transaction, std::size_t number,
                             const Extensions& peer) {
  if (number == 0) return append_mail_command(out, transaction, peer);
  const Batch& batch = transaction.batch;
  out.append("RCPT TO:<").append(batch.targets[transaction.named[number - 1]].recipient->address).append(">");
  // Without a sender nobody could be told (RFC 3461 6.2).
  if (peer.dsn) out += batch.sender.empty() ? " NOTIFY=NEVER" : " NOTIFY=FAILURE";
  out += "\r\n";
}

DeliveryOutcome outcome_of(const Reply& reply) {
  if (reply.kind() == 2) return {DeliveryOutcome::Kind::delivered, {}};
  if (reply.kind() == 5) return {DeliveryOutcome::Kind::failed, reply.answer()};
  DeliveryOutcome outcome{DeliveryOutcome::Kind::deferred, reply.answer()};
  if (reply.kind() != 4) outcome.answer.status = "4.5.0";
  return outcome;
}

TooMany says_too_many(const Reply& reply, std::size_t accepted) {
  if (accepted == 0 || reply.kind() < 4) return TooMany::no;
  const std::string status = reply.answer().status;
  if (status == "4.5.3" || status == "5.5.3") return TooMany::always;
  const bool is_bare = (reply.code == 452 && status == "4.0.0") || (reply.code == 552 && status == "5.0.0");
  if (!is_bare) return TooMany::no;
  return accepted >= kTakenByAll ? TooMany::always : TooMany::this_time;
}

}  // namespace majlis::spool
