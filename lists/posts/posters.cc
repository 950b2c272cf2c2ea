#include "lists/posts/posters.h"

#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "lists/site/config/posting_values.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxPostersOctets = 1024 * 1024;
constexpr std::size_t kMaxLineOctets = 1000;

void complain(const List& list, std::string_view name, std::string_view why) {
  log(Severity::warning, LogLine("restrict_post").with("list", list.address()).with("name", name).with("why", why));
}

// nullopt: there is no such file.
Result<std::optional<bool>> is_in_file(const List& list, std::string_view name, const mail::Address& address) {
  Result<std::string> file = read_file(list.directory() + "/posters/" + std::string(name), kMaxPostersOctets);
  if (file) return std::optional<bool>(names_address(*file, address));
  if (file.error().kind == ErrorKind::missing) return std::optional<bool>();
  return file.error();
}

// nullopt: there is no such list.
Result<std::optional<bool>> is_in_list(Work& work, const List& list, std::string_view name,
                                       const mail::Address& address) {
  const std::optional<ListName> other = ListName::parse(to_lower_ascii(name), list.name().domain());
  if (!other || !path_exists(work.site().list_directory(*other) + "/config")) return std::optional<bool>();
  Result<std::optional<store::Member>> member = work.state().find_member(other->address(), address);
  if (!member) return member.error();
  return std::optional<bool>(member->has_value());
}

}  // namespace

bool names_address(std::string_view file, const mail::Address& address) {
  const std::string wanted = address.canonical();
  const std::string_view local = std::string_view(wanted).substr(0, wanted.rfind('@'));
  while (const auto written = next_line(file)) {
    const std::string_view line = trim(*written);
    if (line.empty() || line.front() == '#' || line.size() > kMaxLineOctets) continue;
    // Most lines are somebody else's: they are not parsed.
    if (!local.starts_with('"') && find_ignoring_case(line, local) == std::string_view::npos) continue;
    const std::optional<mail::Mailbox> mailbox = mail::parse_mailbox(line);
    if (mailbox && mailbox->address == address) return true;
  }
  return false;
}

Result<bool> is_permitted_poster(Work& work, const List& list, const mail::Address& address) {
  for (const std::string_view name : poster_names(list.config().text(Setting::restrict_post))) {
    Result<std::optional<bool>> in_file = is_in_file(list, name, address);
    if (!in_file) {
      complain(list, name, in_file.error().what);
      continue;
    }
    if (in_file->value_or(false)) return true;
    Result<std::optional<bool>> in_list = is_in_list(work, list, name, address);
    if (!in_list) return in_list.error();
    if (in_list->value_or(false)) return true;
    if (!in_file->has_value() && !in_list->has_value())
      complain(list, name, "no such list, and no such file in posters");
  }
  return false;
}

}  // namespace majlis::lists
