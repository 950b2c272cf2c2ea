#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spool/flusher.h"
#include "spool/outgoing.h"
#include "spool/smtp_reply.h"
#include "spool/work.h"

namespace majlis::spool {

enum class Protocol { smtp, lmtp };

// A batch on its way through MAIL, RCPT, DATA and the final dot.
struct Transaction {
  Batch batch;
  std::vector<Outcome> outcomes;
  std::vector<std::size_t> named;  // targets that get a RCPT
  std::size_t next_command = 0;    // without PIPELINING: 0 MAIL, 1.. RCPT, then DATA
  std::size_t accepted = 0;
  bool is_mail_refused = false;
};

// The client's side of one SMTP or LMTP connection, without the connection: octets of the peer go into receive(),
// octets for the peer lie in outgoing(). Takes batches from a Work and settles each exactly once, whatever the peer
// does.
//
// With PIPELINING, MAIL, RCPTs and DATA go out together, and those of the next batch right behind the body of the one
// before (RFC 2920 3.1); the message itself only after 354. So at most one transaction at a time is between its final
// dot and the answer.
class SmtpSession {
 public:
  SmtpSession(Work& work, Protocol protocol, std::string helo_name);

  // What the connection is to do first; it waits for the greeting.
  void begin(Batch first);
  void receive(std::string_view octets);
  // Idle and open: takes a batch if there is one.
  void continue_work();
  void quit();
  // The connection is gone or of no use: everything open is settled. A message whose answer is missing is deferred, to
  // be sent again.
  void lost(const Answer& why);

  bool is_open() const { return stage_ == Stage::open; }  // past EHLO
  bool is_over() const { return stage_ == Stage::over; }  // close the connection
  bool is_idle() const { return is_open() && expected_.empty() && !filling_ && !sent_; }

  bool never_opened() const { return !was_open_; }   // it ended before EHLO was answered
  bool had_answers() const { return had_answers_; }  // a batch was settled by the peer's words
  const Answer& reason() const { return reason_; }   // why it is over
  Outgoing& outgoing() { return outgoing_; }
  std::uint64_t replies() const { return replies_; }
  std::chrono::milliseconds patience(const SmtpTimeouts& timeouts) const;

 private:
  enum class Stage { greeting, hello, open, quitting, over };
  enum class Expect { greeting, ehlo, helo, mail, rcpt, data, dot, lone_dot, rset, quit };
  struct Expected {
    Expect what;
    std::size_t target;     // of rcpt and of LMTP's dot
    std::uint64_t sent_by;  // an answer before these octets were sent is a lie
  };

  void handle(const Reply& reply);
  void handle_hello(Expect what, const Reply& reply);
  void handle_mail(const Reply& reply);
  void handle_rcpt(std::size_t target, const Reply& reply);
  void handle_data(const Reply& reply);
  void handle_dot(std::size_t target, const Reply& reply);
  void answer_accepted(const Outcome& outcome);
  void send_message();
  void send_lone_dot();
  void abandon_transaction();

  void read_extensions(std::string_view text);
  void fill_next();
  bool prepare(Batch batch);
  void start_filling();
  void send_next_command();
  std::string mail_command(const Transaction& transaction) const;
  std::string command(const Transaction& transaction, std::size_t number) const;
  void expect_command(const Transaction& transaction, std::size_t number);
  void expect(Expect what, std::size_t target = 0);
  void settle(std::optional<Transaction>& transaction);
  void end(const Answer& why);

  Work& work_;
  Protocol protocol_;
  std::string helo_name_;
  Stage stage_ = Stage::greeting;
  Outgoing outgoing_;
  ReplyReader reader_;
  std::deque<Expected> expected_;
  std::optional<Transaction> filling_;  // before its message is sent
  std::optional<Transaction> sent_;     // after the final dot
  bool has_pipelining_ = false;
  bool has_size_ = false;
  bool has_eight_bit_mime_ = false;
  bool has_smtputf8_ = false;
  bool was_open_ = false;
  bool had_answers_ = false;
  std::uint64_t replies_ = 0;
  Answer reason_;
};

}  // namespace majlis::spool
