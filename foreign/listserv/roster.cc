#include "foreign/listserv/roster.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kMark = "***";
constexpr std::string_view kOptionsFor = "Subscription options for ";
constexpr std::string_view kDate = "Subscription date:";
constexpr std::string_view kTopics = "The topics you subscribe to are:";
constexpr std::size_t kOwnColumns = 80;

struct OptionRow {
  std::string_view word;
  std::string_view ours;  // "" = as a member without options has it
};
// SET's options. What has none of ours is not in it.
constexpr std::array kOptions = {
    OptionRow{"MAIL", ""},
    OptionRow{"NOMAIL", "nomail"},
    OptionRow{"NODIGESTS", ""},
    OptionRow{"NODIGEST", ""},
    OptionRow{"INDEX", "index"},
    OptionRow{"NOINDEX", ""},
    OptionRow{"ACK", "ack"},
    OptionRow{"NOACK", ""},
    OptionRow{"REPRO", ""},
    OptionRow{"NOREPRO", "norepro"},
    OptionRow{"CONCEAL", "conceal"},
    OptionRow{"NOCONCEAL", ""},
    OptionRow{"POST", ""},
    OptionRow{"NOPOST", "nopost"},
    OptionRow{"REVIEW", "moderated"},
    OptionRow{"NOREVIEW", ""},
    OptionRow{"EDITOR", "editor"},
    OptionRow{"NOEDITOR", ""},
    OptionRow{"RENEW", ""},
    OptionRow{"NORENEW", "norenew"},
    OptionRow{"FULLHDR", ""},
    OptionRow{"FULL822", ""},
    OptionRow{"SHORTHDR", "shorthdr"},
    OptionRow{"SHORT822", "shorthdr"},
    OptionRow{"DUALHDR", "dualhdr"},
    OptionRow{"IETFHDR", "ietfhdr"},
    OptionRow{"SUBJECTHDR", "subjecthdr"},
    OptionRow{"NOHTML", ""},
    OptionRow{"NOMIME", ""},
    OptionRow{"NOFILES", ""},
};
constexpr std::array<std::string_view, 2> kDigests = {"DIGESTS", "DIGEST"};
constexpr std::string_view kMime = "MIME";

class RosterReader {
 public:
  explicit RosterReader(std::string_view file) : file_(file) {}

  void begin(std::string_view person, std::size_t line) {
    finish();
    has_member_ = true;
    member_ = {};
    member_.person = trim(person);
    member_.from = std::string(file_) + ":" + std::to_string(line);
  }

  void name(std::string_view name) {
    const std::string_view text = trim(name);
    if (text.empty() || member_.person.find('<') != std::string::npos) return;
    std::string quoted = "\"";
    for (const char c : text) {
      if (c == '"' || c == '\\') quoted += '\\';
      quoted += c;
    }
    member_.person = quoted + "\" <" + member_.person + ">";
  }

  void option(std::string_view written) {
    std::string word(trim(written));
    std::transform(word.begin(), word.end(), word.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    const bool is_digest = std::find(kDigests.begin(), kDigests.end(), word) != kDigests.end();
    has_digest_ = has_digest_ || is_digest;
    has_mime_ = has_mime_ || word == kMime;
    if (is_digest || word == kMime || word.empty()) return;
    const auto row =
        std::find_if(kOptions.begin(), kOptions.end(), [&](const OptionRow& each) { return each.word == word; });
    if (row == kOptions.end()) {
      if (unknown_.size() < kMaxUnknown || unknown_.contains(word)) ++unknown_[word];
    } else if (!row->ours.empty()) {
      add(row->ours);
    }
  }

  void topics(std::string_view written) {
    for (const std::string_view word : split_words(written)) {
      std::string_view topic = word.substr(word.starts_with('+') ? 1 : 0);
      while (topic.ends_with(',')) topic.remove_suffix(1);
      if (equals_ignoring_case(topic, "ALL") || topic.empty() || topic.starts_with('-')) continue;
      member_.topics += (member_.topics.empty() ? "" : ",") + std::string(topic);
    }
  }

  bool has_member() const { return has_member_; }
  Roster& roster() { return roster_; }

  Roster end() {
    finish();
    for (const auto& [word, count] : unknown_) {
      roster_.findings.push_back({.what = "option " + word,
                                  .from = std::to_string(count) + (count == 1 ? " member" : " members"),
                                  .why = "there is no such option here"});
    }
    return std::move(roster_);
  }

 private:
  static constexpr std::size_t kMaxUnknown = 200;

  void add(std::string_view option) { member_.options += (member_.options.empty() ? "" : " ") + std::string(option); }

  // NOMAIL keeps the digest for the day when mail is wanted again, as LISTSERV does.
  void finish() {
    if (has_digest_) add(has_mime_ ? "digest-mime" : "digest-plain");
    has_digest_ = false;
    has_mime_ = false;
    if (has_member_) roster_.members.push_back(std::move(member_));
    has_member_ = false;
  }

  std::string_view file_;
  Roster roster_;
  Member member_;
  bool has_member_ = false;
  bool has_digest_ = false;
  bool has_mime_ = false;
  std::map<std::string, std::size_t> unknown_;
};

// "***KEY*** value" in its two parts; empty where it is none.
std::pair<std::string_view, std::string_view> keyed(std::string_view line) {
  if (!line.starts_with(kMark)) return {};
  const std::size_t end = line.find(kMark, kMark.size());
  if (end == std::string_view::npos) return {};
  return {line.substr(kMark.size(), end - kMark.size()), trim(line.substr(end + kMark.size()))};
}

void take_keyed(RosterReader& reader, std::string_view key, std::string_view value, std::size_t line) {
  if (key == "HDR") return reader.begin(value, line);
  if (key == "LIST") reader.roster().list = to_lower_ascii(value);
  if (!reader.has_member()) return;
  if (key == "NAME") reader.name(value);
  if (key == "OPT") reader.option(value);
  if (key == "TOPICS") reader.topics(value);
}

// "Ann Lee <ann@example.org>, list CLUB-L:"
void take_heading(RosterReader& reader, std::string_view text, std::size_t line) {
  const std::size_t list = text.rfind(", list ");
  reader.begin(text.substr(0, list), line);
  if (list == std::string_view::npos) return;
  std::string_view name = trim(text.substr(list + 7));
  while (name.ends_with(':')) name.remove_suffix(1);
  reader.roster().list = to_lower_ascii(name);
}

}  // namespace

bool is_roster_answer(std::string_view text) {
  while (const auto line = next_line(text)) {
    if (trim(*line).empty()) continue;
    return trim(*line).starts_with(kOptionsFor) || !keyed(trim(*line)).first.empty();
  }
  return false;
}

Roster read_roster_answer(std::string_view text, std::string_view file) {
  RosterReader reader(file);
  std::size_t number = 0;
  while (const auto whole = next_line(text)) {
    ++number;
    const std::string_view line = trim(*whole);
    if (line.starts_with(kOptionsFor)) {
      take_heading(reader, line.substr(kOptionsFor.size()), number);
    } else if (const auto [key, value] = keyed(line); !key.empty()) {
      take_keyed(reader, key, value, number);
    } else if (reader.has_member() && line.starts_with(kTopics)) {
      reader.topics(line.substr(kTopics.size()));
    } else if (reader.has_member() && !line.empty() && !line.starts_with(kDate)) {
      const std::string_view word = line.substr(0, line.find_first_of(" \t"));
      const bool is_option = std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
      if (is_option) reader.option(word);
    }
  }
  return reader.end();
}

Roster read_list_file_members(std::string_view text, std::string_view file, std::size_t lines_before) {
  RosterReader reader(file);
  std::size_t number = lines_before;
  std::size_t with_columns = 0;
  while (const auto whole = next_line(text)) {
    ++number;
    const std::string_view line = trim(utf8_prefix(*whole, kOwnColumns));
    if (line.empty()) continue;
    if (whole->size() > kOwnColumns && !trim(whole->substr(kOwnColumns)).empty()) ++with_columns;
    const std::size_t blank = std::min(line.find_first_of(" \t"), line.size());
    reader.begin(line.substr(0, blank), number);
    reader.name(line.substr(blank));
  }
  Roster roster = reader.end();
  if (with_columns > 0) {
    roster.findings.push_back(
        {.what = "options",
         .from = std::to_string(with_columns) + " members",
         .why = "columns 81 to 100 of " + std::string(file) +
                " are LISTSERV's own; the answer to QUERY ***GUI*** LIST FOR * in NAME.gui beside "
                "it tells their options"});
  }
  return roster;
}

}  // namespace majlis::foreign
