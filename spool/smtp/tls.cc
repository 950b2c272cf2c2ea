#include "spool/smtp/tls.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace majlis::spool {
namespace {

int socket_of(BIO* bio) { return static_cast<int>(reinterpret_cast<std::intptr_t>(BIO_get_data(bio))); }

bool is_retry(ssize_t result) { return result < 0 && (errno == EAGAIN || errno == EINTR); }

// OpenSSL's own socket BIO uses write(2), and with it SIGPIPE.
int write_bio(BIO* bio, const char* octets, int count) {
  BIO_clear_retry_flags(bio);
  const ssize_t sent = send(socket_of(bio), octets, static_cast<std::size_t>(count), MSG_NOSIGNAL);
  if (is_retry(sent)) BIO_set_retry_write(bio);
  return static_cast<int>(sent);
}

int read_bio(BIO* bio, char* octets, int count) {
  BIO_clear_retry_flags(bio);
  const ssize_t got = recv(socket_of(bio), octets, static_cast<std::size_t>(count), 0);
  if (is_retry(got)) BIO_set_retry_read(bio);
  return static_cast<int>(got);
}

long control_bio(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

const BIO_METHOD* socket_method() {
  static BIO_METHOD* const method = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket");
    BIO_meth_set_write(made, write_bio);
    BIO_meth_set_read(made, read_bio);
    BIO_meth_set_ctrl(made, control_bio);
    return made;
  }();
  return method;
}

std::string openssl_words() {
  const unsigned long code = ERR_peek_last_error();
  std::array<char, 256> text{};
  if (code == 0) return {};
  ERR_error_string_n(code, text.data(), text.size());
  return printable(text.data(), 200);
}

void ask_for_name(SSL* ssl, const std::string& host, Verify verify) {
  X509_VERIFY_PARAM* expected = SSL_get0_param(ssl);
  const bool is_ip = X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
  ERR_clear_error();
  if (!is_ip) {
    SSL_set_tlsext_host_name(ssl, host.c_str());
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    X509_VERIFY_PARAM_set1_host(expected, host.c_str(), host.size());
  }
  SSL_set_verify(ssl, verify == Verify::nothing ? SSL_VERIFY_NONE : SSL_VERIFY_PEER, nullptr);
}

}  // namespace

Result<TlsContext> TlsContext::create(const std::string& ca_file) {
  struct stat status {};
  if (!ca_file.empty() && stat(ca_file.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    // The library would wait for whoever writes to a named pipe.
    return Error{ErrorKind::misconfigured, "spool: TLS: " + printable(ca_file, 200) + ": not a regular file"};
  }
  ERR_clear_error();
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
  if (!context) return Error{ErrorKind::again, "spool: TLS: " + openssl_words()};
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION);
  const int found = ca_file.empty() ? SSL_CTX_set_default_verify_paths(context.get())
                                    : SSL_CTX_load_verify_locations(context.get(), ca_file.c_str(), nullptr);
  if (found != 1) {
    return Error{ErrorKind::misconfigured,
                 "spool: TLS: trusted certificates " + printable(ca_file, 200) + ": " + openssl_words()};
  }
  return TlsContext(std::move(context));
}

TlsStream::TlsStream(const TlsContext& context, int fd, const std::string& host, Verify verify)
    : ssl_(SSL_new(context.get()), SSL_free) {
  BIO* bio = ssl_ ? BIO_new(socket_method()) : nullptr;
  if (bio == nullptr) return;
  BIO_set_data(bio, reinterpret_cast<void*>(static_cast<std::intptr_t>(fd)));
  BIO_set_init(bio, 1);
  SSL_set_bio(ssl_.get(), bio, bio);
  ask_for_name(ssl_.get(), host, verify);
  SSL_set_connect_state(ssl_.get());
}

TlsStream::Progress TlsStream::shake_hands() {
  if (!ssl_ || SSL_get_rbio(ssl_.get()) == nullptr) {
    problem_ = "TLS: out of memory";
    return Progress::failed;
  }
  ERR_clear_error();
  return progress_of(SSL_do_handshake(ssl_.get()), "TLS handshake");
}

TlsStream::Progress TlsStream::read(char* buffer, std::size_t octets, std::size_t& got) {
  ERR_clear_error();
  return progress_of(SSL_read_ex(ssl_.get(), buffer, octets, &got), "TLS");
}

TlsStream::Progress TlsStream::write(const SendBuffer& outgoing, std::size_t& sent) {
  std::array<iovec, SendBuffer::kPieces> pieces{};
  if (outgoing.pieces(pieces) == 0) return Progress::done;
  ERR_clear_error();
  return progress_of(SSL_write_ex(ssl_.get(), pieces[0].iov_base, pieces[0].iov_len, &sent), "TLS");
}

TlsStream::Progress TlsStream::progress_of(int result, const char* doing) {
  const int saved = errno;
  if (result == 1) return Progress::done;
  const int reason = SSL_get_error(ssl_.get(), result);
  if (reason == SSL_ERROR_WANT_READ) return Progress::wants_read;
  if (reason == SSL_ERROR_WANT_WRITE) return Progress::wants_write;
  if (reason == SSL_ERROR_ZERO_RETURN) return Progress::closed;
  const long verified = SSL_get_verify_result(ssl_.get());
  const bool is_distrusted = verified != X509_V_OK && SSL_get_verify_mode(ssl_.get()) != SSL_VERIFY_NONE;
  const std::string words = openssl_words();
  problem_ = std::string(doing) + ": ";
  if (is_distrusted) {
    problem_ += std::string("certificate not trusted: ") + X509_verify_cert_error_string(verified);
  } else if (!words.empty()) {
    problem_ += words;
  } else {
    problem_ += saved != 0 ? std::strerror(saved) : "closed by the relay";
  }
  return Progress::failed;
}

}  // namespace majlis::spool
