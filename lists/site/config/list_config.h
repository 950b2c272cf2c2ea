#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "lists/site/config/config_problem.h"
#include "lists/site/config/settings.h"
#include "mail/address.h"

namespace majlis::lists {

struct Dialect;

// A password as it stands in a configuration text.
struct PlainPassword {
  std::string text;
  std::size_t line = 0;
};

// A list's configuration: values that passed validation, defaults for the rest. Immutable but for set().
class ListConfig {
 public:
  ListConfig() = default;  // every setting at its default

  struct Parsed;
  // A list's own file, which has Majordomo's syntax: "key = value", "key << TAG" ... "TAG", '#' comments. Pure; reads
  // any byte string. A text with a problem is not accepted in part.
  static Parsed parse(std::string_view text);
  // Another one's (dialect.h). `before`: what is in force, for what such a text cannot say or leaves as it is.
  static Parsed parse(std::string_view text, const Dialect& dialect, const ListConfig& before);

  // Checks and normalises one value; refused with the reason otherwise.
  Status set(Setting setting, std::string_view value);
  void unset(Setting setting);
  bool is_set(Setting setting) const;

  // As written and normalised; arrays: lines separated by LF, never with empty ones at the end.
  const std::string& text(Setting setting) const;
  std::string_view choice(Setting setting) const { return text(setting); }
  bool is_on(Setting setting) const;
  std::int64_t integer(Setting setting) const;
  std::vector<std::string> lines(Setting setting) const;
  std::vector<mail::Address> addresses(Setting setting) const;

  // The whole configuration in Majordomo's form, each setting with its comment, those at their default behind a '#';
  // secrets are not in it. Parses back to an equal one.
  std::string write() const;
  // `original` with only the changed settings' lines replaced or appended: comments and order of a person's file are
  // kept. Passwords that stood in it are taken out. An original that is not accepted is replaced as a whole.
  std::string write_into(std::string_view original) const;

  // Keywords this version does not know, kept as they were written: name and value, by name.
  const std::vector<std::pair<std::string, std::string>>& unknown() const { return unknown_; }

  void set_unknown(std::vector<std::pair<std::string, std::string>> keywords) { unknown_ = std::move(keywords); }

  friend bool operator==(const ListConfig&, const ListConfig&) = default;

 private:
  class Reader;
  class Writer;
  std::map<Setting, std::string> values_;
  std::vector<std::pair<std::string, std::string>> unknown_;
};

struct ListConfig::Parsed {
  ListConfig config;
  std::vector<ConfigProblem> problems;         // empty: accepted
  std::vector<ConfigProblem> notes;            // what was read otherwise than it is written
  std::vector<Setting> kept;                   // that the text leaves as they were (Codec::complete())
  std::vector<Phrase> not_obeyed;              // "archive_dir: a configuration does not choose paths"
  std::map<Setting, PlainPassword> passwords;  // only here: the caller hashes and forgets them
};

}  // namespace majlis::lists
