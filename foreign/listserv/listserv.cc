#include "foreign/listserv/listserv.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "foreign/listserv/notebook.h"
#include "foreign/listserv/roster.h"
#include "foreign/source/files.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kList = ".list";
constexpr std::string_view kLog = ".log";
constexpr const char* kNoList = "no list of LISTSERV's is there: NAME.list, as GET NAME sent it";

// Where the header of a list file ends: behind its last line that begins with '*'.
struct Parts {
  std::string_view header;
  std::string_view members;
  std::size_t header_lines = 0;
};

Parts parts_of(std::string_view text) {
  Parts parts{text, {}, 0};
  std::string_view rest = text;
  std::size_t number = 0;
  while (const auto line = next_line(rest)) {
    ++number;
    if (!line->starts_with('*')) continue;
    parts = {text.substr(0, text.size() - rest.size()), rest, number};
  }
  return parts;
}

std::string_view stem_of(std::string_view name) { return name.substr(0, name.find('.')); }

bool is_notebook(std::string_view ending) {
  return starts_with_ignoring_case(ending, kLog) && ending.size() > kLog.size() && ending[kLog.size()] >= '0' &&
         ending[kLog.size()] <= '9';
}

class Folder {
 public:
  Folder(std::string path, const Wanted& wanted) : path_(std::move(path)), wanted_(&wanted) {}

  Result<ForeignSite> read_all() {
    Result<std::vector<std::string>> names = names_in(path_);
    if (!names) return names.error();
    names_ = std::move(*names);
    for (const std::string& name : names_) {
      const bool is_list =
          equals_ignoring_case(std::string_view(name).substr(std::min(name.rfind('.'), name.size())), kList);
      const std::string list = to_lower_ascii(stem_of(name));
      if (is_list && (wanted_->list.empty() || equals_ignoring_case(list, wanted_->list))) add(name, list);
    }
    if (site_.lists.empty() && site_.unread.empty()) return Error{ErrorKind::missing, path_ + ": " + kNoList};
    return std::move(site_);
  }

  // A list file, or an answer about its members alone.
  Result<ForeignSite> read_one(const std::string& name) {
    if (Result<std::vector<std::string>> names = names_in(path_)) names_ = std::move(*names);
    add(name, wanted_->list.empty() ? to_lower_ascii(stem_of(name)) : to_lower_ascii(wanted_->list));
    return std::move(site_);
  }

 private:
  void add(const std::string& file, const std::string& list_name) {
    Result<std::string> text = foreign::read_text(path_ + "/" + file, kMaxRosterOctets);
    if (!text) return site_.unread.push_back({list_name, text.error()});
    ForeignList list;
    list.name = list_name;
    list.config.dialect = "listserv";
    if (is_roster_answer(*text)) {
      add_roster(read_roster_answer(*text, file), file, list);
    } else {
      const Parts parts = parts_of(*text);
      list.config.text = parts.header;
      list.config.from = file;
      members_below_ = read_list_file_members(parts.members, file, parts.header_lines);
      add_neighbours(file, list);
      if (!has_answer_) add_roster(std::move(members_below_), file, list);
    }
    has_answer_ = false;
    site_.lists.push_back(std::move(list));
  }

  static void add_roster(Roster roster, const std::string& file, ForeignList& list) {
    if (!roster.members.empty()) {
      list.findings.push_back({.what = file,
                               .from = std::to_string(roster.members.size()) + " entries",
                               .to = "members",
                               .fate = Fate::carried});
    }
    list.members = std::move(roster.members);
    list.findings.insert(list.findings.end(), roster.findings.begin(), roster.findings.end());
  }

  // Everything that begins as the list's own file does.
  void add_neighbours(const std::string& file, ForeignList& list) {
    const std::string_view stem = stem_of(file);
    for (const std::string& name : names_) {
      if (name == file || !equals_ignoring_case(stem_of(name), stem)) continue;
      const std::string ending = to_lower_ascii(std::string_view(name).substr(stem.size()));
      const std::string path = path_ + "/" + name;
      if (type_of(path) != FileType::file) {
        list.findings.push_back(
            {.what = name, .from = path, .why = "a folder, a link or no file at all: it is not read"});
      } else if (is_notebook(ending)) {
        list.archives.push_back({name, [path] { return open_notebook(path); }});
      } else if (ending == ".gui" || ending == ".txt" || ending == ".welcome") {
        add_text(name, ending, list);
      } else if (ending != kList) {
        list.files.push_back({.name = name, .bytes = "", .from = name, .path = path});
      }
    }
  }

  void add_text(const std::string& name, std::string_view ending, ForeignList& list) {
    const bool is_welcome = ending == ".welcome";
    const std::string path = path_ + "/" + name;
    Result<std::string> text = foreign::read_text(path, is_welcome ? kMaxTextOctets : kMaxRosterOctets);
    if (!text) return list.unread.push_back(text.error());
    if (is_welcome) {
      list.texts.push_back({.name = "intro", .bytes = std::move(*text), .from = name});
    } else if (!is_roster_answer(*text)) {
      list.files.push_back({.name = name, .bytes = "", .from = name, .path = path});
    } else if (!has_answer_) {
      has_answer_ = true;
      add_roster(read_roster_answer(*text, name), name, list);
    }
  }

  std::string path_;
  const Wanted* wanted_;
  std::vector<std::string> names_;
  ForeignSite site_;
  Roster members_below_;     // the header of the list at hand
  bool has_answer_ = false;  // it has an answer to QUERY, which knows the options
};

}  // namespace

Result<ForeignSite> read_listserv(const std::string& path, const Wanted& wanted) {
  Result<std::string> place = resolved(path);
  if (!place) return place.error();
  if (type_of(*place) == FileType::folder) return Folder(*place, wanted).read_all();
  return Folder(std::string(folder_of(*place)), wanted).read_one(std::string(base_name(*place)));
}

}  // namespace majlis::foreign
