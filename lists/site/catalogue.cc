#include "lists/site/catalogue.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "base/checksum.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "lists/site/list.h"

namespace majlis::lists {
namespace {

// Version 2 is as 1; that the files of 1 are not believed lets every list be looked at once for the setting renewal.
// The file: a heading with the checksum of what follows, then one list a line, tabs between the fields: address, mark
// of the configuration it was read from, visibility, description.
constexpr std::string_view kHeading = "majlis-catalogue 2 ";
constexpr std::size_t kMaxCatalogueOctets = 64 * 1024 * 1024;
constexpr std::size_t kFields = 4;
constexpr std::string_view kEverything = "/.*/";
constexpr int kLockTimeout_ms = 10'000;

// Instead of a mark: written for one list alone, so nobody who wants to know of changes has seen it yet.
constexpr std::string_view kUnseen = "-";

constexpr std::array<std::string_view, 3> kVisibilities = {"everyone", "members", "patterns"};  // in the enum's order

// By name, so that the file is in the order in which it is shown.
using Lines = std::map<ListName, std::string>;

std::string catalogue_path(const Site& site) { return site.directory() + "/" + kCatalogueFile; }

std::array<std::string_view, kFields> fields_of(std::string_view line) {
  std::array<std::string_view, kFields> fields;
  for (std::string_view& field : fields) {
    const std::size_t end = line.find('\t');
    field = line.substr(0, end);
    line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  }
  return fields;
}

std::string checksum_of(std::string_view lines) { return std::to_string(crc32c(lines)); }

// The lines; nullopt when there is no such file or not as it was written.
std::optional<std::string> read_lines(const Site& site) {
  Result<std::string> text = read_file(catalogue_path(site), kMaxCatalogueOctets);
  if (!text) return std::nullopt;
  std::string_view rest = *text;
  const std::string_view heading = next_line(rest).value_or("");
  if (heading != std::string(kHeading) + checksum_of(rest)) return std::nullopt;
  return std::string(rest);
}

std::string joined(const Lines& lines) {
  std::string text;
  for (const auto& [name, line] : lines) text += line + "\n";
  return text;
}

Status write_lines(const Site& site, const std::string& lines) {
  return replace_file(catalogue_path(site), std::string(kHeading) + checksum_of(lines) + "\n" + lines, 0600);
}

Lines parsed(std::string_view text) {
  Lines lines;
  while (const auto line = next_line(text)) {
    const std::string_view address = fields_of(*line)[0];
    const std::size_t at = address.find('@');
    auto name = ListName::parse(address.substr(0, at), address.substr(std::min(at, address.size() - 1) + 1));
    if (name) lines.emplace_hint(lines.end(), std::move(*name), *line);
  }
  return lines;
}

std::optional<std::string> mark_of(const Site& site, const ListName& name) {
  struct stat status {};
  if (lstat((site.list_directory(name) + "/config").c_str(), &status) != 0) return std::nullopt;
  return std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec) + ":" +
         std::to_string(status.st_size) + ":" + std::to_string(status.st_ino);
}

std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }, ' ');
  return text;
}

std::string line_of(const List& list, std::string_view mark) {
  const auto visibility = static_cast<std::size_t>(visibility_of(list.config()));
  return list.address() + "\t" + std::string(mark) + "\t" + std::string(kVisibilities.at(visibility)) + "\t" +
         one_line(list.config().text(Setting::description));
}

std::optional<List> open_listed(const Site& site, const ListName& name) {
  Result<List> list = List::open(site, name);
  if (list) return std::move(*list);
  log(Severity::warning, LogLine("catalogue").with("list", name.address()).with(list.error()));
  return std::nullopt;
}

// The mark is taken first: a change in between then shows the next time.
std::optional<std::string> line_for(const Site& site, const ListName& name, const ChangedLists& changed) {
  const std::optional<std::string> mark = mark_of(site, name);
  if (!mark) return std::nullopt;
  const std::optional<List> list = open_listed(site, name);
  if (!list) return std::nullopt;
  if (changed.found) changed.found(*list);
  return line_of(*list, *mark);
}

// What is true now, as far as possible taken from `known`.
Result<Lines> current_lines(const Site& site, const Lines& known, const ChangedLists& changed) {
  Result<std::vector<ListName>> names = site.list_names();
  if (!names) return names.error();
  Lines lines;
  for (const ListName& name : *names) {
    const auto old = known.find(name);
    if (old != known.end() && fields_of(old->second)[1] == mark_of(site, name)) {
      lines.insert(*old);
    } else if (std::optional<std::string> line = line_for(site, name, changed)) {
      lines.emplace(name, std::move(*line));
    }
  }
  return lines;
}

Result<FileLock> lock_catalogue(const Site& site) {
  return FileLock::acquire(catalogue_path(site) + ".lock", FileLock::Mode::exclusive, kLockTimeout_ms);
}

}  // namespace

Visibility visibility_of(const ListConfig& config) {
  const std::vector<std::string> shown_to = config.lines(Setting::advertise);
  const std::vector<std::string> hidden_from = config.lines(Setting::noadvertise);
  const auto has_everything = [](const std::vector<std::string>& patterns) {
    return std::find(patterns.begin(), patterns.end(), kEverything) != patterns.end();
  };
  if (has_everything(hidden_from)) return Visibility::members;
  const bool is_shown = shown_to.empty() || has_everything(shown_to);
  return is_shown && hidden_from.empty() ? Visibility::everyone : Visibility::patterns;
}

Catalogue::Catalogue(std::string text) : text_(std::make_unique<const std::string>(std::move(text))) {
  std::string_view rest = *text_;
  while (const auto line = next_line(rest)) {
    const auto fields = fields_of(*line);
    const auto* const word = std::find(kVisibilities.begin(), kVisibilities.end(), fields[2]);
    // A word of a later version hides.
    const auto visibility =
        word == kVisibilities.end() ? Visibility::members : static_cast<Visibility>(word - kVisibilities.begin());
    listings_.push_back({fields[0], visibility, fields[3]});
  }
}

Result<Catalogue> Catalogue::read(const Site& site) {
  if (std::optional<std::string> lines = read_lines(site)) return Catalogue(std::move(*lines));
  const Result<Lines> current = current_lines(site, {}, {});
  if (!current) return current.error();
  return Catalogue(joined(*current));
}

// Who has the store's lock may wait for the catalogue's, so `changed.heed`, which may want the store's, is called
// without.
Status refresh_catalogue(const Site& site, const ChangedLists& changed) {
  const std::optional<std::string> known = read_lines(site);
  const Result<Lines> current = current_lines(site, parsed(known.value_or("")), changed);
  if (!current) return current.error();
  const std::string lines = joined(*current);
  if (lines == known) return {};
  const Status heeded = changed.heed ? changed.heed() : Status();
  if (!heeded) return heeded;
  const Result<FileLock> lock = lock_catalogue(site);
  if (!lock) return lock.error();
  if (read_lines(site) != known) return {};  // somebody was faster; what is new is found again
  return write_lines(site, lines);
}

Status refresh_catalogue(const Site& site, const ListName& name) {
  const Result<FileLock> lock = lock_catalogue(site);
  if (!lock) return lock.error();
  const std::optional<std::string> known = read_lines(site);
  if (!known) return {};  // the next full refresh makes it
  Lines lines = parsed(*known);
  lines.erase(name);
  if (!mark_of(site, name)) return write_lines(site, joined(lines));
  if (const std::optional<List> list = open_listed(site, name)) lines.emplace(name, line_of(*list, kUnseen));
  return write_lines(site, joined(lines));
}

}  // namespace majlis::lists
