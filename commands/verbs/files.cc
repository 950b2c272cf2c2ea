#include "commands/verbs/files.h"

#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/letters.h"
#include "lists/posts/archive/list_files.h"

namespace majlis::commands {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kNameWidth = 40;
constexpr std::size_t kSizeEnd = 52;
constexpr std::size_t kMaxShownName = 60;

// Base64 adds a third; what we send must pass where the site's own mail passes.
std::uint64_t max_file_octets(Desk& desk) {
  return static_cast<std::uint64_t>(desk.work().site().config().max_message_octets) / 2;
}

// Old habits put a password there.
std::string shown_file(const std::vector<std::string>& words) {
  std::string shown;
  for (const std::string& word : words) {
    shown.append(shown.empty() ? "" : " ").append(looks_like_file(word) ? word : kMask);
  }
  return printable_utf8(shown, kMaxShownName);
}

// A file is larger than the line that asks for it, and a From field proves nothing.
Result<bool> may_send(Desk& desk) {
  if (desk.proof() == auth::Proof::list_password) return true;
  const auto limit = static_cast<std::uint32_t>(desk.work().site().config().replies_per_day);
  return desk.work().count_within("files-to:" + desk.requester().canonical(), limit, kDay);
}

Status send_found(Desk& desk, const std::string& command, const lists::List& list, const lists::ListFile& file) {
  const std::uint64_t limit = max_file_octets(desk);
  if (file.octets > limit) {
    desk.say(Reply::file_too_large, {{"command", command},
                                     {"file", file.name},
                                     {"octets", std::to_string(file.octets)},
                                     {"limit", std::to_string(limit)}});
    return {};
  }
  Result<bool> allowed = may_send(desk);
  if (!allowed) return allowed.error();
  if (!*allowed) {
    desk.say(Reply::file_share_used, {{"command", command}});
    return {};
  }
  Result<std::string> bytes = lists::read_list_file(file);
  if (!bytes && bytes.error().kind == ErrorKind::again) return bytes.error();
  if (!bytes) {
    desk.say(Reply::file_unreadable, {{"command", command}, {"file", file.name}});
    return {};
  }
  send_file(desk, list, file.name, std::move(*bytes));
  desk.say(Reply::file_sent, {{"list", list.name().name()}, {"file", file.name}});
  return {};
}

}  // namespace

void send_file(Desk& desk, const lists::List& list, const std::string& name, std::string bytes) {
  lists::Correspondence letter;
  letter.text_name = "file";
  letter.values = {
      {"file", name}, {"octets", std::to_string(bytes.size())}, {"service", std::string(desk.tongue().dialect->title)}};
  letter.to = {desk.requester()};
  letter.reply_to = desk.server();
  letter.attachments = {lists::as_attachment(name, std::move(bytes))};
  lists::send_letter(desk.work(), list, letter);
}

// Refused and empty look alike, as with info.
Status index_of_files(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  Result<bool> allowed = desk.may_see(list, lists::Setting::index_access);
  if (!allowed) return allowed.error();
  std::vector<lists::ListFile> files;
  if (*allowed) {
    Result<std::vector<lists::ListFile>> found = lists::files_of(desk.work().state(), list);
    if (!found) return found.error();
    files = std::move(*found);
  }
  if (files.empty()) {
    desk.say(Reply::files_none, {{"list", list.name().name()}});
    return {};
  }
  desk.say(Reply::files_head, {{"list", list.name().name()}});
  desk.show("");
  bool has_index = false;
  for (const lists::ListFile& file : files) {
    std::string row = "  " + file.name;
    row.resize(std::max(row.size() + 1, kNameWidth), ' ');
    row += std::to_string(file.octets);
    if (file.posts) {
      row.resize(std::max(row.size() + 2, kSizeEnd), ' ');
      row += desk.words(Reply::files_posts, {{"count", std::to_string(*file.posts)}});
      has_index = true;
    }
    desk.show(row);
  }
  if (has_index) {
    desk.show("");
    desk.say(Reply::files_foot, {{"get", desk.word_of(Verb::get)}, {"list", list.name().name()}});
  }
  return {};
}

Status get_file(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  if (target->rest.empty()) {
    desk.say(Reply::file_needed, {{"command", request.word}});
    return {};
  }
  // index shows names with blanks as they are.
  std::string name;
  for (const std::string& word : target->rest) name += (name.empty() ? "" : " ") + word;
  if (!lists::is_file_name(name)) {
    desk.say(Reply::file_invalid, {{"command", request.word}, {"file", shown_file(target->rest)}});
    return {};
  }
  Result<bool> allowed = desk.may_see(list, lists::Setting::get_access);
  if (!allowed) return allowed.error();
  std::optional<lists::ListFile> file;
  if (*allowed) {
    Result<std::optional<lists::ListFile>> found = lists::find_list_file(desk.work().state(), list, name);
    if (!found) return found.error();
    file = std::move(*found);
  }
  if (file) return send_found(desk, request.word, list, *file);
  desk.say(Reply::file_unknown, {{"file", shown_file(target->rest)}, {"list", list.name().name()}});
  return {};
}

}  // namespace majlis::commands
