#include "lists/posts/archive/list_files.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

#include "base/file.h"
#include "base/temporary_name.h"
#include "base/text.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/posts/archive/archive_index.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxNameOctets = 100;
constexpr std::string_view kText = ".txt";  // telephones open it

Result<std::vector<std::string>> names_in(const std::string& folder) {
  Result<std::vector<std::string>> names = list_directory(folder);
  if (!names && names.error().kind == ErrorKind::missing) return std::vector<std::string>();
  return names;
}

Result<std::optional<ListFile>> archive_month(const store::View& state, const List& list, std::string_view month) {
  Result<std::uint64_t> octets = state.archive_octets(list.address(), month);
  if (!octets) return octets.error();
  if (*octets == 0) return std::optional<ListFile>();
  ListFile file{std::string(month), archive_file(list, month, kMboxEnding), *octets};
  if (const auto head = read_index_head(archive_file(list, month, kArchiveIndexEnding))) file.posts = head->posts;
  return std::optional(std::move(file));
}

std::optional<ListFile> plain_file(std::string_view name, std::string path) {
  ListFile file{std::string(name), std::move(path), 0};
  struct stat status {};
  if (lstat(file.path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  file.octets = static_cast<std::uint64_t>(status.st_size);
  return file;
}

}  // namespace

bool is_file_name(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameOctets || name.front() == '.' || name.front() == '-') return false;
  if (is_temporary_name(name)) return false;
  return name.find_first_of("/\\") == std::string_view::npos && printable_utf8(name, name.size()) == name;
}

Result<std::optional<ListFile>> find_list_file(const store::View& state, const List& list, std::string_view name) {
  if (!is_file_name(name)) return std::optional<ListFile>();
  if (is_month(name)) {
    Result<std::optional<ListFile>> month = archive_month(state, list, name);
    if (!month || *month) return month;
  }
  if (name.ends_with(kArchiveIndexEnding)) {
    const std::string_view month = name.substr(0, name.size() - kArchiveIndexEnding.size());
    std::optional<ListFile> index;
    if (is_month(month)) index = plain_file(name, archive_file(list, month, kArchiveIndexEnding));
    if (index) return index;
  }
  return plain_file(name, list.directory() + "/files/" + std::string(name));
}

Result<std::vector<ListFile>> files_of(const store::View& state, const List& list) {
  Result<std::vector<std::string>> months = archive_months(list);
  if (!months) return months.error();
  Result<std::vector<std::string>> names = names_in(list.directory() + "/files");
  if (!names) return names.error();
  names->insert(names->end(), months->begin(), months->end());
  std::sort(names->begin(), names->end());
  names->erase(std::unique(names->begin(), names->end()), names->end());
  std::vector<ListFile> files;
  for (const std::string& name : *names) {
    if (files.size() == kMaxFilesShown) break;
    Result<std::optional<ListFile>> file = find_list_file(state, list, name);
    if (!file) return file.error();
    if (*file) files.push_back(std::move(**file));
  }
  return files;
}

Result<std::string> read_list_file(const ListFile& file) {
  Result<UniqueFd> fd = open_file(file.path, O_RDONLY);
  if (!fd) return fd.error();
  struct stat status {};
  if (fstat(fd->get(), &status) != 0) return error_from_errno("lists: stat " + file.path, errno);
  const bool grows = is_month(file.name);
  const std::uint64_t most = grows ? std::max(file.octets, static_cast<std::uint64_t>(status.st_size)) : file.octets;
  Result<std::string> bytes = read_all(fd->get(), most, file.path);
  if (bytes && grows) bytes->resize(std::min<std::uint64_t>(bytes->size(), file.octets));
  return bytes;
}

namespace {

// The charset of a text of Western Europe that is no UTF-8; "" when the octets are no such text: controls stand in it,
// or more than a third of it is not ASCII.
std::string_view single_octet_charset(std::string_view bytes) {
  std::size_t high = 0;
  bool is_windows = false;
  for (const char c : bytes) {
    const auto octet = static_cast<unsigned char>(c);
    const bool is_control = (octet < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || octet == 0x7F;
    if (is_control) return {};
    if (octet >= 0x80) ++high;
    is_windows = is_windows || (octet >= 0x80 && octet < 0xA0);
  }
  if (high > bytes.size() / 3) return {};
  return is_windows ? "windows-1252" : "ISO-8859-1";
}

}  // namespace

mail::Attachment as_attachment(const std::string& name, std::string bytes) {
  const bool is_text = is_valid_utf8(bytes) && bytes.find('\0') == std::string::npos;
  const std::string charset(is_text ? "UTF-8" : single_octet_charset(bytes));
  if (!charset.empty())
    return {"text/plain", is_month(name) ? name + std::string(kText) : name, std::move(bytes), charset};
  if (is_month(name)) return {"application/mbox", name + std::string(kMboxEnding), std::move(bytes)};
  return {"application/octet-stream", name, std::move(bytes)};
}

}  // namespace majlis::lists
