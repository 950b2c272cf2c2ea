#include "foreign/majordomo/list_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "foreign/source/files.h"
#include "foreign/source/mbox_source.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kConfig = ".config";
constexpr std::size_t kMaxArchiveDepth = 3;
constexpr std::array<std::string_view, 3> kNoLists = {"RCS", "CVS", "core"};

// Of config_parse.pl, and what resend does about things that no keyword speaks of; in words of ours.
constexpr std::array<std::pair<const char*, const char*>, 16> kDefaults = {{
    {"subscribe_policy", "open"},
    {"unsubscribe_policy", "open"},
    {"who_access", "open"},
    {"which_access", "open"},
    {"info_access", "open"},
    {"intro_access", "list"},
    {"get_access", "list"},
    {"index_access", "open"},
    {"moderate", "no"},
    {"administrivia", "yes"},
    {"maxlength", "40000"},
    {"noadvertise", ""},
    {"precedence", "bulk"},
    {"post_access", "open"},
    {"attachments", "yes"},
    {"html", "keep"},
}};

// Before 1.94 such a file switched something; it counts where there is no configuration.
struct Flag {
  std::string_view ending;
  std::string_view lines;
};
constexpr std::array kFlags = {
    Flag{".private", "get_access = closed\nindex_access = closed\nwho_access = closed\nwhich_access = closed\n"},
    Flag{".auto", "subscribe_policy = auto\nunsubscribe_policy = auto\n"},
    Flag{".closed", "subscribe_policy = closed\nunsubscribe_policy = closed\n"},
    Flag{".strip", "strip = yes\n"},
    Flag{".hidden", "noadvertise << END\n/.*/\nEND\n"},
};

struct Working {
  std::string_view ending;
  std::string_view why;
};
constexpr std::array kWorkingFiles = {
    Working{".config.LOCK", "a lock of Majordomo's"},
    Working{".config.out", "a copy that Majordomo made while it worked"},
    Working{".new.config", "a copy that Majordomo made while it worked"},
    Working{".old.config", "the configuration of before"},
    Working{".new", "the members while somebody left"},
    Working{".old", "the members of before"},
};

bool is_word_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// Whether a file of mail: its first line is an envelope.
bool begins_as_mbox(const std::string& path) {
  Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return false;
  std::array<char, 5> begin{};
  return read(fd->get(), begin.data(), begin.size()) == 5 && std::string_view(begin.data(), begin.size()) == "From ";
}

class ListFiles {
 public:
  ListFiles(const ListPlace& place, const std::string& list_name) : place_(&place) { list_.name = list_name; }

  Result<ForeignList> read() {
    Status done = read_config();
    if (done) done = read_members();
    if (!done) return done.error();
    read_password();
    for (const char* text : {"info", "intro"}) read_text_file(text);
    for (const Working& file : kWorkingFiles) tell_working_file(file);
    add_archive(place_->archive, 0);
    find_posters();
    return std::move(list_);
  }

 private:
  std::string path(std::string_view ending) const { return place_->folder + "/" + place_->name + std::string(ending); }
  std::string file(std::string_view ending) const { return place_->name + std::string(ending); }

  Status read_config() {
    list_.config.dialect = "majordomo";
    for (const auto& [setting, value] : kDefaults) list_.config.defaults.emplace_back(setting, value);
    const std::string config = place_->config.empty() ? path(kConfig) : place_->config;
    if (type_of(config) == FileType::missing) {
      read_flags();
      return {};
    }
    Result<std::string> text = foreign::read_text(config, kMaxConfigOctets);
    if (!text) return text.error();
    list_.config.text = std::move(*text);
    list_.config.from = base_name(config);
    return {};
  }

  void read_flags() {
    for (const Flag& flag : kFlags) {
      if (type_of(path(flag.ending)) == FileType::missing) continue;
      list_.config.text += flag.lines;
      list_.config.from = file(flag.ending);
      list_.findings.push_back({.what = file(flag.ending), .from = "a flag", .to = "settings", .fate = Fate::carried});
    }
  }

  Status read_members() {
    if (type_of(path("")) == FileType::missing || !place_->config.empty()) return {};
    Result<std::string> text = foreign::read_text(path(""), kMaxRosterOctets);
    if (!text) return text.error();
    add_members(*text, place_->name, "", list_.members);
    return {};
  }

  void read_password() {
    if (type_of(path(".passwd")) == FileType::missing) return;
    Result<std::string> text = foreign::read_text(path(".passwd"), kMaxTextOctets);
    if (!text) return list_.unread.push_back(text.error());
    const std::string_view first = trim(std::string_view(*text).substr(0, text->find('\n')));
    if (!first.empty()) list_.passwords.push_back({"admin_passwd", std::string(first), file(".passwd")});
  }

  void read_text_file(const std::string& name) {
    const std::string ending = "." + name;
    if (type_of(path(ending)) == FileType::missing) return;
    Result<std::string> text = foreign::read_text(path(ending), kMaxTextOctets);
    if (!text) return list_.unread.push_back(text.error());
    if (!trim(*text).empty()) list_.texts.push_back({.name = name, .bytes = std::move(*text), .from = file(ending)});
  }

  void tell_working_file(const Working& working) {
    if (type_of(path(working.ending)) == FileType::missing) return;
    list_.findings.push_back({.what = file(working.ending), .from = "a file", .why = std::string(working.why)});
  }

  // A month of mail goes into the archive, all else is for who asks for files.
  void add_archive(const std::string& folder, std::size_t depth) {
    const FileType type = type_of(folder);
    if (type == FileType::file) return add_archive_file(folder);
    if (type == FileType::missing) return;
    if (type == FileType::other || depth >= kMaxArchiveDepth) {
      const char* why =
          depth >= kMaxArchiveDepth ? "the folders are too deep" : "a link, or no file: it is not followed";
      return list_.findings.push_back({.what = std::string(base_name(folder)), .from = folder, .why = why});
    }
    Result<std::vector<std::string>> names = names_in(folder);
    if (!names) return list_.unread.push_back(names.error());
    for (const std::string& name : *names) add_archive(folder + "/" + name, depth + 1);
  }

  void add_archive_file(const std::string& path) {
    const std::string name(base_name(path));
    if (begins_as_mbox(path)) {
      list_.archives.push_back({name, [path] { return open_mbox(path); }});
    } else {
      list_.files.push_back({.name = name, .bytes = "", .from = name, .path = path});
    }
  }

  // restrict_post names files of addresses beside the lists'.
  void find_posters() {
    const std::string named = value_in(list_.config.text, "restrict_post");
    std::string separated = named;
    std::replace(separated.begin(), separated.end(), ':', ' ');
    for (const std::string_view word : split_words(separated)) {
      const bool is_inside = word.find('/') == std::string_view::npos && !word.starts_with('.');
      const std::string path = place_->folder + "/" + std::string(word);
      if (is_list_name(word) || !is_inside || type_of(path) == FileType::missing) continue;
      Result<std::string> text = foreign::read_text(path, kMaxConfigOctets);
      if (!text) {
        list_.unread.push_back(text.error());
        continue;
      }
      list_.posters.push_back({.name = std::string(word), .bytes = std::move(*text), .from = std::string(word)});
    }
  }

  const ListPlace* place_;
  ForeignList list_;
};

}  // namespace

bool is_list_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), is_word_char) &&
         std::find(kNoLists.begin(), kNoLists.end(), name) == kNoLists.end();
}

std::vector<std::string> list_names_among(const std::vector<std::string>& names) {
  std::set<std::string> found;
  for (const std::string_view name : names) {
    const std::string_view stem = name.ends_with(kConfig) ? name.substr(0, name.size() - kConfig.size()) : name;
    if (is_list_name(stem)) found.emplace(stem);
  }
  return {found.begin(), found.end()};
}

bool is_config_text(std::string_view text) {
  while (const auto line = next_line(text)) {
    const std::string_view content = trim(*line);
    if (content.empty() || content.front() == '#') continue;
    const std::size_t end = content.find_first_of("=<");
    const std::string_view key = trim(content.substr(0, end));
    return end != std::string_view::npos && is_list_name(key);
  }
  return false;
}

bool may_be_roster(std::string_view text) {
  return trim(text).empty() || (text.find('@') != std::string_view::npos && text.find('\0') == std::string_view::npos);
}

void add_members(std::string_view text, const std::string& file, const std::string& options, std::vector<Member>& to) {
  std::size_t number = 0;
  while (const auto line = next_line(text)) {
    ++number;
    const std::string_view person = trim(*line);
    if (person.empty() || person.front() == '#') continue;
    to.push_back({.person = std::string(person), .options = options, .from = file + ":" + std::to_string(number)});
  }
}

std::string value_in(std::string_view config, std::string_view key) {
  std::string value;
  while (const auto line = next_line(config)) {
    const std::string_view text = trim(line->substr(0, line->find('#')));
    const std::size_t equal = text.find('=');
    if (equal == std::string_view::npos || !equals_ignoring_case(trim(text.substr(0, equal)), key)) continue;
    value = trim(text.substr(equal + 1));
  }
  return value;
}

Result<ForeignList> read_list_files(const ListPlace& place, const std::string& list_name) {
  return ListFiles(place, list_name).read();
}

}  // namespace majlis::foreign
