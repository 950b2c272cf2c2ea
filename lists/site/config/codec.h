#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/list_config.h"
#include "lists/site/config/settings.h"

namespace majlis::lists {

// One setting and its value in the words of the table (settings.h), not checked yet.
struct SettingValue {
  Setting setting;
  std::string value;
  std::size_t line = 0;  // of the keyword's value, from 0, that says it
};

// What a keyword says with one value.
struct Reading {
  std::vector<SettingValue> values = {};
  std::vector<Phrase> remarks = {};  // about what is not obeyed, or otherwise than it is written
  bool is_kept = false;              // the value is kept as well, because that is not in `values`
  std::optional<Phrase> fault = {};  // refused, with the reason; the rest says nothing then
  std::size_t fault_line = 0;        // of the value, from 0
};

// A keyword of a dialect and its value there; several lines are separated by LF.
struct Statement {
  std::string keyword;
  std::string value;
  enum class Standing { theirs, ours } standing = Standing::theirs;  // ours: the dialect itself does not know it
};

// The keywords and values of one dialect, in both directions. One keyword may speak of several settings, and several
// keywords of one setting. Pure.
class Codec {
 public:
  Codec() = default;
  Codec(const Codec&) = delete;
  Codec& operator=(const Codec&) = delete;
  virtual ~Codec() = default;

  // What a keyword (lower case) speaks of, as long as the codec lives; nothing: the dialect does not know it, or
  // shares_settings().
  virtual std::span<const Setting> settings_of(std::string_view keyword) const = 0;
  virtual bool knows(std::string_view keyword) const { return !settings_of(keyword).empty(); }
  // Whether several keywords speak of one setting together, so that a later one does not replace an earlier one:
  // complete() puts them together.
  virtual bool shares_settings() const { return false; }
  // What it says about them with this value. For a keyword that is known.
  virtual Reading read(std::string_view keyword, std::string_view value) const = 0;
  // And back: statements that read as `config` again, as far as the dialect has words for it. `list` is the bare name.
  virtual std::vector<Statement> write(const ListConfig& config, std::string_view list) const = 0;

  // The name under which a keyword that is kept and not obeyed stands among ListConfig::unknown(), and why it is not.
  virtual std::string kept_name(std::string_view keyword) const { return std::string(keyword); }
  virtual FaultId why_kept(std::string_view /*keyword*/) const { return FaultId::unknown_keyword; }
  // The keyword as messages have it.
  virtual std::string shown_name(std::string_view keyword) const { return std::string(keyword); }
  // Whether its value is a password of another program.
  virtual bool is_foreign_secret(std::string_view keyword) const { return lists::is_foreign_secret(keyword); }

  // Where a text is not the whole of a configuration: `config`, which is what `said` says, becomes what the list has
  // when `before` was in force. Returns whom it left as they were.
  virtual bool is_whole() const { return true; }
  virtual std::vector<Setting> complete(ListConfig& /*config*/, const std::vector<Statement>& /*said*/,
                                        const ListConfig& /*before*/) const {
    return {};
  }
};

// One word of a dialect and what it stands for.
struct ValueWord {
  std::string_view word;
  std::string_view value;
};

// What one keyword says about one setting. A keyword with several rows speaks of several settings at once.
struct Spelling {
  std::string_view keyword;  // lower case
  Setting setting;
  std::span<const ValueWord> values =
      {};  // the first word for a value is the one that is written; none: as in settings.h
};

// A codec that is a table and nothing else. The table must outlive it.
class TableCodec : public Codec {
 public:
  explicit TableCodec(std::span<const Spelling> spellings);

  std::span<const Setting> settings_of(std::string_view keyword) const override;
  Reading read(std::string_view keyword, std::string_view value) const override;
  // Each setting once: by the first keyword that says it and everything else it speaks of rightly.
  std::vector<Statement> write(const ListConfig& config, std::string_view list) const override;

 private:
  struct Entry {
    std::vector<const Spelling*> rows;
    std::vector<Setting> settings;
  };
  std::vector<std::string_view> keywords_;  // in the table's order
  std::unordered_map<std::string_view, Entry> entries_;
};

}  // namespace majlis::lists
