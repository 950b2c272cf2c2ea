#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "mail/address.h"
#include "mail/flowed.h"
#include "mail/scan/scan.h"

namespace majlis::mail {

// A message as it came in, opened for reading. Nothing in it is changed; copies share its bytes, and a Message that was
// moved from is still the same.
class Message {
 public:
  Message() = default;  // an empty message
  Message(const Message&) = default;
  Message& operator=(const Message&) = default;
  ~Message() = default;

  // Any byte string is a message. What the MTA's local delivery put in front (mbox "From ", then Return-Path,
  // X-Original-To, Delivered-To directly at the top: postfix local(8)) is cut off and kept apart, because only there it
  // can be trusted.
  static Message open(std::string bytes, const ScanLimits& limits = {});

  std::string_view bytes() const { return opened_->bytes; }  // without the envelope lines
  std::string_view envelope_lines() const { return opened_->envelope_lines; }
  // The envelope sender as the MTA's Return-Path line tells it, else its "From " line, "<>" included; nullopt when it
  // wrote neither.
  std::optional<std::string> return_path() const;
  const Scan& scan() const { return opened_->scan; }

  // Bodies of the message's own fields of this name (ASCII case ignored), unfolded (line ends removed) and trimmed, in
  // order.
  std::vector<std::string> fields(std::string_view name) const;
  // The only field of that name; nullopt when absent or repeated.
  std::optional<std::string> field(std::string_view name) const;
  bool has_field(std::string_view name) const;

  // The author: exactly one From field that names exactly one (mail/author.h). Anything else is nullopt (no command
  // runs, a post is held).
  std::optional<Mailbox> author() const;
  std::string message_id() const;  // with its angle brackets, "" when absent, repeated or malformed
  std::string subject() const;     // RFC 2047 decoded, one line, valid UTF-8, at most 998 octets

  std::string_view header() const;  // up to and without the empty line
  std::string_view body() const;    // behind the empty line

  // The first text/plain part (else the first text/html turned to text), transfer encoding undone, as valid UTF-8 with
  // LF line ends, at most `max_octets`. nullopt when there is no text.
  std::optional<std::string> first_text(std::size_t max_octets) const;
  // What its author wrote: as first_text(), but a part with nothing in it is passed over for the next, and the lines of
  // format=flowed (RFC 3676) are put together again.
  std::optional<std::string> written_text(std::size_t max_octets, const KeepsBreak& keeps_break = {}) const;

 private:
  struct Opened {
    std::string bytes;
    std::string envelope_lines;
    Scan scan;
  };
  static std::shared_ptr<const Opened> nothing();

  std::shared_ptr<const Opened> opened_ = nothing();
};

}  // namespace majlis::mail
