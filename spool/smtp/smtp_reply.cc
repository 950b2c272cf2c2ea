#include "spool/smtp/smtp_reply.h"

#include <algorithm>

#include "base/digit.h"
#include "base/text.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxWordsOctets = 200;

Error not_smtp(std::string_view why) { return Error{ErrorKind::refused, "spool: SMTP reply: " + std::string(why)}; }

// "5.1.1 " at the start of `text`, of the class that the reply has; RFC 3463: subject and detail of one to three
// digits.
std::string_view enhanced_status(std::string_view text, unsigned kind) {
  if (text.empty() || text[0] != static_cast<char>('0' + kind)) return {};
  std::size_t at = 1;
  for (int part = 0; part < 2; ++part) {
    if (at >= text.size() || text[at] != '.') return {};
    const std::size_t digits = ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
    if (at == digits || at - digits > 3) return {};
  }
  if (at < text.size() && text[at] != ' ' && text[at] != '\n') return {};
  return text.substr(0, at);
}

}  // namespace

DeliveryStatus Reply::answer() const {
  DeliveryStatus answer;
  answer.status = enhanced_status(text, kind());
  std::string words = std::to_string(code) + " " + text;
  std::replace(words.begin(), words.end(), '\n', ' ');
  answer.text = printable(words, kMaxWordsOctets);
  if (answer.status.empty()) answer.status = std::to_string(kind()) + ".0.0";
  return answer;
}

void ReplyReader::add(std::string_view octets) {
  if (start_ == buffer_.size()) {
    buffer_.clear();
    start_ = 0;
  }
  buffer_ += octets;
}

Result<std::optional<Reply>> ReplyReader::next() {
  for (;;) {
    const std::string_view rest = std::string_view(buffer_).substr(start_);
    const std::size_t end = rest.find('\n');
    if (std::min(end, rest.size()) > kMaxReplyLineOctets) return not_smtp("a line is too long");
    if (end == std::string_view::npos) break;
    start_ += end + 1;
    std::string_view line = rest.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (Status taken = take_line(line); !taken) return taken.error();
    if (is_complete_) {
      is_complete_ = false;
      lines_ = 0;
      return std::optional<Reply>(std::exchange(partial_, Reply()));
    }
  }
  buffer_.erase(0, start_);
  start_ = 0;
  return std::optional<Reply>();
}

Status ReplyReader::take_line(std::string_view line) {
  if (line.size() < 3 || !std::all_of(line.begin(), line.begin() + 3, is_digit)) return not_smtp("no code");
  const unsigned code = static_cast<unsigned>(parse_number(line.substr(0, 3)).value_or(0));
  if (code < 200 || code > 599) return not_smtp("the code is out of range");
  const char separator = line.size() > 3 ? line[3] : ' ';
  if (separator != ' ' && separator != '-') return not_smtp("no blank behind the code");
  if (lines_ > 0 && code != partial_.code) return not_smtp("two codes in one reply");
  if (++lines_ > kMaxReplyLines) return not_smtp("too many lines");
  partial_.code = code;
  if (lines_ > 1) partial_.text += '\n';
  partial_.text += line.size() > 4 ? line.substr(4) : std::string_view();
  partial_.text.resize(std::min(partial_.text.size(), kMaxReplyTextOctets));
  is_complete_ = separator == ' ';
  return {};
}

}  // namespace majlis::spool
