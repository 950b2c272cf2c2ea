#include "lists/posts/reading/approved.h"

#include <algorithm>
#include <array>
#include <optional>

#include "auth/password.h"
#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"
#include "mail/edit.h"
#include "mail/html/first_line.h"
#include "mail/part_edit.h"

namespace majlis::lists {
namespace {

constexpr std::array<std::string_view, 4> kNames = {"Approved", "Approve", "X-Approved", "X-Approve"};
constexpr std::string_view kUrgent = "Urgent";
constexpr std::size_t kMaxSearchedText = 1024 * 1024;
constexpr std::size_t kMaxBlankLines = 20;
constexpr std::size_t kMaxHeaderTested = 64 * 1024;

bool is_urgent_name(std::string_view name) { return equals_ignoring_case(trim(name), kUrgent); }

bool is_approved_name(std::string_view name) {
  return std::any_of(kNames.begin(), kNames.end(),
                     [&](std::string_view one) { return equals_ignoring_case(trim(name), one); });
}

// The password of an "Approved: ..." line; nullopt when the line is none.
std::optional<std::string> password_in(std::string_view line) {
  const std::string plain = with_plain_blanks(line);
  const std::size_t colon = plain.find(':');
  if (colon == std::string::npos || !is_approved_name(std::string_view(plain).substr(0, colon))) return std::nullopt;
  return std::string(trim(std::string_view(plain).substr(colon + 1)));
}

bool may_be_password(std::string_view text) {
  return text.size() >= auth::kMinPasswordOctets && split_words(text).size() == 1;
}

// One word or two that are no password of any list may be one of somebody's: in a line of its own that begins the text
// and has an empty line below it. "Approved: the budget of May" is a sentence.
bool is_given_alone(std::string_view line, std::string_view password, std::string_view below) {
  const std::size_t words = split_words(password).size();
  const auto next = next_line(below);
  return (words == 1 || words == 2) && !is_blank(line.front()) && (!next || trim(*next).empty());
}

struct FoundLine {
  std::size_t end = 0;  // behind the line, as an offset into the searched text
  std::string password;
};

// Looks at the first line that is not blank.
std::optional<FoundLine> find_line(std::string_view text) {
  std::string_view rest = text;
  for (std::size_t i = 0; i < kMaxBlankLines; ++i) {
    const auto line = next_line(rest);
    if (!line) return std::nullopt;
    if (trim(*line).empty()) continue;
    auto password = password_in(*line);
    if (!password || !(may_be_password(*password) || is_given_alone(*line, *password, rest))) return std::nullopt;
    return FoundLine{text.size() - rest.size(), std::move(*password)};
  }
  return std::nullopt;
}

// A header with a From field: what a moderator sends in again is a whole message.
bool is_whole_message(std::string_view text) {
  const mail::Message inner = mail::Message::open(std::string(text.substr(0, kMaxHeaderTested)));
  return inner.has_field("From");
}

std::string_view octets_of(const mail::Message& message, const mail::Part& part) {
  return message.bytes().substr(part.body_begin, part.body_end - part.body_begin);
}

std::string_view trim_lines(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

const mail::Part* first_plain_part(const mail::Message& message) {
  for (const mail::Part& part : message.scan().parts) {
    if (part.type == "message/rfc822") return nullptr;
    if (part.type == "text/plain") return &part;
  }
  return nullptr;
}

// End of the first line in quoted-printable text: soft line breaks belong to the line.
std::size_t end_of_encoded_lines(std::string_view raw, std::size_t decoded_lines) {
  std::size_t at = 0;
  while (decoded_lines > 0 && at < raw.size()) {
    std::size_t end = raw.find('\n', at);
    if (end == std::string_view::npos) return raw.size();
    std::string_view line = raw.substr(at, end - at);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (!line.ends_with('=')) --decoded_lines;
    at = end + 1;
  }
  return at;
}

std::size_t count_lines(std::string_view text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// Cuts the line out of the part's bytes, whatever their encoding; "" when there is none.
std::string cut_from_part(const mail::Message& message, const mail::Part& part, mail::Edit& edit) {
  const std::string_view raw = octets_of(message, part);
  const std::string decoded = mail::decode_transfer(raw, part.encoding);
  const std::optional<FoundLine> found = find_line(decoded);
  if (!found) return {};
  if (part.encoding == "base64") {
    edit.remove(part.body_begin, part.body_end);
    edit.insert(part.body_begin, mail::encode_base64(std::string_view(decoded).substr(found->end)));
  } else if (part.encoding == "quoted-printable") {
    const std::size_t lines = count_lines(std::string_view(decoded).substr(0, found->end));
    edit.remove(part.body_begin, part.body_begin + end_of_encoded_lines(raw, std::max<std::size_t>(lines, 1)));
  } else {
    edit.remove(part.body_begin, part.body_begin + found->end);
  }
  return found->password;
}

// The word of the first field of those that `is_one` knows by name; all of them go.
template <typename Function>
std::string cut_from_header(const mail::Message& message, Function is_one, mail::Edit& edit) {
  std::string password;
  for (const mail::Field& field : message.scan().parts.front().fields) {
    if (!is_one(field.name)) continue;
    edit.remove(field.begin, field.end);
    if (password.empty()) {
      const std::string plain =
          with_plain_blanks(message.bytes().substr(field.body_begin, field.body_end - field.body_begin));
      password = trim(plain);
    }
  }
  return password;
}

// Only the outermost message is asked whether it is a resubmission: one within the other, for ever, would cost a copy
// each.
ApprovedPost take_from(const mail::Message& message, Resubmission resubmission);

// Cuts the line out of a page: its octets, and the tags in it stay.
std::string cut_from_page(const mail::Message& message, std::size_t index, mail::PartEdit& parts, mail::Edit& edit) {
  const mail::Part& part = message.scan().parts[index];
  std::string page = mail::decode_transfer(octets_of(message, part), part.encoding);
  const mail::HtmlLine line = mail::first_line_of_html(page);
  const auto password = password_in(line.text);
  if (!password || !may_be_password(*password)) return {};
  const bool is_encoded = part.encoding == "base64" || part.encoding == "quoted-printable";
  for (auto octets = line.octets.rbegin(); octets != line.octets.rend(); ++octets) {
    if (is_encoded) {
      page.erase(octets->begin, octets->end - octets->begin);
    } else {
      edit.remove(part.body_begin + octets->begin, part.body_begin + octets->end);
    }
  }
  if (is_encoded) parts.replace_octets(index, mail::with_lf(page));
  return *password;
}

// From the copies of the text that mail programs write; "" when it stands in none.
std::string cut_from_pages(const mail::Message& message, mail::Edit& edit) {
  mail::PartEdit parts(message);
  std::string password;
  const std::vector<mail::Part>& all = message.scan().parts;
  for (std::size_t i = 0; i < all.size() && all[i].type != "message/rfc822"; ++i) {
    if (all[i].type != "text/html") continue;
    const std::string in_page = cut_from_page(message, i, parts, edit);
    if (password.empty()) password = in_page;
  }
  parts.write_to(edit);
  return password;
}

// The message beside the password, when there is no text but the password.
const mail::Part* attached_message(const mail::Message& message) {
  for (const mail::Part& part : message.scan().parts) {
    if (part.type == "message/rfc822") return part.encoding == "base64" ? nullptr : &part;
  }
  return nullptr;
}

// The message that "Approved: PASSWORD" on the first line of the text is about, Majordomo's way to let a held post
// pass.
std::optional<ApprovedPost> resubmitted(const mail::Message& message) {
  const mail::Part* part = first_plain_part(message);
  if (part == nullptr) return std::nullopt;
  std::string text = mail::decode_transfer(octets_of(message, *part), part->encoding);
  const std::optional<FoundLine> found = find_line(text);
  if (!found) return std::nullopt;
  text.erase(0, found->end);
  if (trim_lines(text).empty()) {
    const mail::Part* attached = attached_message(message);
    if (attached == nullptr) return std::nullopt;
    text = octets_of(message, *attached);
  }
  if (!is_whole_message(text)) return std::nullopt;
  ApprovedPost inner = take_from(mail::Message::open(std::move(text)), Resubmission::is_not_one);
  inner.password = found->password;
  inner.is_resubmission = true;
  return inner;
}

ApprovedPost take_from(const mail::Message& message, Resubmission resubmission) {
  mail::Edit edit(message);
  std::string password = cut_from_header(message, is_approved_name, edit);
  std::string urgent = cut_from_header(message, is_urgent_name, edit);
  if (password.empty() && resubmission == Resubmission::may_be_one) {
    if (std::optional<ApprovedPost> inner = resubmitted(message)) {
      inner->urgent = std::move(urgent);
      return std::move(*inner);
    }
  }
  ApprovedPost post;
  post.urgent = std::move(urgent);
  if (const mail::Part* part = first_plain_part(message)) {
    const std::string in_text = cut_from_part(message, *part, edit);
    if (!in_text.empty()) cut_from_pages(message, edit);
    if (password.empty()) password = in_text;
  } else if (const std::string in_page = cut_from_pages(message, edit); !in_page.empty()) {
    if (password.empty()) password = in_page;
  } else if (const auto text = message.first_text(kMaxSearchedText)) {
    const std::optional<FoundLine> found = find_line(*text);
    post.cannot_be_removed = found.has_value();
    if (found && password.empty()) password = found->password;
  }
  post.message = edit.is_empty() ? message : mail::Message::open(edit.apply().bytes);
  post.password = std::move(password);
  return post;
}

}  // namespace

ApprovedPost take_approved(const mail::Message& message, Resubmission resubmission) {
  return take_from(message, resubmission);
}

namespace {

// Every text part as people read it, HTML without its tags and as it is; ends when `visit` says so.
template <typename Visitor>
bool any_text(const mail::Message& message, Visitor visit) {
  for (const mail::Part& part : message.scan().parts) {
    if (!part.type.starts_with("text/")) continue;
    const std::string text = mail::decode_transfer(octets_of(message, part).substr(0, kMaxSearchedText), part.encoding);
    if (visit(text)) return true;
    if (part.type == "text/html" && visit(mail::html_to_text(text))) return true;
  }
  return false;
}

bool is_approved_line(std::string_view line) {
  while (!line.empty() && (line.front() == '>' || is_blank(line.front()))) line.remove_prefix(1);
  const std::optional<std::string> password = password_in(line);
  return password && may_be_password(*password);
}

bool has_approved_line_in(std::string_view text) {
  while (const auto line = next_line(text)) {
    if (is_approved_line(*line)) return true;
  }
  return false;
}

}  // namespace

bool has_approved_line(const mail::Message& message) {
  return is_approved_line(message.subject()) || any_text(message, has_approved_line_in);
}

bool mentions_password(const mail::Message& message, std::string_view password) {
  if (password.empty()) return false;
  const auto in = [&](std::string_view text) { return text.find(password) != std::string_view::npos; };
  return in(message.header()) || in(message.subject()) || any_text(message, in);
}

}  // namespace majlis::lists
