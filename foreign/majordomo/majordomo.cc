#include "foreign/majordomo/majordomo.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/text.h"
#include "foreign/majordomo/aliases.h"
#include "foreign/majordomo/digest_lists.h"
#include "foreign/majordomo/list_files.h"
#include "foreign/majordomo/site_file.h"
#include "foreign/source/files.h"
#include "foreign/source/mbox_source.h"

namespace majlis::foreign {
namespace {

constexpr std::string_view kConfig = ".config";
constexpr std::string_view kSiteFile = ".cf";
constexpr std::size_t kMaxAliasOctets = 16 * 1024 * 1024;
constexpr const char* kNoList = "no list of Majordomo's is there: NAME with one address a line, or NAME.config";

bool has_config(const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(), [](std::string_view name) { return name.ends_with(kConfig); });
}

bool is_alias_file(std::string_view name) { return name == "aliases" || name.ends_with(".aliases"); }

// What one folder has, and then the lists in it.
class Installation {
 public:
  explicit Installation(const Wanted& wanted) : wanted_(&wanted) {}

  Result<ForeignSite> read_folder(const std::string& folder, std::string site_file) {
    root_ = folder;
    Result<std::vector<std::string>> names = names_in(folder);
    if (!names) return names.error();
    for (const std::string& name : *names) {
      const bool is_site_file = name == "majordomo.cf" || (site_file.empty() && name.ends_with(kSiteFile));
      if (is_site_file && type_of(folder + "/" + name) == FileType::file) site_file = folder + "/" + name;
    }
    if (!site_file.empty()) {
      Result<std::string> text = foreign::read_text(site_file, kMaxConfigOctets);
      if (!text) return text.error();
      settings_ = read_site_file(*text, base_name(site_file), root_);
    }
    std::string listdir = find_listdir(*names);
    if (listdir.empty()) return Error{ErrorKind::missing, folder + ": " + kNoList};
    Status done = read_aliases(folder, *names);
    if (done && listdir != folder) done = read_aliases_in(listdir);
    if (!done) return done.error();
    return read_lists(listdir);
  }

  // One list: its file of members or its configuration, and what lies beside it.
  Result<ForeignSite> read_file(const std::string& path) {
    root_ = folder_of(path);
    std::string name(base_name(path));
    if (name.ends_with(kConfig)) name.resize(name.size() - kConfig.size());
    Status done = read_aliases_in(root_);
    if (!done) return done.error();
    Result<std::string> text = foreign::read_text(path, kMaxRosterOctets);
    if (!text) return text.error();
    const bool is_config = !path.ends_with(kConfig) && is_config_text(*text);
    add_list(
        {.folder = root_, .archive = root_ + "/" + name + ".archive", .name = name, .config = is_config ? path : ""},
        wanted_->list.empty() ? name : wanted_->list);
    return finish();
  }

  Status add_aliases(const std::string& path) {
    Result<std::string> text = foreign::read_text(path, kMaxAliasOctets);
    if (!text) return text.error();
    aliases_.add(*text);
    site_.findings.push_back({.what = std::string(base_name(path)), .from = path, .to = "read", .fate = Fate::carried});
    return {};
  }

 private:
  // Its own place, or where a copy of the installation would have it; "" = nowhere.
  std::string find_listdir(const std::vector<std::string>& names) {
    const std::string said = settings_.value("listdir");
    for (const std::string& place : {inside(said), root_ + "/" + std::string(base_name(said)), root_ + "/lists"}) {
      if (!said.empty() && !place.empty() && type_of(place) == FileType::folder) return tell_listdir(said, place);
    }
    if (has_config(names)) return tell_listdir(said, root_);
    if (type_of(root_ + "/lists") == FileType::folder) return root_ + "/lists";
    return list_names_among(names).empty() || !said.empty() ? "" : root_;
  }

  std::string tell_listdir(const std::string& said, const std::string& place) {
    if (!said.empty() && said != place) {
      settings_.findings.push_back({.what = "$listdir",
                                    .from = said,
                                    .to = place,
                                    .fate = Fate::changed,
                                    .why = "only what lies below " + root_ + " is read"});
    }
    return place;
  }

  // A path of majordomo.cf as it lies in this copy of the installation; "" = not in it.
  std::string inside(const std::string& said) const {
    const std::string path = std::filesystem::path(said).lexically_normal().string();
    const std::string home = settings_.value("homedir");
    if (path.starts_with(root_ + "/")) return path;
    return !home.empty() && path.starts_with(home + "/") ? root_ + path.substr(home.size()) : "";
  }

  Status read_aliases_in(const std::string& folder) {
    Result<std::vector<std::string>> names = names_in(folder);
    return names ? read_aliases(folder, *names) : Status(names.error());
  }

  Status read_aliases(const std::string& folder, const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (!is_alias_file(name)) continue;
      Status done = add_aliases(folder + "/" + name);
      if (!done) return done;
    }
    return {};
  }

  Result<ForeignSite> read_lists(const std::string& listdir) {
    Result<std::vector<std::string>> names = names_in(listdir);
    if (!names) return names.error();
    const bool has_filedir = !settings_.value("filedir").empty();
    const std::string suffix =
        settings_.values.contains("filedir_suffix") ? settings_.value("filedir_suffix") : ".archive";
    std::string filedir = has_filedir ? inside(settings_.value("filedir")) : listdir;
    if (filedir.empty() || type_of(filedir) != FileType::folder) filedir = listdir;
    for (const std::string& name : list_names_among(*names)) {
      if (!wanted_->list.empty() && !equals_ignoring_case(name, wanted_->list)) continue;
      if (!is_list(listdir, name)) continue;
      add_list({.folder = listdir, .archive = filedir + "/" + name + suffix, .name = name}, name);
    }
    if (site_.lists.empty() && site_.unread.empty()) return Error{ErrorKind::missing, listdir + ": " + kNoList};
    return finish();
  }

  // A file without a configuration may be anything.
  bool is_list(const std::string& folder, const std::string& name) {
    const std::string path = folder + "/" + name;
    if (type_of(path + std::string(kConfig)) != FileType::missing) return true;
    if (type_of(path) == FileType::folder) return false;
    Result<std::string> text = foreign::read_text(path, kMaxRosterOctets);
    if (!text || (may_be_roster(*text) && name != "Log" && !is_alias_file(name))) return true;
    site_.findings.push_back(
        {.what = name, .from = path, .why = "no list: it has no " + name + ".config and no address"});
    return false;
  }

  void add_list(const ListPlace& place, const std::string& name) {
    Result<ForeignList> list = read_list_files(place, name);
    if (!list) return site_.unread.push_back({name, list.error()});
    list->domain = settings_.value("whereami");
    for (const std::string_view kind : {"subscribe_policy", "unsubscribe_policy"}) {
      const std::string value = settings_.value("config'default_" + std::string(kind));
      for (auto& [setting, said] : list->config.defaults) {
        if (setting == kind && !value.empty()) said = value;
      }
    }
    take_aliases(place.name, *list);
    site_.lists.push_back(std::move(*list));
  }

  void take_aliases(const std::string& name, ForeignList& list) {
    for (const ResendCall& call : resend_calls(aliases_)) {
      if (!equals_ignoring_case(call.list, name)) continue;
      if (!call.host.empty()) list.domain = to_lower_ascii(call.host);
      for (const auto& [option, value] : call.options) {
        list.findings.push_back(
            {.what = "resend " + option,
             .from = value,
             .why = "an option in the alias of " + name + "; the list's configuration says such things"});
      }
    }
    list.owners = aliases_.addresses_behind("owner-" + name, list.domain);
    if (list.owners.empty()) list.owners = aliases_.addresses_behind(name + "-owner", list.domain);
    list.moderators = aliases_.addresses_behind(name + "-approval", list.domain);
    if (list.moderators == list.owners) list.moderators.clear();
    add_archive_of_alias(name, list);
  }

  void add_archive_of_alias(const std::string& name, ForeignList& list) {
    const std::string said = archive_place(aliases_, name);
    if (said.empty()) return;
    const std::string place = inside(said);
    const std::string folder(folder_of(place));
    const Result<std::vector<std::string>> names = place.empty() ? std::vector<std::string>() : names_in(folder);
    bool is_found = false;
    for (const std::string& file : names ? *names : std::vector<std::string>()) {
      const std::string path = folder + "/" + file;
      if (!path.starts_with(place) || type_of(path) != FileType::file) continue;
      is_found = true;
      list.archives.push_back({file, [path] { return open_mbox(path); }});
    }
    if (is_found) return;
    list.findings.push_back({.what = name + "-archive",
                             .from = said,
                             .why = "its archive is not below " + root_ + ": copy it to " + name + ".archive there"});
  }

  Result<ForeignSite> finish() {
    site_.findings.insert(site_.findings.end(), settings_.findings.begin(), settings_.findings.end());
    connect_digest_lists(site_, wanted_->folds_digests);
    return std::move(site_);
  }

  const Wanted* wanted_;
  std::string root_;
  SiteFile settings_;
  Aliases aliases_;
  ForeignSite site_;
};

}  // namespace

Result<ForeignSite> read_majordomo(const std::string& path, const Wanted& wanted) {
  Result<std::string> place = resolved(path);
  if (!place) return place.error();
  Installation installation(wanted);
  if (!wanted.aliases.empty()) {
    Result<std::string> aliases = resolved(wanted.aliases);
    Status added = aliases ? installation.add_aliases(*aliases) : Status(aliases.error());
    if (!added) return added.error();
  }
  if (type_of(*place) == FileType::folder) return installation.read_folder(*place, "");
  if (place->ends_with(kSiteFile)) return installation.read_folder(std::string(folder_of(*place)), *place);
  return installation.read_file(*place);
}

}  // namespace majlis::foreign
