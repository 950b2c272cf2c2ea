#include "lists/upkeep/erased_mbox.h"

#include <fcntl.h>

#include <functional>

#include "base/file.h"
#include "lists/posts/archive/archive_file.h"
#include "lists/upkeep/erased_message.h"
#include "mail/mbox.h"
#include "mail/mbox_reader.h"

namespace majlis::lists {
namespace {

// Each entry from `begin` on, whole.
Status visit_entries(const std::string& path, std::uint64_t begin, std::uint64_t end,
                     const std::function<void(std::string_view entry)>& visit) {
  const Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) return fd.error();
  mail::MboxReader reader(fd->get(), path, begin, end);
  for (;;) {
    const Result<std::optional<mail::MboxEntry>> entry = reader.next();
    if (!entry) return entry.error();
    if (!*entry) return {};
    const Result<std::string> octets = read_piece(fd->get(), (*entry)->offset, (*entry)->octets, path);
    if (!octets) return octets.error();
    visit(*octets);
  }
}

// As an entry has it behind its first line.
std::string quoted(std::string_view message) {
  std::string entry;
  mail::write_mbox_entry(message, "", 0, [&](std::string_view piece) { entry += piece; });
  return entry.substr(entry.find('\n') + 1);
}

}  // namespace

std::optional<std::string> entry_without(std::string_view entry, const PersonWords& person) {
  const PersonWords address(person.address(), {});
  const std::size_t line_end = std::min(entry.find('\n'), entry.size());
  const std::optional<std::string> message = mail::message_of_mbox_entry(entry);
  const std::optional<std::string> changed = message ? message_without(*message, person) : std::nullopt;
  if (!changed) return address.are_in(entry) ? std::optional(address.taken_out_of(entry)) : std::nullopt;
  return address.taken_out_of(entry.substr(0, line_end)) + "\n" + quoted(*changed);
}

Result<std::size_t> ErasedMbox::count(std::uint64_t end) const {
  std::size_t found = 0;
  Status visited = visit_entries(path_, 0, end, [&](std::string_view entry) {
    if (entry_without(entry, *person_)) ++found;
  });
  return visited ? Result(found) : visited.error();
}

Status ErasedMbox::extend(std::uint64_t end) {
  Result<FileAppend> copy = FileAppend::open(copy_, octets_);
  if (!copy) return copy.error();
  Status done = visit_entries(path_, read_to_, end, [&](std::string_view entry) {
    const std::optional<std::string> changed = entry_without(entry, *person_);
    copy->put(changed ? *changed : entry);
  });
  if (done) done = copy->finish();
  if (!done) return done;
  octets_ = copy->end();
  read_to_ = end;
  return {};
}

}  // namespace majlis::lists
