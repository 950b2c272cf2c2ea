#pragma once

#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <memory>
#include <string>

#include "base/result.h"
#include "spool/transport/send_buffer.h"

struct ssl_st;
struct ssl_ctx_st;

namespace majlis::spool {

enum class Verify { nothing, chain_and_name };

// What every TLS connection of a run shares: TLS 1.2 at least, and whom we trust.
class TlsContext {
 public:
  // `ca_file`: certificates in PEM form; empty: the system's. misconfigured when they cannot be read.
  static Result<TlsContext> create(const std::string& ca_file);
  ssl_ctx_st* get() const { return context_.get(); }

 private:
  explicit TlsContext(std::shared_ptr<ssl_ctx_st> context) : context_(std::move(context)) {}
  std::shared_ptr<ssl_ctx_st> context_;
};

// TLS on a non-blocking socket that somebody else owns and polls.
class TlsStream {
 public:
  TlsStream(const TlsContext& context, int fd, const std::string& host, Verify verify);

  enum class Progress { done, wants_read, wants_write, closed, failed };
  Progress shake_hands();
  // `got` octets on done.
  Progress read(char* buffer, std::size_t octets, std::size_t& got);
  // `sent` octets of what waits, on done. After wants_... the same octets must be offered again.
  Progress write(const SendBuffer& outgoing, std::size_t& sent);

  const std::string& problem() const { return problem_; }  // after failed; printable

 private:
  Progress progress_of(int result, const char* doing);
  std::unique_ptr<ssl_st, void (*)(ssl_st*)> ssl_;
  std::string problem_;
};

}  // namespace majlis::spool
