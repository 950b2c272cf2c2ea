// What the families of Mailman's attributes have in common.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "foreign/python/number.h"
#include "foreign/python/write.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/mailman_attributes.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {

using foreign::PythonKind;
using foreign::PythonValue;

namespace {

constexpr std::int64_t kMost = 1'000'000'000;

}  // namespace

void MailmanTarget::set(Setting setting, std::string_view value) {
  const Status done = config_.set(setting, value);
  if (!done) refuse(done.error().phrase);
}

void MailmanTarget::add_word(Setting setting, std::string_view word) {
  take_word(setting, word);
  const std::string& words = config_.text(setting);
  set(setting, words.empty() ? std::string(word) : words + " " + std::string(word));
}

void MailmanTarget::take_word(Setting setting, std::string_view word) {
  std::string left;
  for (const std::string_view each : split_words(config_.text(setting))) {
    if (!equals_ignoring_case(each, word)) left += (left.empty() ? "" : " ") + std::string(each);
  }
  if (left.empty()) {
    unset(setting);
  } else {
    set(setting, left);
  }
}

void MailmanTarget::keep(Phrase why) {
  keep();
  reading_.remarks.push_back(std::move(why));
}

void MailmanTarget::obey_as(std::string_view written, std::string_view obeyed) {
  Phrase phrase = fault_of(FaultId::header_obeyed_as, written);
  phrase.values.emplace("obeyed", obeyed);
  keep(std::move(phrase));
}

void MailmanTarget::refuse(Phrase why) {
  if (!reading_.fault) reading_.fault = std::move(why);
}

const PythonValue* MailmanTarget::said(std::string_view attribute) const {
  if (said_ == nullptr) return nullptr;
  const auto found = said_->find(attribute);
  return found == said_->end() ? nullptr : &found->second;
}

std::optional<std::int64_t> MailmanTarget::said_number(std::string_view attribute) const {
  const PythonValue* value = said(attribute);
  return value == nullptr ? std::nullopt : mailman_integer(*value);
}

std::optional<std::int64_t> mailman_integer(const PythonValue& value) {
  if (const auto text = value.as_octets()) {
    const auto number = parse_number(trim(*text));
    return number && *number <= std::uint64_t{kMost} ? std::optional(static_cast<std::int64_t>(*number)) : std::nullopt;
  }
  if (!value.is(PythonKind::real)) return value.as_integer();
  const auto rounded = foreign::whole_part(std::ceil(*value.as_number()));
  return rounded && *rounded >= -kMost && *rounded <= kMost ? rounded : std::nullopt;
}

std::optional<std::int64_t> mailman_radio(const PythonValue& value, std::int64_t maximum, MailmanTarget& target) {
  const auto number = mailman_integer(value);
  if (number && *number >= 0 && *number <= maximum) return number;
  target.refuse(fault(FaultId::no_number, {{"value", printable_utf8(foreign::write_literal(value), 60)},
                                           {"minimum", "0"},
                                           {"maximum", std::to_string(maximum)}}));
  return std::nullopt;
}

std::optional<std::string> mailman_text(const PythonValue& value, MailmanTarget& target) {
  if (const auto text = value.as_octets()) return std::string(*text);
  target.refuse(fault_of(FaultId::python_no_text, foreign::write_literal(value)));
  return std::nullopt;
}

std::optional<std::vector<std::string>> mailman_lines(const PythonValue& value, MailmanTarget& target) {
  std::vector<std::string> lines;
  const auto add = [&](std::string_view text) {
    for (const std::string& line : split_lines(text)) {
      if (!trim(line).empty()) lines.emplace_back(trim(line));
    }
  };
  if (const auto text = value.as_octets()) {
    add(*text);
    return lines;
  }
  const auto is_text = [](const PythonValue& each) { return each.as_octets().has_value(); };
  const bool is_list = value.is(PythonKind::list) || value.is(PythonKind::tuple);
  if (!is_list || !std::all_of(value.items().begin(), value.items().end(), is_text)) {
    target.refuse(fault_of(FaultId::python_no_list, foreign::write_literal(value)));
    return std::nullopt;
  }
  for (const PythonValue& each : value.items()) add(*each.as_octets());
  return lines;
}

std::string literal_of(std::string_view text) { return foreign::write_literal(PythonValue::octets(text)); }

std::string literal_of(std::int64_t number) { return std::to_string(number); }

std::string literal_of(const std::vector<std::string>& list) {
  std::string literal = "[";
  for (const std::string& each : list) literal += (literal.size() == 1 ? "" : ", ") + literal_of(each);
  return literal + "]";
}

std::string join_lines(const std::vector<std::string>& lines) {
  std::string joined;
  for (const std::string& line : lines) joined += (joined.empty() ? "" : "\n") + line;
  return joined;
}

}  // namespace majlis::lists
