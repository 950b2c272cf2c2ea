#include "spool/transport/message_content.h"

#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "mail/text_part.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxAddressOctets = 64 + 1 + 255;  // RFC 5321 4.5.3.1
constexpr const char* kCannotConvert = "the message cannot be converted to what the relay takes";

// What cannot stand between < and > of a command.
constexpr std::array<bool, 256> kEndsAPath = [] {
  std::array<bool, 256> ends{};
  for (std::size_t octet = 0; octet <= ' '; ++octet) ends[octet] = true;
  for (const char c : {'\x7F', '<', '>'}) ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

// Hands every line of `message`, without its end, to `take`; CR, LF and CRLF each end one.
template <typename Take>
void for_each_line(std::string_view message, const Take& take) {
  while (!message.empty()) {
    const std::size_t lf = message.find('\n');
    const std::size_t cr = message.substr(0, lf).find('\r');
    const std::size_t end = std::min(lf, cr);
    take(message.substr(0, end));
    if (end == std::string_view::npos) return;
    const bool is_crlf = message[end] == '\r' && end + 1 == lf;
    message.remove_prefix(end + (is_crlf ? 2 : 1));
  }
}

std::string with_line_ends(std::string_view message, std::string_view line_end) {
  std::string text;
  text.reserve(message.size() + message.size() / 32 + 16);
  for_each_line(message, [&](std::string_view line) {
    text += line;
    text += line_end;
  });
  return text;
}

bool has_leading_dot(std::string_view text) {
  return text.starts_with('.') || text.find("\n.") != std::string_view::npos;
}

// What `change` makes of a text, and where its points are then.
PointedText changed(std::string_view text, const std::vector<Point>& points,
                    const std::function<std::string(std::string_view text, std::string_view stem)>& change) {
  if (points.empty()) return {change(text, {}), {}};
  // Out of the text itself, so that it is not in it in another encoding either.
  const PointMarks marks(mail::choose_boundary(text, {text}));
  return marks.take_out(change(marks.put_in(text, points), marks.stem()));
}

bool have_same_kinds(const std::vector<Point>& some, const std::vector<Point>& others) {
  return std::equal(some.begin(), some.end(), others.begin(), others.end(),
                    [](const Point& a, const Point& b) { return a.kind == b.kind; });
}

std::shared_ptr<const std::string> shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

DeliveryStatus refusal_of(const mail::Fitted& fitted) {
  switch (fitted.kind) {
    case mail::Fitted::Kind::prohibited:
      return {"5.6.2", "the message is signed or encrypted 8-bit mail, and the relay takes 7-bit mail only"};
    case mail::Fitted::Kind::no_ascii_address:
      return {"5.6.7", "a header field has an address that is not ASCII, and the relay has no SMTPUTF8"};
    case mail::Fitted::Kind::impossible: return {"5.6.3", kCannotConvert};
    case mail::Fitted::Kind::as_it_is:
    case mail::Fitted::Kind::converted: break;
  }
  return {};
}

}  // namespace

std::string crlf_form(std::string_view message) { return with_line_ends(message, "\r\n"); }
std::string file_form(std::string_view message) { return with_line_ends(message, "\n"); }

std::optional<std::string> dotted_form(std::string_view crlf_text) {
  if (!has_leading_dot(crlf_text)) return std::nullopt;
  std::string text;
  text.reserve(crlf_text.size() + crlf_text.size() / 32 + 16);
  while (!crlf_text.empty()) {
    const std::size_t end = std::min(crlf_text.find('\n'), crlf_text.size() - 1) + 1;
    if (crlf_text.front() == '.') text += '.';
    text += crlf_text.substr(0, end);
    crlf_text.remove_prefix(end);
  }
  return text;
}

MessageContent::MessageContent(std::string_view message, std::vector<Point> points, ContentForm form) {
  const auto form_of = form == ContentForm::wire ? crlf_form : file_form;
  PointedText text = changed(message, points, [&](std::string_view marked, auto) { return form_of(marked); });
  text_ = shared(std::move(text.text));
  points_ = std::move(text.points);
  if (form == ContentForm::wire) demand_ = mail::demand_of(*text_);
}

const Wire& MessageContent::wire(mail::Channel channel) {
  std::optional<Wire>& wire = wires_.at((channel.eight_bit ? 1U : 0U) + (channel.utf8_header ? 2U : 0U));
  if (!wire) wire = make_wire(channel);
  return *wire;
}

Wire MessageContent::make_wire(mail::Channel channel) const {
  Wire wire;
  wire.text = text_;
  wire.points = points_;
  if (!demand_.is_met_by(channel)) convert(wire, channel);
  const mail::Demand demand = wire.text == text_ ? demand_ : mail::demand_of(*wire.text);
  wire.has_eight_bit = demand.eight_bit_body || demand.eight_bit_header;
  wire.needs_utf8 = demand.eight_bit_header;
  wire.dotted = wire.text;
  wire.dotted_points = wire.points;
  if (!has_leading_dot(*wire.text)) return wire;
  PointedText dotted =
      changed(*wire.text, wire.points, [](std::string_view text, auto) { return dotted_form(text).value_or(""); });
  wire.dotted = shared(std::move(dotted.text));
  wire.dotted_points = std::move(dotted.points);
  return wire;
}

// Where the points of the text do not come through, the recipients go without what stands there: better than without
// the message.
void MessageContent::convert(Wire& wire, mail::Channel channel) const {
  for (const std::vector<Point>& points : {points_, header_points(points_), std::vector<Point>()}) {
    mail::Fitted fitted;
    PointedText text = changed(*text_, points, [&](std::string_view marked, std::string_view stem) {
      fitted = mail::fit(marked, channel, stem);
      return std::move(fitted.text);
    });
    wire.refusal = refusal_of(fitted);
    if (fitted.kind != mail::Fitted::Kind::converted) return;
    if (!have_same_kinds(text.points, points) || !are_points_safe(text.text, text.points)) continue;
    wire.text = shared(std::move(text.text));
    wire.points = std::move(text.points);
    return;
  }
}

bool is_sendable(std::string_view address) {
  if (address.empty() || address.size() > kMaxAddressOctets) return false;
  bool has_bad = false;
  for (const char c : address) has_bad |= kEndsAPath[static_cast<unsigned char>(c)];
  return !has_bad;
}

}  // namespace majlis::spool
