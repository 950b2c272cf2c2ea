#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/python/value.h"
#include "lists/site/config/codec.h"

namespace majlis::lists {

// What a text says, by attribute. Strings are UTF-8.
using MailmanSaid = std::map<std::string, foreign::PythonValue, std::less<>>;

// Where the value of an attribute goes: a configuration that it changes, and what is to be said about it.
class MailmanTarget {
 public:
  // `said`: what the same text says of other attributes; nullptr: that is not known, and `config` says it.
  MailmanTarget(ListConfig& config, const MailmanSaid* said) : config_(config), said_(said) {}

  const ListConfig& config() const { return config_; }
  const Reading& reading() const { return reading_; }
  Reading take_reading() { return std::move(reading_); }

  void set(Setting setting, std::string_view value);  // a value that the setting does not take is a fault
  void unset(Setting setting) { config_.unset(setting); }
  void add_word(Setting setting, std::string_view word);   // to words with blanks between them, once
  void take_word(Setting setting, std::string_view word);  // from them
  void keep() { reading_.is_kept = true; }                 // as it is written, beside what it sets
  void keep(Phrase why);                                   // and says so
  void obey_as(std::string_view written, std::string_view obeyed);
  void refuse(Phrase why);

  // Another attribute of the same text; nullptr: it does not stand there.
  const foreign::PythonValue* said(std::string_view attribute) const;
  std::optional<std::int64_t> said_number(std::string_view attribute) const;

 private:
  ListConfig& config_;
  const MailmanSaid* said_;
  Reading reading_;
};

// An attribute of a list of Mailman 2.1 that is obeyed, at least in part.
struct MailmanAttribute {
  std::string_view name;
  void (*apply)(const foreign::PythonValue& value, MailmanTarget& target);
  std::string (*write)(const ListConfig& config);  // the literal that says what `config` has
};

// One family of them each, mailman_NAME.cc. They are applied in this order: of those that speak of one setting together
// the later ones change what the earlier ones set.
std::span<const MailmanAttribute> mailman_people();   // general options, languages, who may join and ask
std::span<const MailmanAttribute> mailman_senders();  // whose posts pass, what is done about DMARC and headers
std::span<const MailmanAttribute> mailman_content();  // content filter, texts around posts, topics

// One whose values are numbers, each of which is a value of one setting.
struct MailmanChoice {
  std::string_view name;
  Setting setting;
  std::vector<std::string_view> values;  // by number, from 0; one that stands twice is written as the first
};
std::span<const MailmanChoice> mailman_choices();

// One that is a number, and the same one of a setting, rounded up and within its bounds.
struct MailmanNumber {
  std::string_view name;
  Setting setting;
};
std::span<const MailmanNumber> mailman_numbers();

// One that nothing here obeys.
struct MailmanKept {
  std::string_view name;
  std::string_view harmless;  // the literal with which it asks for nothing, or for what is so anyhow; "": none is
  FaultId why;
};
std::span<const MailmanKept> mailman_kept();

// Tools of theirs.
std::optional<std::int64_t> mailman_integer(const foreign::PythonValue& value);  // "1" and True as well
// 0..`maximum`, else refused.
std::optional<std::int64_t> mailman_radio(const foreign::PythonValue& value, std::int64_t maximum,
                                          MailmanTarget& target);
std::optional<std::string> mailman_text(const foreign::PythonValue& value, MailmanTarget& target);  // else refused
// Of a list, and of a text with one a line; empty ones are left out.
std::optional<std::vector<std::string>> mailman_lines(const foreign::PythonValue& value, MailmanTarget& target);

// Literals.
std::string literal_of(std::string_view text);
std::string literal_of(std::int64_t number);
std::string literal_of(const std::vector<std::string>& list);
std::string join_lines(const std::vector<std::string>& lines);

}  // namespace majlis::lists
