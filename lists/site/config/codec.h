#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "lists/site/config/list_config.h"
#include "lists/site/config/settings.h"

namespace majlis::lists {

// One setting and its value in the words of the table (settings.h), not checked yet.
struct SettingValue {
  Setting setting;
  std::string value;
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

  // What a keyword (lower case) speaks of; nothing: the dialect does not know it. Good as long as the codec.
  virtual std::span<const Setting> settings_of(std::string_view keyword) const = 0;
  // What it says about them with this value; refused with "keyword: why". For a keyword that is known.
  virtual Result<std::vector<SettingValue>> read(std::string_view keyword, std::string_view value) const = 0;
  // And back: statements that read as `config` again, as far as the dialect has words for it. `list` is the bare name.
  virtual std::vector<Statement> write(const ListConfig& config, std::string_view list) const = 0;
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
  Result<std::vector<SettingValue>> read(std::string_view keyword, std::string_view value) const override;
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
