#include "lists/effects/list_change.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>

#include "auth/secret_file.h"
#include "base/file.h"
#include "lists/site/config/config_text.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kFingerprintOctets = 16;

}  // namespace

Result<Work> begin_change(const Site& site, UnixTime now) {
  Result<Work> work = Work::begin(site, auth::random_octets(kFingerprintOctets), now);
  if (!work) return work.error();
  Status published = work->publish_leftovers();
  if (!published) return published.error();
  return work;
}

Status put_leftovers_in_place(const Site& site, UnixTime now) {
  Result<std::vector<std::string>> staged = list_directory(site.spool().directory() + "/tmp");
  if (!staged) return staged.error().kind == ErrorKind::missing ? Status() : Status(staged.error());
  if (staged->empty()) return {};
  Result<Work> work = begin_change(site, now);
  return work ? Status() : Status(work.error());
}

Result<std::string> config_text(const Work& work, const List& list) {
  const std::string* pending = work.pending_file(list.file("config"));
  return pending != nullptr ? Result<std::string>(*pending) : read_file(list.directory() + "/config", kMaxConfigOctets);
}

Status put_config(Work& work, List& list, ListConfig config, std::string text) {
  if (work.pending_file(list.file("config")) == nullptr) {
    Result<std::string> before = read_file(list.directory() + "/config", kMaxConfigOctets);
    if (!before) return before.error();
    work.write_file(list.file("config.old"), std::move(*before));
  }
  work.write_file(list.file("config"), std::move(text));
  list.set_config(std::move(config));
  return {};
}

void put_passwords(Work& work, List& list, ListPasswords passwords) {
  work.write_file(list.file("passwords"), passwords.write());
  list.set_passwords(std::move(passwords));
}

// Written empty, not removed: what a second run publishes once more must never be a removal.
void put_text(Work& work, const List& list, std::string_view name, std::string text) {
  work.write_file(list.file(name), std::move(text));
}

Result<std::optional<ListText>> read_text(const Work& work, const List& list, std::string_view name) {
  ListText found;
  if (const std::string* pending = work.pending_file(list.file(name))) {
    found = {*pending, work.now()};
  } else {
    const std::string path = list.directory() + "/" + std::string(name);
    Result<UniqueFd> fd = open_file(path, O_RDONLY);
    if (!fd && fd.error().kind == ErrorKind::missing) return std::optional<ListText>();
    if (!fd) return fd.error();
    Result<std::string> text = read_all(fd->get(), kMaxTextOctets, path);
    if (!text) return text.error();
    struct stat status {};
    if (fstat(fd->get(), &status) != 0) return error_from_errno("lists: stat " + path, errno);
    found = {std::move(*text), status.st_mtime};
  }
  if (found.text.empty()) return std::optional<ListText>();
  return std::optional<ListText>(std::move(found));
}

}  // namespace majlis::lists
