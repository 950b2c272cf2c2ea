#include "lists/site/config/listserv_codec.h"

#include <algorithm>
#include <map>

#include "base/text.h"
#include "lists/site/config/header_text.h"
#include "lists/site/config/listserv_keywords.h"
#include "lists/site/config/setting_value.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kKeptPrefix = "listserv-";
constexpr std::string_view kSwitchedOff = "subscribe";

using Values = std::map<Setting, std::string>;

std::string kept_name_of(std::string_view keyword) {
  if (keyword.starts_with('.')) keyword.remove_prefix(1);
  return std::string(kKeptPrefix).append(keyword);
}

// The keyword that is obeyed and kept under this name; nullptr: it is another's.
const HeaderKeyword* keyword_of_kept(std::string_view name) {
  if (!name.starts_with(kKeptPrefix)) return nullptr;
  name.remove_prefix(kKeptPrefix.size());
  const HeaderKeyword* known = find_header_keyword(name);
  return known != nullptr ? known : find_header_keyword("." + std::string(name));
}

std::string kept_of(const ListConfig& config, std::string_view keyword) {
  const std::string name = kept_name_of(keyword);
  for (const auto& [known, value] : config.unknown()) {
    if (known == name) return value;
  }
  return {};
}

// What a keyword says, as the settings would have it.
Values values_of(const HeaderKeyword& keyword, std::string_view value) {
  Values values;
  if (value.empty()) return values;
  for (const SettingValue& each : keyword.read(header_items(keyword, value)).values) {
    const Result<std::string> normal = normalise_value(spec_of(each.setting), each.value);
    if (normal) values[each.setting] = *normal;
  }
  return values;
}

// Whether what was kept says what is so, and leaves out nothing that `written`, the settings in their own words, says.
bool says_as_much(const HeaderKeyword& keyword, std::string_view kept, std::string_view written,
                  const ListConfig& config) {
  const Values values = values_of(keyword, kept);
  const Values wanted = values_of(keyword, written);
  const bool is_so = std::all_of(values.begin(), values.end(),
                                 [&](const auto& each) { return config.text(each.first) == each.second; });
  return is_so && std::all_of(wanted.begin(), wanted.end(), [&](const auto& each) {
           const auto said = values.find(each.first);
           return each.second == (said == values.end() ? spec_of(each.first).default_value : said->second);
         });
}

// The value as it was written, as long as it says what is so.
std::string value_for(const HeaderKeyword& keyword, const ListConfig& config) {
  std::string value = keyword.write(config);
  std::string kept = kept_of(config, keyword.name);
  if (!kept.empty() && says_as_much(keyword, kept, value, config)) return kept;
  const bool has_values = !keyword.name.starts_with('.');
  return has_values ? in_short_lines(keyword.name, value) : value;
}

const Statement* find_statement(const std::vector<Statement>& statements, std::string_view keyword) {
  const auto found = std::find_if(statements.begin(), statements.end(),
                                  [&](const Statement& each) { return each.keyword == keyword; });
  return found == statements.end() ? nullptr : &*found;
}

Values values_in(const std::vector<Statement>& statements, const HeaderKeyword& keyword) {
  const Statement* said = find_statement(statements, keyword.name);
  return values_of(keyword, said == nullptr ? keyword.default_value : std::string_view(said->value));
}

void copy_value(const ListConfig& from, Setting setting, ListConfig& to) {
  to.unset(setting);
  if (from.is_set(setting)) static_cast<void>(to.set(setting, from.text(setting)));
}

// Other commands that are switched off are no business of a header's.
void merge_commands_off(const ListConfig& before, bool is_closed, ListConfig& config) {
  std::string words;
  for (const std::string_view word : split_words(before.text(Setting::commands_off))) {
    if (!equals_ignoring_case(word, kSwitchedOff)) words += (words.empty() ? "" : " ") + std::string(word);
  }
  if (is_closed) words += (words.empty() ? "" : " ") + std::string(kSwitchedOff);
  static_cast<void>(config.set(Setting::commands_off, words));
}

class ListservCodec : public Codec {
 public:
  std::span<const Setting> settings_of(std::string_view keyword) const override {
    const HeaderKeyword* known = find_header_keyword(keyword);
    return known == nullptr ? std::span<const Setting>() : known->settings;
  }

  Reading read(std::string_view keyword, std::string_view value) const override {
    const HeaderKeyword& known = *find_header_keyword(keyword);
    const HeaderItems items = header_items(known, value);
    if (items.empty()) return Reading{.fault = fault(FaultId::header_keyword_empty)};
    Reading reading = known.read(items);
    return with_one_value_each(std::move(reading));
  }

  std::vector<Statement> write(const ListConfig& config, std::string_view /*list*/) const override {
    std::vector<Statement> statements;
    Statement free_text;
    for (const HeaderKeyword& keyword : header_keywords()) {
      Statement statement{std::string(keyword.name), value_for(keyword, config)};
      if (statement.value.empty()) continue;
      if (keyword.name == kHeaderText) {
        free_text = std::move(statement);
      } else {
        statements.push_back(std::move(statement));
      }
    }
    add_kept(config, statements);
    hide(config, statements);
    if (!free_text.keyword.empty()) statements.push_back(std::move(free_text));
    return statements;
  }

  std::string kept_name(std::string_view keyword) const override { return kept_name_of(keyword); }
  FaultId why_kept(std::string_view keyword) const override { return why_header_keyword_is_kept(keyword); }
  std::string shown_name(std::string_view keyword) const override {
    if (keyword == kHeaderHidden) return ".HH";
    if (keyword == kHeaderInclude) return ".IK";
    return std::string(keyword.substr(keyword.starts_with('.') ? 1 : 0));
  }
  bool is_foreign_secret(std::string_view keyword) const override {
    return keyword == kHeaderPassword || Codec::is_foreign_secret(keyword);
  }

  bool is_whole() const override { return false; }
  std::vector<Setting> complete(ListConfig& config, const std::vector<Statement>& said,
                                const ListConfig& before) const override {
    const std::vector<Statement> written = as_read_again(before);
    std::vector<Setting> left;
    for (const SettingSpec& spec : all_settings()) {
      if (!is_spoken_of(spec.setting)) copy_value(before, spec.setting, config);
    }
    for (const HeaderKeyword& keyword : header_keywords()) {
      const bool is_said = find_statement(said, keyword.name) != nullptr;
      if (!is_said && keyword.when_absent == WhenAbsent::stays) {
        leave(keyword, before, config, left);
      } else {
        settle(keyword, values_in(said, keyword), values_in(written, keyword), before, config);
      }
    }
    keep_what_stays(said, before, config);
    return left;
  }

 private:
  // Refuses a setting that is said twice.
  static Reading with_one_value_each(Reading reading) {
    Values said;
    for (const SettingValue& each : reading.values) {
      const auto [first, is_new] = said.emplace(each.setting, each.value);
      if (!is_new && first->second != each.value) return contradicting({each.value, each.line}, first->second);
    }
    return reading;
  }

  static void add_kept(const ListConfig& config, std::vector<Statement>& statements) {
    for (const auto& [name, value] : config.unknown()) {
      if (!name.starts_with(kKeptPrefix)) continue;
      const std::string keyword = name.substr(kKeptPrefix.size());
      const bool is_written = keyword_of_kept(name) != nullptr || name == kept_name_of(kHeaderHidden);
      if (is_written) continue;
      const bool is_include = name == kept_name_of(kHeaderInclude);
      statements.push_back({is_include ? std::string(kHeaderInclude) : keyword, value});
    }
  }

  // Everything but title and free text, as .HH has it.
  static void hide(const ListConfig& config, std::vector<Statement>& statements) {
    if (kept_of(config, kHeaderHidden).empty()) return;
    const bool has_title = !statements.empty() && statements.front().keyword == kHeaderTitle;
    statements.insert(statements.begin() + (has_title ? 1 : 0), Statement{std::string(kHeaderHidden), "ON"});
    statements.push_back({std::string(kHeaderHidden), "OFF"});
  }

  std::vector<Statement> as_read_again(const ListConfig& config) const {
    std::vector<Statement> statements;
    for (Assignment& assignment : scan_header(print_header(write(config, ""))).assignments) {
      statements.push_back({std::move(assignment.key), std::move(assignment.value)});
    }
    return statements;
  }

  static bool is_spoken_of(Setting setting) {
    const std::span<const HeaderKeyword> keywords = header_keywords();
    return std::any_of(keywords.begin(), keywords.end(), [&](const HeaderKeyword& keyword) {
      return std::find(keyword.settings.begin(), keyword.settings.end(), setting) != keyword.settings.end();
    });
  }

  static void leave(const HeaderKeyword& keyword, const ListConfig& before, ListConfig& config,
                    std::vector<Setting>& left) {
    for (const Setting setting : keyword.settings) {
      copy_value(before, setting, config);
      const bool names_people = setting == Setting::owner || setting == Setting::moderators;
      if (names_people && before.is_set(setting)) left.push_back(setting);
    }
  }

  // Who may post beside those whom an export of `before` names, or in their place.
  static bool is_unsaid_poster(Setting setting, const ListConfig& before) {
    if (setting == Setting::restrict_post || setting == Setting::accept_these_nonmembers) return true;
    const std::string_view choice = setting == Setting::nonmember_posts ? before.choice(setting) : "";
    return choice == "accept" || choice == "challenge";
  }

  static bool says_what_is_so(const Values& written, Setting setting, const ListConfig& before) {
    const auto said = written.find(setting);
    return said != written.end() && said->second == before.text(setting);
  }

  // `now`: what the header says; `written`: what an export of the list as it was would say.
  static void settle(const HeaderKeyword& keyword, const Values& now, const Values& written, const ListConfig& before,
                     ListConfig& config) {
    for (const Setting setting : keyword.settings) {
      const auto said = now.find(setting);
      if (now == written) {
        copy_value(before, setting, config);
      } else if (setting == Setting::commands_off) {
        merge_commands_off(before, said != now.end(), config);
      } else if (said != now.end()) {
        static_cast<void>(config.set(setting, said->second));
      } else if (says_what_is_so(written, setting, before) || is_unsaid_poster(setting, before)) {
        config.unset(setting);
      } else {
        copy_value(before, setting, config);
      }
    }
  }

  // What is kept for other dialects, and beside keywords that the header leaves as they are.
  static void keep_what_stays(const std::vector<Statement>& said, const ListConfig& before, ListConfig& config) {
    std::vector<std::pair<std::string, std::string>> keywords = config.unknown();
    for (const auto& each : before.unknown()) {
      const bool is_ours = each.first.starts_with(kKeptPrefix);
      const auto* keyword = keyword_of_kept(each.first);
      const bool stays = keyword != nullptr && keyword->when_absent == WhenAbsent::stays &&
                         find_statement(said, keyword->name) == nullptr;
      if (!is_ours || stays) keywords.push_back(each);
    }
    config.set_unknown(std::move(keywords));
  }
};

}  // namespace

std::string without_secrets(std::string_view header) {
  std::vector<Statement> statements;
  bool has_secret = false;
  for (Assignment& assignment : scan_header(header).assignments) {
    const bool is_secret = listserv_codec().is_foreign_secret(assignment.key);
    has_secret = has_secret || is_secret;
    if (!is_secret) statements.push_back({std::move(assignment.key), std::move(assignment.value)});
  }
  if (!has_secret) return std::string(header);
  // Nothing but the title may be read as one.
  std::stable_partition(statements.begin(), statements.end(),
                        [](const Statement& each) { return each.keyword != kHeaderText; });
  std::stable_partition(statements.begin(), statements.end(),
                        [](const Statement& each) { return each.keyword == kHeaderTitle; });
  return print_header(statements);
}

const Codec& listserv_codec() {
  static const ListservCodec kCodec;
  return kCodec;
}

}  // namespace majlis::lists
