// SmtpSession up to the point where it is open: greeting, EHLO, STARTTLS, AUTH.

#include <cassert>

#include "mail/coding/decode.h"
#include "spool/smtp/endpoint.h"
#include "spool/smtp/smtp_session.h"

namespace majlis::spool {

// With credentials to show we want to know to whom.
bool SmtpSession::needs_tls() const {
  const bool must_hide = options_.credentials && place_ != Place::loopback && !options_.may_auth_without_tls;
  return options_.tls == RelayTls::required || options_.relay.kind == Relay::Kind::smtps || must_hide;
}

void SmtpSession::greet() {
  const std::string name = options_.helo_name.empty() ? local_host_name() : options_.helo_name;
  stage_ = Stage::hello;
  say((protocol_ == Protocol::lmtp ? "LHLO " : "EHLO ") + name + "\r\n", Expect::ehlo);
}

void SmtpSession::handle_greeting(Expect what, const Reply& reply) {
  if (reply.kind() == 2 && what == Expect::greeting) return greet();
  if (reply.kind() == 2) {
    if (what == Expect::ehlo) peer_ = Extensions::parse(reply.text);
    return go_secure();
  }
  if (reply.kind() == 5 && what == Expect::ehlo && protocol_ == Protocol::smtp) {
    const std::string name = options_.helo_name.empty() ? local_host_name() : options_.helo_name;
    return say("HELO " + name + "\r\n", Expect::helo);
  }
  lost({"4.3.2", "not served: " + reply.answer().text});
}

void SmtpSession::go_secure() {
  if (has_tls_) return show_credentials();
  const bool wants = options_.tls == RelayTls::when_offered && peer_.starttls && !notes_.is_tls_broken;
  if (!needs_tls() && !wants) return show_credentials();
  if (!peer_.starttls) return lost({"4.7.10", "TLS is required and the relay does not offer STARTTLS"});
  say("STARTTLS\r\n", Expect::starttls);
}

void SmtpSession::handle_starttls(const Reply& reply) {
  if (reply.kind() != 2) {
    if (needs_tls()) return lost({"4.7.10", "TLS is required and STARTTLS was answered by " + reply.answer().text});
    return show_credentials();
  }
  // What stands there already was said in clear text, by anybody, and must not be heard as if it came through TLS.
  if (!reader_.is_empty()) return lost({"4.7.0", "octets behind the answer to STARTTLS"});
  stage_ = Stage::tls;
}

void SmtpSession::secured() {
  assert(stage_ == Stage::tls || stage_ == Stage::greeting);
  has_tls_ = true;
  if (stage_ == Stage::greeting) return;
  peer_ = Extensions();  // RFC 3207 4.2: what was said in clear text is forgotten
  greet();
}

void SmtpSession::handshake_failed(const std::string& why) {
  if (!needs_tls() && !notes_.is_tls_broken) notes_.is_tls_broken = has_learned_ = true;
  lost({"4.7.5", why});
}

void SmtpSession::show_credentials() {
  if (!options_.credentials) return open();
  const bool may_show = has_tls_ || place_ == Place::loopback || options_.may_auth_without_tls;
  if (!may_show) return lost({"4.7.10", "credentials are not shown without TLS"});
  stage_ = Stage::auth;
  const Credentials& own = *options_.credentials;
  if (peer_.auth_plain) {
    const std::string secret = '\0' + own.user + '\0' + own.password;
    return say("AUTH PLAIN " + mail::encode_base64(secret, 0) + "\r\n", Expect::auth);
  }
  if (peer_.auth_login) return say("AUTH LOGIN\r\n", Expect::auth_user);
  lost({"4.7.0", "there are credentials for the relay, and it offers neither AUTH PLAIN nor LOGIN"});
}

// The peer's words are left out of everything here: it may repeat what it was told.
void SmtpSession::handle_auth(Expect what, const Reply& reply) {
  const Credentials& own = *options_.credentials;
  if (what == Expect::auth && reply.kind() == 2) return open();
  if (what == Expect::auth_user && reply.code == 334) {
    return say(mail::encode_base64(own.user, 0) + "\r\n", Expect::auth_password);
  }
  if (what == Expect::auth_password && reply.code == 334) {
    return say(mail::encode_base64(own.password, 0) + "\r\n", Expect::auth);
  }
  lost({"4.7.8", "the relay does not take our credentials: " + std::to_string(reply.code)});
}

void SmtpSession::open() {
  stage_ = Stage::open;
  was_open_ = true;
  const bool may_chunk = peer_.chunking && peer_.pipelining && !notes_.is_chunking_broken;
  chunking_ = may_chunk ? Chunking::offered : Chunking::none;
  std::optional<Batch> first = std::exchange(first_, std::nullopt);
  if (first && prepare(std::move(*first))) start_transaction();
}

}  // namespace majlis::spool
