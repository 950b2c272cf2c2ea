// What the session says of one transaction: the envelope, then the message, in one of its two forms.
#include <algorithm>
#include <cassert>

#include "spool/smtp/smtp_session.h"

namespace majlis::spool {
namespace {

// What a personal message says to its one recipient.
std::vector<std::string> values_of(const Transaction& transaction) {
  if (transaction.wire.points.empty()) return {};
  assert(transaction.batch.targets.size() == 1);
  return values_at(transaction.wire.points, addressee_of(transaction.batch), "\r\n");
}

}  // namespace

// What a killed run might repeat stays as small as one transaction may be.
bool SmtpSession::may_send_message(const Transaction& transaction) const {
  std::size_t uncertain = 0;
  for (const Transaction& each : transactions_) uncertain += each.is_message_sent ? each.named.size() : 0;
  return uncertain == 0 || uncertain + transaction.named.size() <= options_.recipients_per_transaction;
}

// Refuses what must not or cannot be said on this connection. False when nobody is left: the batch is then settled.
bool SmtpSession::prepare(Batch batch) {
  Transaction transaction(std::move(batch));
  if (transaction.batch.is_verp && !peer_.xverp) {
    work_.do_without_xverp();
    work_.settle(transaction.batch, transaction.outcomes);
    return false;
  }
  transaction.wire = transaction.batch.content->wire({peer_.eight_bit_mime, peer_.smtputf8});
  transaction.values = values_of(transaction);
  limit_recipients(std::min(peer_.most_recipients, notes_.most_recipients));
  name_recipients(transaction, peer_);
  if (transaction.named.empty()) {
    work_.settle(transaction.batch, transaction.outcomes);
    return false;
  }
  transactions_.push_back(std::move(transaction));
  return true;
}

void SmtpSession::start_transaction() {
  if (!peer_.pipelining) return send_next_command();
  const Transaction& transaction = transactions_.back();
  // After a refused BDAT a server may be in any state (RFC 3030 2), and whether it refuses the one before is not known.
  if (transactions_.size() > 1 && chunking_ == Chunking::proven) reset();
  std::string together;
  for (std::size_t number = 0; number <= transaction.named.size(); ++number) {
    append_envelope_command(together, transaction, number, peer_);
    const std::size_t target = number == 0 ? 0 : transaction.named[number - 1];
    expected_.push_back({number == 0 ? Expect::mail : Expect::rcpt, static_cast<std::uint32_t>(target),
                         outgoing_.added() + together.size()});
  }
  outgoing_.add(together);
  if (chunking_ == Chunking::none) return say("DATA\r\n", Expect::data);
  if (chunking_ == Chunking::offered) return send_probe();
  if (may_send_message(transaction)) send_message(transactions_.back());
}

// Without PIPELINING.
void SmtpSession::send_next_command() {
  Transaction& transaction = transactions_.back();
  const std::size_t number = transaction.next_command++;
  if (number > transaction.named.size()) return say("DATA\r\n", Expect::data);
  std::string command;
  append_envelope_command(command, transaction, number, peer_);
  say(command, number == 0 ? Expect::mail : Expect::rcpt);
  if (number > 0) expected_.back().target = static_cast<std::uint32_t>(transaction.named[number - 1]);
}

// A server that offers CHUNKING and does not know BDAT would read the message as commands. So the first BDAT of a
// connection carries one octet, which is none, and nothing follows before it was taken.
void SmtpSession::send_probe() {
  const Copy copy = transactions_.back().copy();
  if (octets_of(copy) <= 1) {
    chunking_ = Chunking::none;
    return say("DATA\r\n", Expect::data);
  }
  say("BDAT 1\r\n" + first_octet_of(copy), Expect::probe);
}

void SmtpSession::send_message(Transaction& transaction) {
  const bool is_chunk = chunking_ == Chunking::proven;
  if (is_chunk && !transaction.probed) {
    // The answers to RCPT are still to come: whoever is named may be among those it is delivered to.
    for (const std::size_t target : transaction.named)
      transaction.outcomes[target].kind = DeliveryOutcome::Kind::accepted;
  }
  if (!work_.intend(transaction.batch, transaction.outcomes)) {
    transaction.answer_accepted({});
    return lost({"4.3.0", "our own spool cannot be written"});
  }
  transaction.is_message_sent = true;
  if (!is_chunk) {
    send(outgoing_, transaction.dotted_copy());
    return say(".\r\n", Expect::message);
  }
  const std::size_t from = transaction.probed ? 1 : 0;
  const Copy copy = transaction.copy();
  outgoing_.add("BDAT " + std::to_string(octets_of(copy) - from) + " LAST\r\n");
  send(outgoing_, copy, from);
  say("", Expect::message);
}

void SmtpSession::say(std::string_view command, Expect what) {
  outgoing_.add(command);
  expected_.push_back({what, 0, outgoing_.added()});
}

}  // namespace majlis::spool
