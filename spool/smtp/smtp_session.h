#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "spool/smtp/smtp_extensions.h"
#include "spool/smtp/smtp_reply.h"
#include "spool/smtp/smtp_transaction.h"
#include "spool/smtp/tls.h"
#include "spool/transport/batch.h"
#include "spool/transport/relay_options.h"
#include "spool/transport/send_buffer.h"

namespace majlis::spool {

enum class Protocol { smtp, lmtp };
enum class Place { elsewhere, loopback };  // where the peer is; loopback: on this machine

// What one connection finds out about the peer and the next ones of the run heed.
struct PeerNotes {
  bool is_tls_broken = false;       // STARTTLS is offered, the handshake fails
  bool is_chunking_broken = false;  // CHUNKING is offered, BDAT is not known
  std::size_t most_recipients = SIZE_MAX;
};

// The client's side of one SMTP or LMTP connection, without the connection: octets of the peer go into receive(),
// octets for the peer lie in outgoing(). Takes batches from a BatchSource and settles each exactly once, whatever the
// peer does.
//
// With PIPELINING, MAIL, RCPTs and DATA go out together, and those of the next batch right behind the body of the one
// before (RFC 2920 3.1); the message itself only after 354. So at most one transaction is between its final dot and the
// answer. With CHUNKING as well the message follows its envelope at once, and up to kMaxInFlight transactions are on
// their way, which together have no more recipients than one may have.
class SmtpSession {
 public:
  SmtpSession(BatchSource& work, Protocol protocol, const RelayOptions& options, PeerNotes& notes);

  // What the connection is to do first; it waits for the greeting.
  void begin(Batch first);
  void reached(Place place) { place_ = place; }
  void receive(std::string_view octets);
  // Idle and open: takes a batch if there is one.
  void continue_work();
  void quit();
  // The connection is gone or of no use: everything open is settled. A message whose answer is missing is deferred, to
  // be sent again.
  void lost(const DeliveryStatus& why);

  // STARTTLS was agreed upon: the handshake, then secured() or handshake_failed(). With smtps:// they come first.
  bool wants_tls() const { return stage_ == Stage::tls; }
  Verify verification() const { return needs_tls() ? Verify::chain_and_name : Verify::nothing; }
  void secured();
  void handshake_failed(const std::string& why);

  bool is_open() const { return stage_ == Stage::open; }  // past EHLO, TLS and AUTH
  bool is_over() const { return stage_ == Stage::over; }  // close the connection
  bool is_idle() const { return is_open() && expected_.empty() && transactions_.empty(); }

  bool never_opened() const { return !was_open_; }          // it ended before it could be worked with
  bool may_try_otherwise() const { return has_learned_; }   // a note was made: the next connection does better
  bool had_answers() const { return had_answers_; }         // a batch was settled by the peer's words
  const DeliveryStatus& reason() const { return reason_; }  // why it is over
  SendBuffer& outgoing() { return outgoing_; }
  const SendBuffer& outgoing() const { return outgoing_; }
  std::uint64_t replies() const { return replies_; }
  std::chrono::milliseconds patience(const SmtpTimeouts& timeouts) const;

 private:
  enum class Stage { greeting, hello, tls, auth, open, quitting, over };
  enum class Expect {
    greeting,
    ehlo,
    helo,
    starttls,
    auth_user,
    auth_password,
    auth,
    mail,
    rcpt,
    data,
    probe,
    message,
    lone_dot,
    rset,
    quit
  };
  struct Expected {
    Expect what;
    std::uint32_t target;   // of rcpt
    std::uint64_t sent_by;  // an answer before these octets were sent is a lie
  };
  enum class Chunking { none, offered, proven };

  // Up to the first transaction: smtp_greeting.cc.
  void greet();
  void handle_greeting(Expect what, const Reply& reply);
  void go_secure();
  void handle_starttls(const Reply& reply);
  void show_credentials();
  void handle_auth(Expect what, const Reply& reply);
  void open();
  bool needs_tls() const;

  void handle(const Reply& reply);
  void handle_farewell(Expect what, const Reply& reply);
  void handle_mail(const Reply& reply);
  void handle_rcpt(std::size_t target, const Reply& reply);
  void limit_recipients(std::size_t most);
  void blame(Transaction& transaction, const DeliveryStatus& why);
  void handle_data(const Reply& reply);
  void handle_probe(const Reply& reply);
  void handle_rset(const Reply& reply);
  void handle_message(const Expected& expected, const Reply& reply);
  void abandon_transaction();
  void reset();
  void send_lone_dot();

  void go_on();
  bool may_begin() const;
  // What is said of one transaction: smtp_sending.cc.
  bool may_send_message(const Transaction& transaction) const;
  bool prepare(Batch batch);
  void start_transaction();
  void send_next_command();
  void send_probe();
  void send_message(Transaction& transaction);
  void say(std::string_view command, Expect what);
  void settle_front();
  void end(const DeliveryStatus& why);

  BatchSource& work_;
  Protocol protocol_;
  const RelayOptions& options_;
  PeerNotes& notes_;
  Place place_ = Place::elsewhere;
  Stage stage_ = Stage::greeting;
  SendBuffer outgoing_;
  ReplyReader reader_;
  std::deque<Expected> expected_;
  std::optional<Batch> first_;            // until the session is open
  std::deque<Transaction> transactions_;  // the peer's next answer is about the front one
  Extensions peer_;
  Chunking chunking_ = Chunking::none;
  bool has_tls_ = false;
  bool was_open_ = false;
  bool had_answers_ = false;
  bool has_learned_ = false;
  std::uint64_t replies_ = 0;
  std::optional<DeliveryStatus> parting_;  // nothing is begun any more, and with the last answer it is over: why
  DeliveryStatus reason_;
};

constexpr std::size_t kMaxInFlight = 16;

}  // namespace majlis::spool
