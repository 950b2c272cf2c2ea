#include "mail/bounces/bounce_prose.h"

#include <algorithm>
#include <limits>

#include "base/text.h"
#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"
#include "mail/bounces/bounce_entry.h"
#include "mail/bounces/bounce_status.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kToFieldLines = 60;

// Where a phrase ends.
struct Place {
  std::size_t line = 0;
  std::size_t column = 0;  // in the line's text
};

class Prose {
 public:
  Prose(const ReportText& text, Outcome outcome, std::string_view domain, Report& report)
      : text_(text), outcome_(outcome), domain_(domain), report_(report) {
    for (const TextLine& line : text.lines)
      heads_.push_back(line.is_quoted ? std::nullopt : address_at_head(line.text));
  }

  // Asks one layout; true when it named somebody.
  bool ask(const Layout& layout);

 private:
  std::optional<Place> find_phrase(std::string_view phrase, std::size_t from) const;
  bool take_behind(const Place& place, AddressForm form);
  bool take_list(const Place& place, std::string_view end);
  bool take_transcript(const Place& place);
  bool take_to_field(const Place& place);
  bool take_bare_names(const Place& place);
  bool take(const Place& place, const Layout& layout);
  void add(const Address& address, std::size_t line);
  const std::string& line(std::size_t at) const { return text_.lines[at].text; }

  const ReportText& text_;
  Outcome outcome_;
  std::string_view domain_;
  Report& report_;
  std::vector<std::optional<FoundAddress>> heads_;  // what each line begins with, looked up once
};

std::optional<Place> Prose::find_phrase(std::string_view phrase, std::size_t from) const {
  for (std::size_t at = from; at < text_.returned_at; ++at) {
    if (text_.lines[at].is_quoted) continue;
    const std::size_t found = text_.lines[at].lower.find(phrase);
    if (found >= line(at).size()) continue;  // not here, or not before the next line
    Place place{at, found + phrase.size()};
    while (place.column > line(place.line).size() && place.line + 1 < text_.returned_at) {
      place.column -= line(place.line).size() + 1;
      ++place.line;
    }
    return place;
  }
  return std::nullopt;
}

void Prose::add(const Address& address, std::size_t at) {
  add_recipient(report_, recipient_of_entry(text_, at, address, outcome_));
}

bool Prose::take_behind(const Place& place, AddressForm form) {
  const auto search = [&](std::string_view text) {
    return form == AddressForm::inside ? address_inside(text) : address_at_head(text);
  };
  const std::string_view rest =
      std::string_view(line(place.line)).substr(std::min(place.column, line(place.line).size()));
  if (const auto found = search(rest)) return add(found->address, place.line), true;
  const bool may_go_on = trim(rest).empty() || trim(rest) == ":";
  if (!may_go_on || place.line + 1 >= text_.returned_at) return false;
  const auto below = search(line(place.line + 1));
  if (below) add(below->address, place.line + 1);
  return below.has_value();
}

// What is left of an entry's line behind its address when it holds nothing else.
bool is_only_an_address(std::string_view rest) {
  return rest.find_first_not_of("\"'>:;.,)* ") == std::string_view::npos;
}

// Entries stand no deeper than the first of them, and begin a paragraph, follow another entry, or follow deeper lines;
// a line that holds nothing but an address is the first entry wherever it stands, and with a colon behind any entry.
bool Prose::take_list(const Place& place, std::string_view end) {
  std::size_t depth = std::numeric_limits<std::size_t>::max();
  bool found_any = take_behind(place, AddressForm::behind);
  bool may_begin = true;
  for (std::size_t at = place.line + 1; at < text_.returned_at; ++at) {
    const TextLine& here = text_.lines[at];
    if (!end.empty() && here.lower.find(end) < here.text.size()) break;
    if (here.text.empty() || here.indent > depth) {
      may_begin = true;
      continue;
    }
    const std::optional<FoundAddress>& found = heads_[at];
    const std::string_view rest = found ? std::string_view(here.text).substr(found->end) : std::string_view();
    const bool is_alone = found && is_only_an_address(rest);
    const bool is_title = is_alone && rest.find(':') != std::string_view::npos;
    if (found && (may_begin || is_title || (is_alone && !found_any))) {
      add(found->address, at);
      depth = std::min(depth, here.indent);
      found_any = true;
    }
    may_begin = found.has_value();
  }
  return found_any;
}

bool Prose::take_transcript(const Place& place) {
  bool found_any = false;
  for (std::size_t at = place.line + 1; at < text_.returned_at; ++at) {
    const int code = find_smtp_code(std::string_view(line(at)).substr(0, 4));
    if (code < 500) continue;
    std::string_view rest = std::string_view(line(at)).substr(4);
    const std::string status = find_status(rest.substr(0, 10));
    if (!status.empty() && rest.starts_with(status)) rest.remove_prefix(status.size());
    if (!trim(rest).starts_with('<')) continue;
    const auto found = address_at_head(rest);
    if (!found) continue;
    add(found->address, at);
    found_any = true;
  }
  return found_any;
}

bool Prose::take_to_field(const Place& place) {
  const std::size_t end = std::min(place.line + kToFieldLines, text_.lines.size());
  for (std::size_t at = place.line + 1; at < end; ++at) {
    std::string_view text = line(at);
    if (starts_with_ignoring_case(text, "RCPT ")) text.remove_prefix(5);
    if (!starts_with_ignoring_case(text, "To:")) continue;
    const auto found = address_inside(text.substr(3));
    if (found) add(found->address, at);
    return found.has_value();
  }
  return false;
}

bool Prose::take_bare_names(const Place& place) {
  if (domain_.empty()) return false;
  bool found_any = false;
  for (std::size_t at = place.line + 1; at < text_.returned_at; ++at) {
    const TextLine& here = text_.lines[at];
    if (here.text.empty() || here.indent == 0 || here.text.find_first_of(" @") != std::string::npos) break;
    const auto address = Address::parse(here.text + "@" + std::string(domain_));
    if (!address) break;
    add(*address, at);
    found_any = true;
  }
  return found_any;
}

bool Prose::take(const Place& place, const Layout& layout) {
  switch (layout.form) {
    case AddressForm::list: return take_list(place, layout.end);
    case AddressForm::behind:
    case AddressForm::inside: return take_behind(place, layout.form);
    case AddressForm::transcript: return take_transcript(place);
    case AddressForm::to_field: return take_to_field(place);
    case AddressForm::bare_names: return take_bare_names(place);
  }
  return false;
}

bool Prose::ask(const Layout& layout) {
  bool found_any = false;
  std::optional<Place> place = find_phrase(layout.start, 0);
  while (place) {
    found_any = take(*place, layout) || found_any;
    if (found_any && layout.form == AddressForm::list) break;  // it has read on to the end
    place = find_phrase(layout.start, place->line + 1);
  }
  return found_any;
}

}  // namespace

void read_prose(const ReportText& text, Outcome outcome, const ProseSource& source, Report& report) {
  Prose prose(text, outcome, source.domain, report);
  const auto ask = [&](const Layout& layout) {
    return (layout.trust != Trust::mail_system || source.trust == Trust::mail_system) && prose.ask(layout);
  };
  const auto layouts = bounce_layouts();
  std::any_of(layouts.begin(), layouts.end(), ask);
  for (const Layout& layout : further_layouts()) ask(layout);
}

}  // namespace majlis::mail
