#include "lists/site/config/majordomo_codec.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "lists/site/config/value_lines.h"

namespace majlis::lists {
namespace {

using S = Setting;

// Its switches until 1.93.
constexpr ValueWord kPrivate[] = {{"yes", "list"}, {"y", "list"}, {"no", "open"}, {"n", "open"}};
constexpr Spelling kOldSwitches[] = {
    {"private_get", S::get_access, kPrivate},     {"private_index", S::index_access, kPrivate},
    {"private_info", S::info_access, kPrivate},   {"private_intro", S::intro_access, kPrivate},
    {"private_which", S::which_access, kPrivate}, {"private_who", S::who_access, kPrivate},
};

// What Majordomo 1.94.5 takes as a value where it takes less than we do.
enum class Takes { all, one_word, nothing };

struct Known {
  Setting setting;
  Takes takes = Takes::all;
  std::string_view when_unset = {};  // where an empty value would break its lists; $LIST is the name
};

// The keywords of its config_parse.pl.
constexpr std::array<Known, 47> kKnown = {{
    {S::admin_passwd, Takes::nothing},
    {S::administrivia},
    {S::advertise},
    {S::announcements},
    {S::approve_passwd, Takes::nothing},
    {S::archive_dir},
    {S::comments},
    {S::date_info},
    {S::date_intro},
    {S::debug},
    {S::description},
    {S::digest_archive},
    {S::digest_issue},
    {S::digest_maxdays},
    {S::digest_maxlines},
    {S::digest_name, Takes::all, "$LIST"},
    {S::digest_rm_footer},
    {S::digest_rm_fronter},
    {S::digest_volume},
    {S::digest_work_dir},
    {S::get_access},
    {S::index_access},
    {S::info_access},
    {S::intro_access},
    {S::maxlength},
    {S::message_footer},
    {S::message_fronter},
    {S::message_headers},
    {S::moderate},
    {S::moderator},
    {S::mungedomain},
    {S::noadvertise},
    {S::precedence},
    {S::purge_received},
    {S::reply_to},
    {S::resend_host},
    {S::restrict_post},
    {S::sender, Takes::all, "owner-$LIST"},
    {S::strip},
    {S::subject_prefix, Takes::one_word},
    {S::subscribe_policy},
    {S::taboo_body},
    {S::taboo_headers},
    {S::unsubscribe_policy},
    {S::welcome},
    {S::which_access},
    {S::who_access},
}};

constexpr std::string_view kList = "$LIST";

const std::vector<Spelling>& spellings() {
  static const std::vector<Spelling> kSpellings = [] {
    std::vector<Spelling> rows;
    for (const SettingSpec& spec : all_settings()) rows.push_back({spec.name, spec.setting});
    rows.insert(rows.end(), std::begin(kOldSwitches), std::end(kOldSwitches));
    return rows;
  }();
  return kSpellings;
}

// A blank line in front of the end tag is layout; a lone "-" there is a blank line.
std::string unescape_lines(std::string_view value) {
  while (value.ends_with('\n')) value.remove_suffix(1);
  std::string text;
  bool is_first = true;
  for (const std::string_view line : split_at(value, '\n')) {
    if (!std::exchange(is_first, false)) text += '\n';
    text += unescape_line(line);
  }
  return text;
}

std::string escape_lines(std::string_view value) {
  std::string text;
  for (const std::string& line : split_lines(value)) text += (text.empty() ? "" : "\n") + escape_line(line);
  return text;
}

bool is_text(Setting setting) { return spec_of(setting).type == SettingType::lines; }

// `value` as Majordomo itself takes it; empty where it has no word for it.
std::string value_known_to_it(const Known& known, const std::string& value, std::string_view list) {
  if (known.takes == Takes::nothing) return {};
  if (known.takes == Takes::one_word && split_words(value).size() > 1) return {};
  if (!value.empty() || known.when_unset.empty()) return value;
  std::string named(known.when_unset);
  return named.replace(named.find(kList), kList.size(), list);
}

class MajordomoCodec : public TableCodec {
 public:
  MajordomoCodec() : TableCodec(spellings()) {}

  Reading read(std::string_view keyword, std::string_view value) const override {
    return is_text(settings_of(keyword).front()) ? TableCodec::read(keyword, unescape_lines(value))
                                                 : TableCodec::read(keyword, value);
  }

  std::vector<Statement> write(const ListConfig& config, std::string_view list) const override {
    std::vector<Statement> statements;
    for (const SettingSpec& spec : all_settings()) {
      const std::string& value = config.text(spec.setting);
      const auto known =
          std::find_if(kKnown.begin(), kKnown.end(), [&](const Known& each) { return each.setting == spec.setting; });
      const bool is_known = known != kKnown.end();
      const std::string theirs = is_known ? value_known_to_it(*known, value, list) : std::string();
      if (is_known) statements.push_back(statement(spec, theirs, Statement::Standing::theirs));
      const bool is_ours = is_known ? theirs != value : config.is_set(spec.setting);
      if (is_ours) statements.push_back(statement(spec, value, Statement::Standing::ours));
    }
    for (const auto& [name, value] : config.unknown()) statements.push_back({name, value, Statement::Standing::ours});
    return statements;
  }

 private:
  static Statement statement(const SettingSpec& spec, const std::string& value, Statement::Standing standing) {
    return {std::string(spec.name), is_text(spec.setting) ? escape_lines(value) : value, standing};
  }
};

}  // namespace

const Codec& majordomo_codec() {
  static const MajordomoCodec kCodec;
  return kCodec;
}

}  // namespace majlis::lists
