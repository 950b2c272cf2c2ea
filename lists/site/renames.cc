#include "lists/site/renames.h"

#include <sys/stat.h>

#include <algorithm>

#include "base/file.h"
#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr const char* kFile = "/lists/.renames";
constexpr std::size_t kMaxOctets = 8 * 1024 * 1024;
constexpr std::string_view kAlias = "alias";

std::optional<Rename> read_line(std::string_view line) {
  const std::vector<std::string_view> words = split_words(line);
  if (words.size() != 5) return std::nullopt;
  const auto change = parse_number(words[0]);
  const auto time = parse_number(words[1]);
  if (!change || !time) return std::nullopt;
  return Rename{std::string(words[2]), std::string(words[3]), *change, static_cast<UnixTime>(*time),
                words[4] == kAlias};
}

}  // namespace

Result<std::vector<Rename>> read_renames(const std::string& site) {
  const Result<std::string> text = read_file(site + kFile, kMaxOctets);
  std::vector<Rename> renames;
  if (!text) return text.error().kind == ErrorKind::missing ? Result(std::move(renames)) : text.error();
  std::string_view rest = *text;
  while (const auto line = next_line(rest)) {
    std::optional<Rename> rename = read_line(*line);
    if (!rename) return Error{ErrorKind::damaged, "lists: read " + site + kFile + ": '" + printable(*line, 200) + "'"};
    renames.push_back(std::move(*rename));
  }
  return renames;
}

Status write_renames(const std::string& site, const std::vector<Rename>& renames) {
  std::string text;
  const std::size_t first = renames.size() > kMaxRenames ? renames.size() - kMaxRenames : 0;
  for (std::size_t i = first; i < renames.size(); ++i) {
    const Rename& rename = renames[i];
    text += std::to_string(rename.change) + " " + std::to_string(rename.time) + " " + rename.from + " " + rename.to +
            " " + (rename.keeps_alias ? std::string(kAlias) : "none") + "\n";
  }
  return replace_file(site + kFile, text, 0600);
}

// A later list of a former name is as of a later change.
std::string present_name(const std::vector<Rename>& renames, std::string list, std::uint64_t change, UnixTime time) {
  for (const Rename& rename : renames) {
    const bool is_older = change != 0 ? change < rename.change : time <= rename.time;
    if (rename.change != 0 && is_older && rename.from == list) list = rename.to;
  }
  return list;
}

std::string mark_of_renames(const std::string& site) {
  struct stat status {};
  if (lstat((site + kFile).c_str(), &status) != 0) return {};
  return std::to_string(status.st_ino) + ":" + std::to_string(status.st_mtim.tv_sec) + "." +
         std::to_string(status.st_mtim.tv_nsec) + ":" + std::to_string(status.st_size);
}

}  // namespace majlis::lists
