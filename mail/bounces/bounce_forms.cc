#include "mail/bounces/bounce_forms.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"
#include "mail/bounces/bounce_entry.h"
#include "mail/bounces/bounce_parts.h"
#include "mail/bounces/bounce_phrases.h"
#include "mail/bounces/bounce_returned.h"
#include "mail/bounces/bounce_status.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxLines = 100;  // a longer text is no notice of one failure
constexpr std::size_t kMaxAddressesOfLine = 10;
constexpr std::size_t kMaxLabelOctets = 60;
constexpr std::size_t kReplyLines = 8;  // behind a command, those of DATA among them
constexpr std::array<std::string_view, 5> kOwnFields = {"From", "To", "Cc", "Reply-To", "Sender"};

// How an address stands in a line, the least telling first.
enum class Form {
  summary,   // "To: a@b" of the message that failed
  sentence,  // among words
  alone,     // its line holds nothing else but a label, or it heads lines that stand deeper
  reply,     // beside a permanent refusal
  entry,     // "<a@b>: ..." or "a@b ... ..."
};

struct Mention {
  Address address;
  Form form;
  std::size_t line;
};
using Mentions = std::vector<Mention>;

bool stands_among(const std::vector<Address>& addresses, const Address& address) {
  return std::find(addresses.begin(), addresses.end(), address) != addresses.end();
}

// Whom the letter itself is between.
std::vector<Address> correspondents(const Message& message) {
  std::vector<Address> addresses;
  for (const std::string_view name : kOwnFields) {
    for (const std::string& body : message.fields(name)) {
      if (std::optional<FoundAddress> found = address_inside(body)) addresses.push_back(std::move(found->address));
    }
  }
  return addresses;
}

bool names_bystander(std::string_view words) {
  return std::any_of(bystander_words().begin(), bystander_words().end(),
                     [&](std::string_view word) { return find_ignoring_case(words, word) != std::string_view::npos; });
}

// What is left of a line behind its address when it holds nothing else.
bool is_only_punctuation(std::string_view rest) {
  return rest.find_first_not_of("\"'>:;.,)]* ") == std::string_view::npos;
}

bool is_title(std::string_view rest) {
  const std::size_t begin = std::min(rest.find_first_not_of("\"'>"), rest.size());
  rest.remove_prefix(begin);
  // Postfix: "<a@b> (expanded from <c@d>): ...".
  if (rest.starts_with(" (")) return rest.find("):") != std::string_view::npos;
  return rest.starts_with(':') || trim(rest).starts_with("...");
}

bool is_command(std::string_view line) { return find_ignoring_case(line, "RCPT TO:") != std::string_view::npos; }

bool is_summary(std::string_view line) {
  return starts_with_ignoring_case(line, "To:") || starts_with_ignoring_case(line, "Cc:");
}

// "Label: <a@b>", and nothing else in the line.
bool is_behind_label(std::string_view line, std::size_t end) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon > kMaxLabelOctets || !is_only_punctuation(line.substr(end)))
    return false;
  const std::string_view label = trim(line.substr(0, colon));
  const auto found = address_at_head(line.substr(colon + 1));
  return label.find('@') == std::string_view::npos && found && colon + 1 + found->end == end &&
         !names_bystander(std::string(label) + ":");
}

class Finder {
 public:
  Finder(const ReportText& text, const Message& message) : text_(text), own_(correspondents(message)) {}

  Mentions mentions() {
    for (std::size_t at = 0; at < text_.returned_at; ++at) {
      if (!text_.lines[at].is_quoted) read_line(at);
    }
    return std::move(mentions_);
  }

 private:
  void read_line(std::size_t at);
  std::optional<Form> form_of(std::size_t at, const FoundAddress& found, bool is_at_head) const;
  bool is_answered_by_refusal(std::size_t at) const;
  const std::string& line(std::size_t at) const { return text_.lines[at].text; }

  const ReportText& text_;
  std::vector<Address> own_;
  Mentions mentions_;
};

// "RCPT TO:<a@b>", and below it a reply that refuses, or the message's.
bool Finder::is_answered_by_refusal(std::size_t at) const {
  for (std::size_t next = at + 1; next < std::min(text_.returned_at, at + 1 + kReplyLines); ++next) {
    if (is_command(line(next))) return false;
    if (holds_refusal(line(next)) || find_smtp_code(line(next)) >= 400) return true;
  }
  return false;
}

std::optional<Form> Finder::form_of(std::size_t at, const FoundAddress& found, bool is_at_head) const {
  const std::string_view whole = line(at);
  const std::string_view rest = whole.substr(found.end);
  if (is_at_head && is_title(rest)) return Form::entry;
  if (is_command(whole)) return is_answered_by_refusal(at) ? std::optional(Form::reply) : std::nullopt;
  if (is_summary(whole)) return Form::summary;
  if (is_behind_label(whole, found.end)) return Form::alone;
  if (names_bystander(whole)) return std::nullopt;
  if (holds_refusal(whole)) return Form::reply;
  const bool heads_deeper =
      at + 1 < text_.lines.size() && !line(at + 1).empty() && text_.lines[at + 1].indent > text_.lines[at].indent;
  if (is_at_head && (is_only_punctuation(rest) || heads_deeper)) return Form::alone;
  return Form::sentence;
}

void Finder::read_line(std::size_t at) {
  const std::string_view whole = line(at);
  std::size_t begin = 0;
  for (std::size_t count = 0; count < kMaxAddressesOfLine; ++count) {
    std::optional<FoundAddress> found = count == 0 ? address_at_head(whole) : std::nullopt;
    const bool is_at_head = found.has_value();
    if (!found) found = address_inside(whole.substr(begin));
    if (!found) return;
    if (!is_at_head) found->end += begin;
    begin = found->end;
    if (stands_among(own_, found->address)) continue;
    if (const auto form = form_of(at, *found, is_at_head)) mentions_.push_back({found->address, *form, at});
  }
}

// Each address once, where it stands most tellingly.
Mentions best_of_each(const Mentions& mentions) {
  Mentions best;
  for (const Mention& mention : mentions) {
    const auto same =
        std::find_if(best.begin(), best.end(), [&](const Mention& known) { return known.address == mention.address; });
    if (same == best.end()) {
      best.push_back(mention);
    } else if (mention.form > same->form) {
      *same = mention;
    }
  }
  return best;
}

bool is_strong(const Mention& mention) { return mention.form >= Form::reply; }

// Who has failed, of all that are named.
Mentions failed_of(Mentions named, const ReturnedMessage& returned) {
  if (std::any_of(named.begin(), named.end(), is_strong)) {
    std::erase_if(named, [](const Mention& mention) { return !is_strong(mention); });
    return named;
  }
  std::erase_if(named, [&](const Mention& mention) { return stands_among(returned.authors, mention.address); });
  const auto is_summary = [](const Mention& mention) { return mention.form == Form::summary; };
  if (!std::all_of(named.begin(), named.end(), is_summary)) std::erase_if(named, is_summary);
  const bool are_alone =
      std::all_of(named.begin(), named.end(), [](const Mention& mention) { return mention.form == Form::alone; });
  if (are_alone || named.size() == 1) return named;
  std::erase_if(named, [&](const Mention& mention) { return !stands_among(returned.recipients, mention.address); });
  return named.size() == 1 ? named : Mentions();
}

// A text in no tongue that is known here, and with no refusal but temporary ones, may be a warning.
Outcome outcome_of(const ReportText& text) {
  if (tells_refusal(text) || says_any(text, failure_words())) return Outcome::failure;
  const auto end = text.lines.begin() + static_cast<std::ptrdiff_t>(text.returned_at);
  const bool is_temporary = std::any_of(text.lines.begin(), end, [](const TextLine& line) {
    return find_smtp_code(line.text) >= 400 || find_status(line.text).starts_with('4');
  });
  return is_temporary ? Outcome::delay : Outcome::failure;
}

}  // namespace

bool tells_refusal(const ReportText& text) {
  const auto end = text.lines.begin() + static_cast<std::ptrdiff_t>(text.returned_at);
  return std::any_of(text.lines.begin(), end, [](const TextLine& line) { return holds_refusal(line.text); });
}

void read_forms(const ReportText& text, const Message& message, SentBy sent_by, Report& report) {
  if (text.returned_at > kMaxLines) return;
  const ReturnedMessage returned = read_returned(text, message);
  const Mentions failed = failed_of(best_of_each(Finder(text, message).mentions()), returned);
  const bool is_system = sent_by == SentBy::mail_system;
  const bool is_sure = std::any_of(failed.begin(), failed.end(), [&](const Mention& mention) {
    return is_strong(mention) && (is_system || text.lines[mention.line].text.starts_with('<'));
  });
  const bool is_plain = is_system && says_any(text, failure_words());
  if (!is_sure && !returned.is_there && !is_plain && !tells_refusal(text)) return;
  const Outcome outcome = outcome_of(text);
  for (const Mention& mention : failed) {
    ReportedRecipient recipient = recipient_of_entry(text, mention.line, mention.address, outcome);
    if (failed.size() == 1) complete_from(text, recipient);
    add_recipient(report, std::move(recipient));
  }
}

}  // namespace majlis::mail
