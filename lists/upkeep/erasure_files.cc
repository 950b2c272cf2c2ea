#include "lists/upkeep/erasure_files.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <functional>

#include "base/file.h"
#include "base/temporary_name.h"
#include "base/text.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/list_config.h"
#include "lists/upkeep/blotting.h"
#include "lists/upkeep/erased_mbox.h"
#include "lists/upkeep/erased_message.h"
#include "lists/upkeep/inventory.h"
#include "lists/upkeep/site_paths.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxTextOctets = 64 * 1024 * 1024;  // of a file that is written anew; a larger one is blotted

using Transform = std::function<std::optional<std::string>(const std::string& bytes)>;

// What is done with a file, by where it lies.
enum class Treatment {
  none,      // others take it, or it never names anybody
  derived,   // made of posts that stand elsewhere
  message,   // one
  mbox,      // many
  settings,  // a line that is the address goes
  text,
};

struct Place {
  std::string_view folder;  // in that of a list; "": itself
  std::string_view ending;
  Treatment live;
  Treatment removed;  // in the folder of a list that was removed
};
constexpr std::array kPlaces = {
    Place{"archive", ".mbox", Treatment::none, Treatment::mbox},
    Place{"archive", ".idx", Treatment::none, Treatment::derived},
    Place{"archive", "search.db", Treatment::none, Treatment::derived},
    Place{"digest", "pending", Treatment::none, Treatment::derived},
    Place{"held", ".eml", Treatment::message, Treatment::message},
    Place{"posters", "", Treatment::settings, Treatment::settings},
    Place{"", "config", Treatment::settings, Treatment::settings},
    Place{"", "config.old", Treatment::settings, Treatment::settings},
};
// Below the site, with all that is in them: the database, and jobs.
constexpr std::array<std::string_view, 7> kOthers = {"db",        "spool/new",    "spool/later", "spool/hold",
                                                     "spool/tmp", kRewritingFile, kErasingFile};

Treatment treatment_of(std::string_view path) {
  const std::vector<std::string_view> parts = split_at(path, '/');
  const bool is_live = parts.front() == "lists";
  const std::size_t own = is_live ? 3 : 2;  // lists/DOMAIN/LIST, removed/LIST
  if ((!is_live && parts.front() != "removed") || parts.size() <= own) return Treatment::text;
  const std::string_view folder = parts.size() > own + 1 ? parts[own] : "";
  for (const Place& place : kPlaces) {
    if (place.folder == folder && parts.back().ends_with(place.ending)) return is_live ? place.live : place.removed;
  }
  return Treatment::text;
}

bool is_others(const Site& site, std::string_view path) {
  const auto holds = [&](std::string_view folder) {
    return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
  };
  return std::any_of(kOthers.begin(), kOthers.end(), holds) || is_delivered_mail(site, path) || is_log(site, path);
}

std::string settings_without(const std::string& text, const PersonWords& address) {
  std::string out;
  std::string_view rest = text;
  while (const auto line = next_line(rest)) {
    if (mail::Address::parse(trim(*line)) != address.address()) out += address.taken_out_of(*line) + "\n";
  }
  return out;
}

std::optional<std::string> changed_or_nothing(std::string changed, const std::string& before) {
  return changed == before ? std::nullopt : std::optional(std::move(changed));
}

Transform transform_for(Treatment treatment, const PersonWords& person, const PersonWords& address) {
  switch (treatment) {
    case Treatment::message: return [&](const std::string& bytes) { return message_without(bytes, person); };
    case Treatment::settings:
      return [&](const std::string& bytes) {
        return address.are_in(bytes) ? std::optional(settings_without(bytes, address)) : std::nullopt;
      };
    default: return [&](const std::string& bytes) { return changed_or_nothing(address.taken_out_of(bytes), bytes); };
  }
}

mode_t mode_of(const std::string& path) {
  struct stat status {};
  return stat(path.c_str(), &status) == 0 ? status.st_mode & 07777U : 0600;
}

// Whoever changes a file of a list has the site's lock.
Status replace_under_lock(const Site& site, const std::string& path, const Transform& transform) {
  const Result<std::unique_ptr<store::Writer>> lock = site.open_writer();
  if (!lock) return lock.error();
  const Result<std::string> bytes = read_file(path, kMaxTextOctets);
  if (!bytes) return bytes.error().kind == ErrorKind::missing ? Status() : Status(bytes.error());
  const std::optional<std::string> changed = transform(*bytes);
  return changed ? replace_file(path, *changed, mode_of(path)) : Status();
}

// One pass over the files.
class FileErasure {
 public:
  FileErasure(const Site& site, const PersonWords& person, Erasing erasing, std::vector<ErasedThing>& things)
      : site_(site), person_(person), address_(person.address(), {}), erasing_(erasing), things_(things) {}

  Status take(const std::string& path) {
    if (is_others(site_, path)) return {};
    const Treatment treatment = treatment_of(path);
    switch (treatment) {
      case Treatment::none: return {};
      case Treatment::derived: return remove_derived(path);
      case Treatment::mbox: return rewrite_mbox(path);
      default: return rewrite(path, treatment);
    }
  }

  Status blot(const std::string& whole_path, const std::string& shown) {
    const Result<std::size_t> places = blot_file(whole_path, address_, erasing_);
    if (!places) return places.error();
    if (*places > 0) things_.push_back({"file", shown, *places});
    return {};
  }

 private:
  std::string whole(const std::string& path) const { return site_.directory() + "/" + path; }

  Status rewrite(const std::string& path, Treatment treatment) {
    const Result<std::string> bytes = read_file(whole(path), kMaxTextOctets);
    if (!bytes && bytes.error().kind == ErrorKind::missing) return {};
    // Octets of unknown meaning stand where they stood.
    if (!bytes && bytes.error().kind == ErrorKind::refused) return blot(whole(path), path);
    if (!bytes) return bytes.error();
    const bool is_text = treatment != Treatment::text || bytes->find('\0') == std::string::npos;
    if (!is_text || path.starts_with("spool/bad/")) return blot(whole(path), path);
    const Transform transform = transform_for(treatment, person_, address_);
    if (!transform(*bytes)) return {};
    things_.push_back({treatment == Treatment::message ? "held post" : "file", path, 1});
    return erasing_ == Erasing::look ? Status() : replace_under_lock(site_, whole(path), transform);
  }

  Status rewrite_mbox(const std::string& path) {
    struct stat status {};
    if (stat(whole(path).c_str(), &status) != 0) return {};
    const std::string copy = temporary_name(whole(path));
    ErasedMbox mbox(whole(path), copy, person_);
    const Result<std::size_t> found = mbox.count(static_cast<std::uint64_t>(status.st_size));
    if (!found) return found.error();
    if (*found == 0) return {};
    things_.push_back({"post of the archive", path, *found});
    if (erasing_ == Erasing::look) return {};
    Status done = mbox.extend(static_cast<std::uint64_t>(status.st_size));
    if (done && rename(copy.c_str(), whole(path).c_str()) != 0) {
      done = error_from_errno("lists: rename " + copy, errno);
    }
    return done ? sync_directory(whole(path).substr(0, whole(path).rfind('/'))) : done;
  }

  // Of a list that is gone: its archive has the posts, and who brings it back has the indexes made anew.
  Status remove_derived(const std::string& path) {
    const Result<std::size_t> places = blot_file(whole(path), address_, Erasing::look);
    if (!places) return places.error();
    if (*places == 0) return {};
    things_.push_back({"file", path, *places});
    if (erasing_ == Erasing::look) return {};
    return unlink(whole(path).c_str()) == 0 ? Status() : error_from_errno("lists: remove " + whole(path), errno);
  }

  const Site& site_;
  const PersonWords& person_;
  PersonWords address_;
  Erasing erasing_;
  std::vector<ErasedThing>& things_;
};

// "log" with "log.1" and so on, wherever they are.
Status erase_in_logs(const Site& site, FileErasure& erasure) {
  const std::string log = site.log_file();
  if (log.empty()) return {};
  const std::string folder = log.substr(0, log.rfind('/'));
  const Result<std::vector<std::string>> names = list_directory(folder);
  if (!names) return names.error().kind == ErrorKind::missing ? Status() : Status(names.error());
  const std::string name = log.substr(log.rfind('/') + 1);
  for (const std::string& each : *names) {
    if (each != name && !each.starts_with(name + ".")) continue;
    if (Status done = erasure.blot(folder + "/" + each, each); !done) return done;
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> settings_that_need(const Site& site, const PersonWords& person) {
  const PersonWords address(person.address(), {});
  std::vector<std::string> found;
  const Result<std::string> own = read_file(site.directory() + "/site.conf", kMaxTextOctets);
  if (own && address.are_in(*own)) found.push_back("site.conf");
  const Result<std::vector<ListName>> names = site.list_names();
  if (!names) return names.error();
  for (const ListName& name : *names) {
    const Result<std::string> text = read_file(site.list_directory(name) + "/config", kMaxConfigOctets);
    if (!text) return text.error();
    if (!address.are_in(*text) || !ListConfig::parse(*text).problems.empty()) continue;
    for (const ConfigProblem& problem : ListConfig::parse(settings_without(*text, address)).problems) {
      found.push_back(name.address() + ": " + problem.what);
    }
  }
  return found;
}

Status erase_in_files(const Site& site, const PersonWords& person, Erasing erasing, std::vector<ErasedThing>& things) {
  const Result<Inventory> all = take_inventory(site.directory(), [](std::string_view) { return false; });
  if (!all) return all.error();
  FileErasure erasure(site, person, erasing, things);
  for (const std::string& path : all->files) {
    if (Status done = erasure.take(path); !done) return done;
  }
  return erase_in_logs(site, erasure);
}

}  // namespace majlis::lists
