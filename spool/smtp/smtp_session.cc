#include "spool/smtp/smtp_session.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"

namespace majlis::spool {
namespace {

const DeliveryStatus kNoAnswerToMessage{"4.4.2",
                                        "the connection ended before the answer to the message; it is sent again"};

// What a server says that does not know BDAT, whatever it offered.
bool is_unknown_command(unsigned code) { return code >= 500 && code <= 504; }

void defer_if_undecided(std::vector<DeliveryOutcome>& outcomes, const DeliveryStatus& why) {
  for (DeliveryOutcome& outcome : outcomes) {
    const bool is_undecided =
        outcome.kind == DeliveryOutcome::Kind::accepted || outcome.kind == DeliveryOutcome::Kind::untried;
    if (is_undecided) outcome = {DeliveryOutcome::Kind::deferred, why};
  }
}

}  // namespace

SmtpSession::SmtpSession(BatchSource& work, Protocol protocol, const RelayOptions& options, PeerNotes& notes)
    : work_(work), protocol_(protocol), options_(options), notes_(notes) {
  expected_.push_back({Expect::greeting, 0, 0});
}

void SmtpSession::begin(Batch first) {
  assert(stage_ == Stage::greeting && !first_);
  first_ = std::move(first);
}

void SmtpSession::receive(std::string_view octets) {
  reader_.add(octets);
  while (!is_over() && !wants_tls()) {
    const Result<std::optional<Reply>> reply = reader_.next();
    if (!reply) return lost({"4.5.0", reply.error().what});
    if (!*reply) return;
    ++replies_;
    handle(**reply);
  }
}

void SmtpSession::handle(const Reply& reply) {
  if (expected_.empty()) {
    return lost(reply.code == 421 ? reply.answer()
                                  : DeliveryStatus{"4.5.0", "an answer to nothing: " + reply.answer().text});
  }
  const Expected expected = expected_.front();
  const bool is_early = outgoing_.sent() < expected.sent_by;
  if (is_early && reply.kind() < 4) return lost({"4.5.0", "an answer before the question: " + reply.answer().text});
  if (reply.code == 421) return handle_farewell(expected.what, reply);
  expected_.pop_front();
  switch (expected.what) {
    case Expect::greeting:
    case Expect::ehlo:
    case Expect::helo: handle_greeting(expected.what, reply); break;
    case Expect::starttls: handle_starttls(reply); break;
    case Expect::auth_user:
    case Expect::auth_password:
    case Expect::auth: handle_auth(expected.what, reply); break;
    case Expect::mail: handle_mail(reply); break;
    case Expect::rcpt: handle_rcpt(expected.target, reply); break;
    case Expect::data: handle_data(reply); break;
    case Expect::probe: handle_probe(reply); break;
    case Expect::message: handle_message(expected, reply); break;
    case Expect::lone_dot: break;
    case Expect::rset: handle_rset(reply); break;
    case Expect::quit: end({}); break;
  }
  if (is_early && !is_over()) return lost(reply.answer());
  if (!is_over()) go_on();
}

// The peer closes: what stands behind the command that it answered so has not been looked at, and may go elsewhere at
// once.
void SmtpSession::handle_farewell(Expect what, const Reply& reply) {
  const bool may_repeat_secrets = stage_ == Stage::auth;
  const DeliveryStatus why = may_repeat_secrets ? DeliveryStatus{"4.3.2", "421 in answer to AUTH"} : reply.answer();
  if (what == Expect::rset) parting_ = why;
  if (!transactions_.empty() && what == Expect::rcpt) transactions_.front().is_message_sent = false;
  if (!transactions_.empty() && !parting_) blame(transactions_.front(), why);
  for (Transaction& transaction : transactions_) {
    transaction.answer_accepted({});
    transaction.is_message_sent = false;
  }
  lost(why);
}

// Recipients of an abandoned transaction must not get the next message. What was said already is answered first:
// whoever has his copy must not get it again.
void SmtpSession::handle_rset(const Reply& reply) {
  if (reply.kind() != 2 && !parting_) parting_ = {"4.5.0", "RSET was answered by " + reply.answer().text};
}

void SmtpSession::go_on() {
  if (!is_open()) return;
  if (parting_) return expected_.empty() ? lost(*parting_) : void();
  if (chunking_ == Chunking::proven && !transactions_.empty()) {
    Transaction& last = transactions_.back();
    if (!last.is_message_sent && may_send_message(last)) send_message(last);
  }
  while (!is_over() && may_begin()) {
    std::optional<Batch> batch = work_.take();
    if (!batch) return;
    if (prepare(std::move(*batch))) start_transaction();
  }
}

void SmtpSession::continue_work() {
  if (is_idle()) go_on();
}

bool SmtpSession::may_begin() const {
  // Without PIPELINING nothing may be said before the last answer is in.
  if (transactions_.empty()) return is_open() && (peer_.pipelining || expected_.empty());
  if (chunking_ == Chunking::proven) return transactions_.size() < kMaxInFlight && transactions_.back().is_message_sent;
  return chunking_ == Chunking::none && peer_.pipelining && transactions_.size() == 1 &&
         transactions_.front().is_message_sent;
}

void SmtpSession::handle_mail(const Reply& reply) {
  if (reply.kind() == 2) {
    if (!peer_.pipelining) send_next_command();
    return;
  }
  Transaction& transaction = transactions_.front();
  transaction.is_mail_refused = true;
  // In a state that the peer did not leave, no sender is welcome: that is not about this one.
  transaction.mail_outcome = parting_ ? DeliveryOutcome() : outcome_of(reply);
  // Who reads it later must see that no recipient was spoken of: in Postfix's words.
  std::string& words = transaction.mail_outcome.answer.text;
  if (!words.empty()) words += " (in reply to MAIL FROM command)";
  for (const std::size_t target : transaction.named) transaction.outcomes[target] = transaction.mail_outcome;
  if (!peer_.pipelining) abandon_transaction();
}

void SmtpSession::handle_rcpt(std::size_t target, const Reply& reply) {
  Transaction& transaction = transactions_.front();
  DeliveryOutcome& outcome = transaction.outcomes[target];
  if (reply.kind() == 2) ++transaction.accepted;
  if (transaction.is_mail_refused) {
    // Behind a refused MAIL the answers to RCPT say nothing about the recipients, unless the message is taken after
    // all.
    if (reply.kind() == 2 && transaction.is_message_sent) outcome = {DeliveryOutcome::Kind::accepted, {}};
  } else if (reply.kind() == 2) {
    outcome.kind = DeliveryOutcome::Kind::accepted;
  } else {
    const TooMany too_many = says_too_many(reply, transaction.accepted);
    outcome = too_many == TooMany::no ? outcome_of(reply) : DeliveryOutcome();
    if (too_many == TooMany::always) limit_recipients(transaction.accepted);
  }
  if (peer_.pipelining) return;
  const bool is_last = transaction.next_command == transaction.named.size() + 1;
  if (is_last && transaction.accepted == 0) return abandon_transaction();
  send_next_command();
}

void SmtpSession::limit_recipients(std::size_t most) {
  peer_.most_recipients = notes_.most_recipients = std::min(notes_.most_recipients, most);
  work_.limit_recipients(notes_.most_recipients);
}

// A server that closes while it is told more recipients than it must take may have had enough of them: smaller
// transactions are tried before anybody waits.
void SmtpSession::blame(Transaction& transaction, const DeliveryStatus& why) {
  const bool may_be_too_many = transaction.named.size() > kTakenByAll && transaction.accepted >= kTakenByAll;
  if (!may_be_too_many || transaction.is_message_sent) return defer_if_undecided(transaction.outcomes, why);
  limit_recipients(kTakenByAll);
  transaction.answer_accepted({});
}

void SmtpSession::handle_data(const Reply& reply) {
  Transaction& transaction = transactions_.front();
  if (reply.code == 354 && transaction.is_mail_refused && transaction.accepted > 0) {
    // Anything said now, be it a dot, would be a message to recipients of a transaction that was refused.
    return lost({"4.5.0", "MAIL was refused, RCPT and DATA were not"});
  }
  if (reply.code == 354 && parting_) return lost(*parting_);
  if (reply.code == 354) return transaction.accepted > 0 ? send_message(transaction) : send_lone_dot();
  const bool is_lie = reply.kind() < 4 && transaction.accepted > 0;
  DeliveryOutcome outcome = outcome_of(reply);
  if (reply.kind() == 2) outcome = {DeliveryOutcome::Kind::deferred, {"4.5.0", reply.answer().text}};
  transaction.answer_accepted(outcome);
  abandon_transaction();
  if (is_lie) lost({"4.5.0", "DATA was answered by " + reply.answer().text});
}

void SmtpSession::handle_probe(const Reply& reply) {
  Transaction& transaction = transactions_.front();
  const bool is_wanted = transaction.accepted > 0 && !transaction.is_mail_refused;
  if (reply.kind() == 2 && is_wanted) {
    chunking_ = Chunking::proven;
    transaction.probed = true;
    return parting_ ? lost(*parting_) : send_message(transaction);
  }
  const bool is_unknown = is_unknown_command(reply.code) && (is_wanted || reply.code != 503);
  if (!is_unknown) {
    transaction.answer_accepted(outcome_of(reply));
    return abandon_transaction();
  }
  notes_.is_chunking_broken = has_learned_ = true;
  transaction.answer_accepted({});
  settle_front();
  lost({"4.5.0", "the relay offers CHUNKING and does not know BDAT: " + reply.answer().text});
}

void SmtpSession::handle_message(const Expected& expected, const Reply& reply) {
  Transaction& transaction = transactions_.front();
  if (protocol_ == Protocol::lmtp && transaction.is_mail_refused && transaction.accepted > 0) {
    if (reply.kind() != 2) transaction.answer_accepted(transaction.mail_outcome);
    // Whether such a peer gives one answer or one for each recipient cannot be known.
    if (transaction.accepted > 1 || parting_) return lost({"4.5.0", "MAIL was refused, RCPT was not"});
  }
  const std::size_t target = transaction.next_unanswered();
  if (protocol_ == Protocol::lmtp && target < transaction.outcomes.size()) {
    transaction.outcomes[target] = outcome_of(reply);
    transaction.next_answer = target + 1;
    if (transaction.next_unanswered() < transaction.outcomes.size()) return expected_.push_front(expected);
  } else {
    transaction.answer_accepted(transaction.is_mail_refused && reply.kind() != 2 ? transaction.mail_outcome
                                                                                 : outcome_of(reply));
  }
  settle_front();
  // Whatever is behind it began with RSET.
  if (chunking_ != Chunking::none && reply.kind() != 2 && transactions_.empty()) reset();
}

// Settles the transaction that will not happen, and makes the peer forget it too.
void SmtpSession::abandon_transaction() {
  settle_front();
  reset();
}

void SmtpSession::reset() {
  if (!parting_) say("RSET\r\n", Expect::rset);
}

// RFC 2920 3.1: the peer waits for a message for nobody.
void SmtpSession::send_lone_dot() {
  settle_front();
  say(".\r\n", Expect::lone_dot);
}

void SmtpSession::settle_front() {
  const Transaction done = std::move(transactions_.front());
  transactions_.pop_front();
  had_answers_ = true;
  work_.settle(done.batch, done.outcomes);
}

void SmtpSession::quit() {
  assert(is_idle());
  say("QUIT\r\n", Expect::quit);
  stage_ = Stage::quitting;
}

void SmtpSession::lost(const DeliveryStatus& why) {
  if (is_over()) return;
  const bool had_answers = had_answers_;
  if (first_) transactions_.emplace_back(std::move(*first_));
  first_.reset();
  // What was only put behind another message or a refused RSET, or never begun, is not to blame: it waits for another
  // connection.
  bool is_to_blame = was_open_ && !parting_;
  while (!transactions_.empty()) {
    Transaction& transaction = transactions_.front();
    if (transaction.is_message_sent) {
      transaction.answer_accepted({DeliveryOutcome::Kind::deferred, kNoAnswerToMessage});
    } else if (is_to_blame) {
      blame(transaction, why);
    } else {
      transaction.answer_accepted({});
    }
    is_to_blame = false;
    settle_front();
  }
  had_answers_ = had_answers;
  end(why);
}

void SmtpSession::end(const DeliveryStatus& why) {
  reason_ = why;
  stage_ = Stage::over;
  expected_.clear();
}

std::chrono::milliseconds SmtpSession::patience(const SmtpTimeouts& timeouts) const {
  if (!outgoing_.is_empty()) return timeouts.block;
  if (expected_.empty()) return timeouts.command;
  switch (expected_.front().what) {
    case Expect::greeting: return timeouts.greeting;
    case Expect::data: return timeouts.data;
    case Expect::message:
    case Expect::lone_dot: return timeouts.dot;
    case Expect::quit: return timeouts.quit;
    default: return timeouts.command;
  }
}

}  // namespace majlis::spool
