#include "mail/digest.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"
#include "mail/composer.h"
#include "mail/part_text.h"
#include "mail/text_part.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxHeadOctets = 998;  // of one line
constexpr std::size_t kMaxLeftOut = 100;
constexpr std::size_t kLongRule = 70;
constexpr std::size_t kShortRule = 30;
constexpr std::array<std::string_view, 5> kHeadFields = {"Date", "From", "Cc", "Subject", "Message-ID"};

std::string head_of(const Message& message) {
  std::string head;
  for (const std::string_view name : kHeadFields) {
    const std::vector<std::string> bodies = message.fields(name);
    if (bodies.empty()) continue;
    const std::string body = one_line(to_utf8(decode_words(bodies.front()), "utf-8"));
    head.append(name).append(": ").append(utf8_prefix(body, kMaxHeadOctets)).append("\n");
  }
  return head;
}

void add_text(PlainReading& reading, std::string text, std::size_t max_octets) {
  text = with_lf(text);
  while (text.ends_with('\n')) text.pop_back();
  if (!reading.text.empty() && !text.empty()) reading.text += "\n\n";
  const std::size_t room = max_octets - std::min(max_octets, reading.text.size());
  const std::string_view fits = utf8_prefix(text, room);
  reading.is_cut = reading.is_cut || fits.size() < text.size();
  reading.text += fits;
}

// "---...---", which would end an entry; other hyphens are the author's own.
bool is_rule(std::string_view line) {
  line = trim(line);
  return (line.size() == kShortRule || line.size() == kLongRule) &&
         line.find_first_not_of('-') == std::string_view::npos;
}

std::string rule(std::size_t length) { return std::string(length, '-') + "\n"; }

}  // namespace

PlainReading read_plainly(const Message& message, std::size_t max_octets) {
  PlainReading reading;
  reading.head = head_of(message);
  const std::string_view bytes = message.bytes();
  const std::vector<Part>& parts = message.scan().parts;
  std::vector<bool> is_closed(parts.size());  // an attachment or an attached message: what is below it is not looked at
  const Part* html = nullptr;
  bool has_plain = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    const bool is_below = part.parent >= 0 && is_closed[static_cast<std::size_t>(part.parent)];
    const bool is_attached = is_attachment(bytes, part) || part.type.starts_with("message/");
    is_closed[i] = is_below || is_attached;
    if (is_below || (part.is_multipart() && !is_attached)) continue;
    if (!is_attached && part.type == "text/plain") {
      has_plain = true;
      add_text(reading, text_of(bytes, part), max_octets);
    } else if (!is_attached && part.type == "text/html") {
      if (html == nullptr) html = &part;
    } else if (reading.left_out.size() < kMaxLeftOut) {
      reading.left_out.push_back({one_line(to_utf8(file_name_of(bytes, part), "")), part.type});
    }
  }
  if (!has_plain && html != nullptr) add_text(reading, html_to_text(text_of(bytes, *html)), max_octets);
  return reading;
}

std::string plain_digest(std::string_view preamble, const std::vector<std::string>& entries, std::string_view trailer) {
  std::string out(preamble);
  out += "\n" + rule(kLongRule) + "\n";
  for (const std::string& entry : entries) {
    std::string_view rest = entry;
    while (const auto line = next_line(rest)) {
      if (is_rule(*line)) out += ' ';
      out.append(*line).append("\n");
    }
    out += "\n" + rule(kShortRule) + "\n";
  }
  return out.append(trailer);
}

std::string mime_digest(std::string_view preamble, const std::vector<std::string_view>& messages,
                        std::string_view trailer, std::string_view seed) {
  const std::string front = text_part(preamble);
  const std::string behind = text_part(trailer);
  const std::string inner = choose_boundary(seed, messages);
  std::string digest;
  bool seven_bit = true;
  for (const std::string_view each : messages) {
    seven_bit = seven_bit && is_ascii(each);
    digest += "\r\n--" + inner + "\r\n" + field("Content-Type", "message/rfc822") +
              field("Content-Transfer-Encoding", is_ascii(each) ? "7bit" : "8bit") + "\r\n";
    digest.append(each);
  }
  digest += "\r\n--" + inner + "--\r\n";
  const char* encoding = seven_bit ? "7bit" : "8bit";
  digest = field("Content-Type", "multipart/digest; boundary=\"" + inner + '"') +
           field("Content-Transfer-Encoding", encoding) + digest;
  const std::string outer = choose_boundary(std::string(seed) + "outer", {front, digest, behind});
  std::string out = field("MIME-Version", "1.0") + field("Content-Type", "multipart/mixed; boundary=\"" + outer + '"') +
                    field("Content-Transfer-Encoding", encoding);
  for (const std::string* part : {&front, static_cast<const std::string*>(&digest), &behind}) {
    out += "\r\n--" + outer + "\r\n" + *part;
  }
  return out += "\r\n--" + outer + "--\r\n";
}

}  // namespace majlis::mail
