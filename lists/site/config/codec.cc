#include "lists/site/config/codec.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "lists/site/config/config_fault.h"

namespace majlis::lists {
namespace {

using Rows = std::vector<const Spelling*>;

const ValueWord* find_word(const Spelling& row, std::string_view word) {
  const auto found = std::find_if(row.values.begin(), row.values.end(),
                                  [&](const ValueWord& known) { return equals_ignoring_case(known.word, word); });
  return found == row.values.end() ? nullptr : &*found;
}

// "must be one of public, private (it is post_access, moderate today)"
Phrase not_a_word(const Rows& rows, const Spelling& row) {
  std::string words;
  std::set<std::string_view> values;
  for (const ValueWord& known : row.values) {
    if (values.insert(known.value).second) words += (words.empty() ? "" : ", ") + std::string(known.word);
  }
  std::string settings;
  for (const Spelling* each : rows) {
    settings += (settings.empty() ? "" : ", ") + std::string(spec_of(each->setting).name);
  }
  return fault(FaultId::wrong_word, {{"words", words}, {"settings", settings}});
}

bool says(const Rows& rows, std::string_view word, const ListConfig& config) {
  return std::all_of(rows.begin(), rows.end(), [&](const Spelling* row) {
    const ValueWord* known = find_word(*row, word);
    return known != nullptr && known->value == config.text(row->setting);
  });
}

// The value with which these rows of one keyword say what `config` says; nullopt: there is none.
std::optional<std::string> value_for(const Rows& rows, const ListConfig& config) {
  const Spelling& first = *rows.front();
  if (first.values.empty()) {
    const std::string& text = config.text(first.setting);
    const bool agree = std::all_of(rows.begin(), rows.end(), [&](const Spelling* row) {
      return row->values.empty() ? config.text(row->setting) == text : says({row}, text, config);
    });
    return agree ? std::optional(text) : std::nullopt;
  }
  for (const ValueWord& known : first.values) {
    if (says(rows, known.word, config)) return std::string(known.word);
  }
  return std::nullopt;
}

}  // namespace

TableCodec::TableCodec(std::span<const Spelling> spellings) {
  for (const Spelling& row : spellings) {
    Entry& entry = entries_[row.keyword];
    if (entry.rows.empty()) keywords_.push_back(row.keyword);
    entry.rows.push_back(&row);
    entry.settings.push_back(row.setting);
  }
}

std::span<const Setting> TableCodec::settings_of(std::string_view keyword) const {
  const auto found = entries_.find(keyword);
  return found == entries_.end() ? std::span<const Setting>() : found->second.settings;
}

Reading TableCodec::read(std::string_view keyword, std::string_view value) const {
  const Rows& rows = entries_.at(keyword).rows;
  Reading reading;
  for (const Spelling* row : rows) {
    const ValueWord* known = find_word(*row, value);
    if (known == nullptr && !row->values.empty() && !value.empty()) return Reading{.fault = not_a_word(rows, *row)};
    reading.values.push_back({row->setting, std::string(known == nullptr ? value : known->value)});
  }
  return reading;
}

std::vector<Statement> TableCodec::write(const ListConfig& config, std::string_view /*list*/) const {
  std::vector<Statement> statements;
  std::set<Setting> said;
  for (const std::string_view keyword : keywords_) {
    const Entry& entry = entries_.at(keyword);
    const auto is_said = [&](Setting setting) { return said.contains(setting); };
    if (std::all_of(entry.settings.begin(), entry.settings.end(), is_said)) continue;
    std::optional<std::string> value = value_for(entry.rows, config);
    if (!value) continue;
    statements.push_back({std::string(keyword), std::move(*value)});
    said.insert(entry.settings.begin(), entry.settings.end());
  }
  return statements;
}

}  // namespace majlis::lists
