#include "foreign/mailman/mailman.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/file.h"
#include "base/text.h"
#include "foreign/mailman/list_state.h"
#include "foreign/mailman/queue.h"
#include "foreign/python/dump.h"
#include "foreign/source/files.h"
#include "foreign/source/mbox_source.h"

namespace majlis::foreign {
namespace {

constexpr const char* kState = "config.pck";
constexpr const char* kLists = "lists";
constexpr const char* kSiteList = "mailman";
constexpr const char* kFormerState = "config.pck.last";
constexpr std::size_t kMaxStateOctets = 512 * 1024 * 1024;
constexpr const char* kNoList =
    "no list of Mailman's is there: config.pck in the folder of a list, a dump of config_list, or output of "
    "list_members";

// What a list's folder has besides, by its ending.
struct Other {
  std::string_view ending;
  std::string_view why;
};
constexpr std::array kOthers = {
    Other{"digest.mbox", "a digest that was not sent yet: its posts went out one by one, and stand in the archive"},
    Other{".html", "a page of the web interface, which there is none of here"},
    Other{".corrupt", "left by Mailman when it mended a damaged file"},
    Other{".safety", "left by Mailman when it mended a damaged file"},
    Other{".db", "the form of Mailman 2.0, which is not read"},
};

bool is_pickle(std::string_view octets) {
  return octets.starts_with("(") || octets.starts_with("}") || octets.starts_with("\x80");
}

// "NAME" of `## "NAME" mailing list configuration settings` in any language.
std::string name_in_dump(std::string_view text) {
  for (int i = 0; i < 5; ++i) {
    const auto line = next_line(text);
    if (!line) break;
    if (!line->starts_with("## \"")) continue;
    return to_lower_ascii(line->substr(4, line->find('"', 4) - 4));
  }
  return {};
}

class Installation {
 public:
  explicit Installation(const Wanted& wanted) : wanted_(&wanted) {}

  Result<ForeignSite> read_folder(const std::string& folder) {
    const bool is_list = has_state(folder);
    if (is_list) {
      // In its own place the archives and the queue of the installation are found.
      const std::string above(folder_of(folder));
      if (base_name(above) == kLists) root_ = folder_of(above);
      add_list(folder);
      return std::move(site_);
    }
    root_ = folder;
    const std::string lists = type_of(folder + "/" + kLists) == FileType::folder ? folder + "/" + kLists : folder;
    Result<std::vector<std::string>> names = names_in(lists);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      if (!wanted_->list.empty() && !equals_ignoring_case(name, wanted_->list)) continue;
      if (!has_state(lists + "/" + name)) {
        if (lists != folder || base_name(folder) == kLists) tell_no_list(lists + "/" + name);
      } else if (name == kSiteList) {
        site_.findings.push_back({.what = name,
                                  .from = lists,
                                  .why = "Mailman's own list, in whose name it wrote to owners; "
                                         "here the postmaster does"});
      } else {
        add_list(lists + "/" + name);
      }
    }
    if (site_.lists.empty() && site_.unread.empty() && site_.findings.empty())
      return Error{ErrorKind::missing, folder + ": " + kNoList};
    return std::move(site_);
  }

  Result<ForeignSite> read_file_of_one(const std::string& path) {
    Result<std::string> octets = read_file(path, kMaxStateOctets);
    if (!octets) return octets.error();
    if (is_pickle(*octets)) {
      Result<ForeignList> list = read_list_state(*octets, std::string(base_name(path)));
      if (!list) return Error{list.error().kind, path + ": " + list.error().what};
      if (!wanted_->list.empty()) list->name = to_lower_ascii(wanted_->list);
      site_.lists.push_back(std::move(*list));
      return std::move(site_);
    }
    return read_text_file(path, std::move(*octets));
  }

 private:
  static bool has_state(const std::string& folder) {
    if (type_of(folder) != FileType::folder) return false;
    return type_of(folder + "/" + kState) != FileType::missing ||
           type_of(folder + "/" + kFormerState) != FileType::missing ||
           type_of(folder + "/config.db") != FileType::missing;
  }

  // Where only lists have folders.
  void tell_no_list(const std::string& path) {
    const FileType type = type_of(path);
    if (type == FileType::file) return;
    const char* why = type == FileType::folder ? ": there is no config.pck in it" : ": a link, which is not followed";
    site_.unread.push_back({std::string(base_name(path)), {ErrorKind::refused, path + why}});
  }

  Result<ForeignSite> read_text_file(const std::string& path, std::string octets) {
    ForeignList list;
    list.name = wanted_->list.empty() ? name_in_dump(octets) : to_lower_ascii(wanted_->list);
    if (list.name.empty()) list.name = to_lower_ascii(base_name(path).substr(0, base_name(path).rfind('.')));
    list.config.dialect = "mailman";
    if (read_dump(octets).assignments.empty()) {
      add_members(octets, std::string(base_name(path)), list);
      if (list.members.empty()) return Error{ErrorKind::missing, path + ": " + kNoList};
    } else {
      list.config.text = std::move(octets);
      list.config.from = base_name(path);
    }
    site_.lists.push_back(std::move(list));
    return std::move(site_);
  }

  // One address or "Name <address>" a line.
  static void add_members(std::string_view text, const std::string& file, ForeignList& list) {
    std::size_t number = 0;
    while (const auto line = next_line(text)) {
      ++number;
      if (trim(*line).empty()) continue;
      list.members.push_back({.person = std::string(trim(*line)), .from = file + ":" + std::to_string(number)});
    }
    const bool has_address = std::any_of(list.members.begin(), list.members.end(), [](const Member& member) {
      return member.person.find('@') != std::string::npos;
    });
    if (!has_address) list.members.clear();
  }

  void add_list(const std::string& folder) {
    const std::string name(base_name(folder));
    Result<ForeignList> list = read_state(folder);
    if (!list) return site_.unread.push_back({name, list.error()});
    const bool is_named = !wanted_->list.empty() && root_ != folder_of(folder);
    list->name = is_named ? to_lower_ascii(wanted_->list) : to_lower_ascii(name);
    read_queue(folder, root_.empty() ? "" : root_ + "/data", *list);
    add_archive(name, *list);
    tell_others(folder, *list);
    site_.lists.push_back(std::move(*list));
  }

  static Result<ForeignList> read_state(const std::string& folder) {
    Result<ForeignList> list = read_state_file(folder, kState);
    if (list || type_of(folder + "/" + kFormerState) == FileType::missing) return list;
    Result<ForeignList> former = read_state_file(folder, kFormerState);
    if (!former) return list;
    former->findings.push_back({.what = kState,
                                .from = folder,
                                .to = kFormerState,
                                .fate = Fate::changed,
                                .why = "it cannot be read, the state before it is taken: " + list.error().what});
    return former;
  }

  static Result<ForeignList> read_state_file(const std::string& folder, const std::string& file) {
    const std::string path = folder + "/" + file;
    Result<std::string> octets = read_file(path, kMaxStateOctets);
    if (!octets) return octets.error();
    Result<ForeignList> list = read_list_state(*octets, file);
    if (!list) return Error{list.error().kind, path + ": " + list.error().what};
    return list;
  }

  void add_archive(const std::string& name, ForeignList& list) const {
    if (root_.empty()) return;
    const std::string path = root_ + "/archives/private/" + name + ".mbox/" + name + ".mbox";
    if (type_of(path) == FileType::missing) return;
    list.archives.push_back({name + ".mbox", [path] { return open_mbox(path); }});
    list.pipermail.address += "/pipermail/" + name + "/";
  }

  static void tell_others(const std::string& folder, ForeignList& list) {
    const Result<std::vector<std::string>> names = names_in(folder);
    for (const std::string& name : names ? *names : std::vector<std::string>()) {
      const auto other =
          std::find_if(kOthers.begin(), kOthers.end(), [&](const Other& row) { return name.ends_with(row.ending); });
      if (other != kOthers.end())
        list.findings.push_back({.what = name, .from = "a file", .why = std::string(other->why)});
    }
  }

  const Wanted* wanted_;
  std::string root_;  // of the installation, "" = not known
  ForeignSite site_;
};

}  // namespace

Result<ForeignSite> read_mailman(const std::string& path, const Wanted& wanted) {
  Result<std::string> place = resolved(path);
  if (!place) return place.error();
  Installation installation(wanted);
  return type_of(*place) == FileType::folder ? installation.read_folder(*place) : installation.read_file_of_one(*place);
}

}  // namespace majlis::foreign
