#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "mail/channel.h"
#include "spool/job/progress.h"
#include "spool/transport/copy.h"

namespace majlis::spool {

// Every CR, LF and CRLF becomes CRLF, the last line ends with one: what BDAT carries. The only place where line ends
// are dealt with (a bare CR or LF on the wire is how mail is smuggled).
std::string crlf_form(std::string_view message);

// crlf_form() text with leading dots doubled: what DATA carries before the final dot. nullopt when no line begins with
// a dot, so that the text itself will do.
std::optional<std::string> dotted_form(std::string_view crlf_text);

// A message as files keep it: every CR, LF and CRLF is LF, and the last line has one.
std::string file_form(std::string_view message);

// A message in the form that fits one kind of peer.
struct Wire {
  std::shared_ptr<const std::string> text;    // crlf_form
  std::shared_ptr<const std::string> dotted;  // the same object when there is no dot to double
  std::vector<Point> points;                  // of text: what each recipient's copy has there is its own
  std::vector<Point> dotted_points;
  bool has_eight_bit = false;
  bool needs_utf8 = false;  // UTF-8 in header fields, RFC 6531
  DeliveryStatus refusal;   // with a status: no such form may be made
};

enum class ContentForm { wire, file };

// The message of one job, shared by all its transactions. What a lesser peer needs is made when the first one asks,
// once.
class MessageContent {
 public:
  MessageContent(std::string_view message, std::vector<Point> points, ContentForm form);

  // Every recipient's copy has something of its own.
  bool is_personal() const { return !points_.empty(); }
  const std::vector<Point>& file_points() const { return points_; }  // of ContentForm::file, as what follows
  Copy file_copy(const std::vector<std::string>& values) const { return {text_, points_, values}; }
  const Wire& wire(mail::Channel channel);  // of ContentForm::wire

 private:
  Wire make_wire(mail::Channel channel) const;
  void convert(Wire& wire, mail::Channel channel) const;
  std::shared_ptr<const std::string> text_;
  std::vector<Point> points_;
  mail::Demand demand_;
  std::array<std::optional<Wire>, 4> wires_;  // by what the channel takes
};

// True when `address` may stand in a command or an argument: 1 to 320 octets, no blank, control character, '<' or '>'.
bool is_sendable(std::string_view address);

}  // namespace majlis::spool
