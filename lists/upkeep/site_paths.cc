#include "lists/upkeep/site_paths.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/temporary_name.h"

namespace majlis::lists {
namespace {

// With all that is below them; of the spool only bad/ is copied as it lies there.
constexpr std::array<std::string_view, 8> kFolders = {
    "db",         "spool/tmp",     "spool/new",          "spool/later",
    "spool/hold", "spool/budgets", "spool/metrics.lock", "lists/.catalogue"};
constexpr std::string_view kSearchIndex = "/archive/search.db";
constexpr std::array<std::string_view, 2> kUnfinishedEnds = {".lock", ".new"};  // behind a dot

bool is_in(std::string_view path, std::string_view folder) {
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

// "log" with "log.1" and so on; `file` is a whole path or "".
bool is_of_file(const Site& site, std::string_view path, const std::string& file) {
  const std::string whole = site.directory() + "/" + std::string(path);
  return !file.empty() && (whole == file || whole.starts_with(file + "."));
}

bool is_half_made(std::string_view name) {
  if (is_temporary_name(name)) return true;
  return name.starts_with('.') && std::any_of(kUnfinishedEnds.begin(), kUnfinishedEnds.end(),
                                              [&](std::string_view end) { return name.ends_with(end); });
}

}  // namespace

bool is_delivered_mail(const Site& site, std::string_view path) {
  const Result<spool::Relay> relay = site.relay();
  return relay && !relay->path.empty() && is_in(site.directory() + "/" + std::string(path), relay->path);
}

bool is_log(const Site& site, std::string_view path) { return is_of_file(site, path, site.log_file()); }

bool is_not_copied(const Site& site, std::string_view path) {
  return std::any_of(kFolders.begin(), kFolders.end(), [&](std::string_view folder) { return is_in(path, folder); }) ||
         path.find(kSearchIndex) != std::string_view::npos || path == "lists/.catalogue.lock" ||
         is_half_made(path.substr(path.rfind('/') + 1)) || is_log(site, path) ||
         is_of_file(site, path, site.metrics_file()) || is_delivered_mail(site, path);
}

}  // namespace majlis::lists
