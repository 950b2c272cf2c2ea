#include "spool/smtp_session.h"

#include <algorithm>
#include <cassert>

#include "base/text.h"

namespace majlis::spool {
namespace {

const Answer kNoAnswerToDot{"4.4.2", "the connection ended before the answer to the message; it is sent again"};

// RFC 5321 4.5.3.1.10: too many recipients for one transaction; the others go into the next.
bool says_too_many(const Reply& reply, std::size_t accepted) {
  if (accepted == 0 || (reply.code != 452 && reply.code != 552)) return false;
  const std::string status = reply.answer().status;
  return status == "4.5.3" || status == "5.5.3" || status == "4.0.0" || status == "5.0.0";
}

Outcome outcome_of(const Reply& reply) {
  if (reply.kind() == 2) return {Outcome::Kind::delivered, {}};
  if (reply.kind() == 5) return {Outcome::Kind::failed, reply.answer()};
  Outcome outcome{Outcome::Kind::deferred, reply.answer()};
  if (reply.kind() != 4) outcome.answer.status = "4.5.0";
  return outcome;
}

bool has_only_ascii(const Batch& batch, const std::vector<std::size_t>& named) {
  return is_ascii(batch.sender) && std::all_of(named.begin(), named.end(), [&](std::size_t target) {
           return is_ascii(batch.targets[target].recipient->address);
         });
}

}  // namespace

SmtpSession::SmtpSession(Work& work, Protocol protocol, std::string helo_name)
    : work_(work), protocol_(protocol), helo_name_(std::move(helo_name)) {
  expected_.push_back({Expect::greeting, 0, 0});
}

void SmtpSession::begin(Batch first) {
  assert(stage_ == Stage::greeting && !filling_);
  filling_.emplace();
  filling_->outcomes.resize(first.targets.size());
  filling_->batch = std::move(first);
}

void SmtpSession::receive(std::string_view octets) {
  reader_.add(octets);
  while (!is_over()) {
    const Result<std::optional<Reply>> reply = reader_.next();
    if (!reply) return lost({"4.5.0", reply.error().what});
    if (!*reply) return;
    ++replies_;
    handle(**reply);
  }
}

void SmtpSession::handle(const Reply& reply) {
  const bool is_farewell = reply.code == 421;
  if (expected_.empty()) {
    return lost(is_farewell ? reply.answer() : Answer{"4.5.0", "an answer to nothing: " + reply.answer().text});
  }
  const Expected expected = expected_.front();
  const bool is_early = outgoing_.sent() < expected.sent_by;
  if (is_early && reply.kind() < 4) return lost({"4.5.0", "an answer before the question: " + reply.answer().text});
  if (is_farewell) {
    if (expected.what == Expect::dot) answer_accepted(outcome_of(reply));
    return lost(reply.answer());
  }
  expected_.pop_front();
  switch (expected.what) {
    case Expect::greeting:
    case Expect::ehlo:
    case Expect::helo: handle_hello(expected.what, reply); break;
    case Expect::mail: handle_mail(reply); break;
    case Expect::rcpt: handle_rcpt(expected.target, reply); break;
    case Expect::data: handle_data(reply); break;
    case Expect::dot: handle_dot(expected.target, reply); break;
    case Expect::lone_dot:
    case Expect::rset: break;
    case Expect::quit: end({}); break;
  }
  if (is_early && !is_over()) return lost(reply.answer());
  if (!is_over()) fill_next();
}

void SmtpSession::handle_hello(Expect what, const Reply& reply) {
  if (reply.kind() == 2 && what == Expect::greeting) {
    outgoing_.add((protocol_ == Protocol::lmtp ? "LHLO " : "EHLO ") + helo_name_ + "\r\n");
    stage_ = Stage::hello;
    return expect(Expect::ehlo);
  }
  if (reply.kind() == 2) {
    if (what == Expect::ehlo) read_extensions(reply.text);
    stage_ = Stage::open;
    was_open_ = true;
    std::optional<Transaction> first = std::exchange(filling_, std::nullopt);
    if (first && prepare(std::move(first->batch))) start_filling();
    return;
  }
  if (reply.kind() == 5 && what == Expect::ehlo && protocol_ == Protocol::smtp) {
    outgoing_.add("HELO " + helo_name_ + "\r\n");
    return expect(Expect::helo);
  }
  lost({"4.3.2", "not served: " + reply.answer().text});
}

void SmtpSession::read_extensions(std::string_view text) {
  next_line(text);  // the server's name
  while (const std::optional<std::string_view> line = next_line(text)) {
    const std::vector<std::string_view> words = split_words(*line);
    if (words.empty()) continue;
    has_pipelining_ = has_pipelining_ || equals_ignoring_case(words[0], "PIPELINING");
    has_size_ = has_size_ || equals_ignoring_case(words[0], "SIZE");
    has_eight_bit_mime_ = has_eight_bit_mime_ || equals_ignoring_case(words[0], "8BITMIME");
    has_smtputf8_ = has_smtputf8_ || equals_ignoring_case(words[0], "SMTPUTF8");
  }
}

void SmtpSession::fill_next() {
  if (!is_open() || filling_) return;
  // Without PIPELINING nothing may be said before the last answer is in.
  if (!has_pipelining_ && !expected_.empty()) return;
  while (std::optional<Batch> batch = work_.take()) {
    if (prepare(std::move(*batch))) return start_filling();
  }
}

void SmtpSession::continue_work() {
  if (is_idle()) fill_next();
}

// Refuses what must not or cannot be said on this connection. False when nobody is left: the batch is then settled.
bool SmtpSession::prepare(Batch batch) {
  filling_.emplace();
  Transaction& transaction = *filling_;
  transaction.batch = std::move(batch);
  transaction.outcomes.resize(transaction.batch.targets.size());
  const std::string& sender = transaction.batch.sender;
  const bool is_sender_good = sender.empty() || is_sendable(sender);
  const bool can_say_sender = has_smtputf8_ || is_ascii(sender);
  for (std::size_t i = 0; i < transaction.outcomes.size(); ++i) {
    const std::string& address = transaction.batch.targets[i].recipient->address;
    Outcome& outcome = transaction.outcomes[i];
    if (!is_sender_good) {
      outcome = {Outcome::Kind::failed, {"5.1.7", "the envelope sender is malformed"}};
    } else if (!is_sendable(address)) {
      outcome = {Outcome::Kind::failed, {"5.1.3", "the address is malformed"}};
    } else if (!can_say_sender || (!has_smtputf8_ && !is_ascii(address))) {
      outcome = {Outcome::Kind::failed, {"5.6.7", "the address is not ASCII and the relay has no SMTPUTF8"}};
    } else {
      transaction.named.push_back(i);
    }
  }
  if (!transaction.named.empty()) return true;
  settle(filling_);
  return false;
}

void SmtpSession::start_filling() {
  const std::size_t commands = filling_->named.size() + 2;
  if (!has_pipelining_) return send_next_command();
  std::string together;
  for (std::size_t number = 0; number < commands; ++number) together += command(*filling_, number);
  outgoing_.add(together);
  for (std::size_t number = 0; number < commands; ++number) expect_command(*filling_, number);
  filling_->next_command = commands;
}

void SmtpSession::send_next_command() {
  Transaction& transaction = *filling_;
  outgoing_.add(command(transaction, transaction.next_command));
  expect_command(transaction, transaction.next_command);
  ++transaction.next_command;
}

std::string SmtpSession::command(const Transaction& transaction, std::size_t number) const {
  if (number == 0) return mail_command(transaction);
  if (number > transaction.named.size()) return "DATA\r\n";
  const std::size_t target = transaction.named[number - 1];
  return "RCPT TO:<" + transaction.batch.targets[target].recipient->address + ">\r\n";
}

std::string SmtpSession::mail_command(const Transaction& transaction) const {
  const Batch& batch = transaction.batch;
  std::string text = "MAIL FROM:<" + batch.sender + ">";
  if (has_size_) text += " SIZE=" + std::to_string(batch.letter.text->size());
  const bool needs_utf8 = has_smtputf8_ && !has_only_ascii(batch, transaction.named);
  if (has_eight_bit_mime_ && (batch.letter.has_eight_bit || needs_utf8)) text += " BODY=8BITMIME";
  if (needs_utf8) text += " SMTPUTF8";
  return text + "\r\n";
}

void SmtpSession::expect_command(const Transaction& transaction, std::size_t number) {
  if (number == 0) return expect(Expect::mail);
  if (number > transaction.named.size()) return expect(Expect::data);
  expect(Expect::rcpt, transaction.named[number - 1]);
}

void SmtpSession::expect(Expect what, std::size_t target) { expected_.push_back({what, target, outgoing_.added()}); }

void SmtpSession::handle_mail(const Reply& reply) {
  if (reply.kind() == 2) {
    if (!has_pipelining_) send_next_command();
    return;
  }
  filling_->is_mail_refused = true;
  const Outcome outcome = outcome_of(reply);
  for (const std::size_t target : filling_->named) filling_->outcomes[target] = outcome;
  if (!has_pipelining_) abandon_transaction();
}

void SmtpSession::handle_rcpt(std::size_t target, const Reply& reply) {
  Transaction& transaction = *filling_;
  if (transaction.is_mail_refused) {
    // Behind a refused MAIL the answers to RCPT say nothing about the recipients.
    transaction.accepted += reply.kind() == 2 ? 1 : 0;
  } else {
    if (reply.kind() == 2) {
      transaction.outcomes[target].kind = Outcome::Kind::accepted;
      ++transaction.accepted;
    } else if (!says_too_many(reply, transaction.accepted)) {
      transaction.outcomes[target] = outcome_of(reply);
    }
  }
  if (has_pipelining_) return;
  const bool is_last = transaction.next_command == transaction.named.size() + 1;
  if (is_last && transaction.accepted == 0) return abandon_transaction();
  send_next_command();
}

void SmtpSession::handle_data(const Reply& reply) {
  Transaction& transaction = *filling_;
  if (reply.code == 354 && transaction.is_mail_refused && transaction.accepted > 0) {
    // Anything said now, be it a dot, would be a message to recipients of a transaction that was refused.
    return lost({"4.5.0", "MAIL was refused, RCPT and DATA were not"});
  }
  if (reply.code == 354) return transaction.accepted > 0 ? send_message() : send_lone_dot();
  const bool is_lie = reply.kind() < 4 && transaction.accepted > 0;
  for (Outcome& outcome : transaction.outcomes) {
    if (outcome.kind == Outcome::Kind::accepted) {
      outcome = outcome_of(reply);
      if (outcome.kind == Outcome::Kind::delivered) outcome = {Outcome::Kind::deferred, {"4.5.0", reply.answer().text}};
    }
  }
  abandon_transaction();
  if (is_lie) lost({"4.5.0", "DATA was answered by " + reply.answer().text});
}

// Settles the transaction that will not happen, and makes the peer forget it too.
void SmtpSession::abandon_transaction() {
  settle(filling_);
  outgoing_.add("RSET\r\n");
  expect(Expect::rset);
}

void SmtpSession::send_message() {
  if (!work_.intend(filling_->batch, filling_->outcomes)) {
    for (Outcome& outcome : filling_->outcomes) {
      if (outcome.kind == Outcome::Kind::accepted) outcome = {};
    }
    return lost({"4.3.0", "our own spool cannot be written"});
  }
  outgoing_.add_shared(filling_->batch.letter.text);
  sent_ = std::exchange(filling_, std::nullopt);
  if (protocol_ == Protocol::smtp) return expect(Expect::dot);
  for (std::size_t i = 0; i < sent_->outcomes.size(); ++i) {
    if (sent_->outcomes[i].kind == Outcome::Kind::accepted) expect(Expect::dot, i);
  }
}

// RFC 2920 3.1: the peer waits for a message for nobody.
void SmtpSession::send_lone_dot() {
  settle(filling_);
  outgoing_.add(".\r\n");
  expect(Expect::lone_dot);
}

void SmtpSession::handle_dot(std::size_t target, const Reply& reply) {
  const Outcome outcome = outcome_of(reply);
  if (protocol_ == Protocol::lmtp) {
    sent_->outcomes[target] = outcome;
    const bool is_more = !expected_.empty() && expected_.front().what == Expect::dot;
    if (is_more) return;
  } else {
    answer_accepted(outcome);
  }
  settle(sent_);
}

void SmtpSession::answer_accepted(const Outcome& outcome) {
  for (Outcome& each : sent_->outcomes) {
    if (each.kind == Outcome::Kind::accepted) each = outcome;
  }
}

void SmtpSession::settle(std::optional<Transaction>& transaction) {
  const std::optional<Transaction> done = std::exchange(transaction, std::nullopt);
  had_answers_ = true;
  work_.settle(done->batch, done->outcomes);
}

void SmtpSession::quit() {
  assert(is_idle());
  outgoing_.add("QUIT\r\n");
  expect(Expect::quit);
  stage_ = Stage::quitting;
}

void SmtpSession::lost(const Answer& why) {
  if (is_over()) return;
  const bool was_open = is_open();
  const bool had_answers = had_answers_;
  const bool is_behind = sent_.has_value();
  if (sent_) {
    answer_accepted({Outcome::Kind::deferred, kNoAnswerToDot});
    settle(sent_);
  }
  if (filling_) {
    // What was only put behind another message, or never begun, is not to blame: it waits for another connection.
    const bool is_tried = was_open && !is_behind;
    for (Outcome& outcome : filling_->outcomes) {
      const bool is_open_still = outcome.kind == Outcome::Kind::accepted || outcome.kind == Outcome::Kind::untried;
      if (is_open_still) outcome = is_tried ? Outcome{Outcome::Kind::deferred, why} : Outcome{};
    }
    settle(filling_);
  }
  had_answers_ = had_answers;
  end(why);
}

void SmtpSession::end(const Answer& why) {
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
    case Expect::dot:
    case Expect::lone_dot: return timeouts.dot;
    case Expect::quit: return timeouts.quit;
    default: return timeouts.command;
  }
}

}  // namespace majlis::spool
