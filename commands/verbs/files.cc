#include "commands/verbs/files.h"

#include <array>

#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"
#include "lists/effects/ceilings.h"
#include "lists/effects/letters.h"
#include "lists/posts/archive/list_files.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kNameWidth = 40;
constexpr std::size_t kSizeEnd = 52;
constexpr std::size_t kMaxShownName = 60;

// As the tongue calls it.
std::string file_word(const Desk& desk, const std::string& name) {
  return desk.tongue().file_word == nullptr ? name : desk.tongue().file_word(name);
}

// Old habits put a password there.
std::string shown_file(const Desk& desk, const std::vector<std::string>& words) {
  std::string shown;
  for (const std::string& word : words) {
    shown.append(shown.empty() ? "" : " ").append(looks_like_file(word) ? file_word(desk, word) : kMask);
  }
  return printable_utf8(shown, kMaxShownName);
}

Status send_found(Desk& desk, const std::string& command, const lists::List& list, const lists::ListFile& file) {
  const std::uint64_t limit = max_file_octets(desk);
  if (file.octets > limit) {
    desk.say(Reply::file_too_large, {{"command", command},
                                     {"file", file_word(desk, file.name)},
                                     {"octets", std::to_string(file.octets)},
                                     {"limit", std::to_string(limit)}});
    return {};
  }
  Result<std::optional<Reply>> why_not = why_not_sent(desk, list, file.octets);
  if (!why_not) return why_not.error();
  if (*why_not) {
    desk.say(**why_not, {{"command", command}});
    return {};
  }
  Result<std::string> bytes = lists::read_list_file(file);
  if (!bytes && bytes.error().kind == ErrorKind::again) return bytes.error();
  if (!bytes) {
    desk.say(Reply::file_unreadable, {{"command", command}, {"file", file_word(desk, file.name)}});
    return {};
  }
  send_file(desk, list, file.name, std::move(*bytes));
  desk.say(Reply::file_sent, {{"list", list.name().name()}, {"file", file_word(desk, file.name)}});
  return {};
}

// In another letter case only where the name as it is written is none's.
Result<std::optional<lists::ListFile>> find_file(Desk& desk, const lists::List& list, const std::string& name) {
  Result<std::optional<lists::ListFile>> exact = lists::find_list_file(desk.work().state(), list, name);
  if (!exact || *exact) return exact;
  Result<std::vector<lists::ListFile>> files = lists::files_of(desk.work().state(), list);
  if (!files) return files.error();
  for (lists::ListFile& file : *files) {
    if (equals_ignoring_case(file.name, name)) return std::optional(std::move(file));
  }
  return std::optional<lists::ListFile>();
}

}  // namespace

// Base64 adds a third; what we send must pass where the site's own mail passes.
std::uint64_t max_file_octets(Desk& desk) {
  return static_cast<std::uint64_t>(desk.work().site().config().max_message_octets) / 2;
}

Result<std::optional<Reply>> why_not_sent(Desk& desk, const lists::List& list, std::uint64_t octets) {
  if (desk.proof() == auth::Proof::list_password) return std::optional<Reply>();
  const lists::SiteConfig& site = desk.work().site().config();
  const std::string to = "files-to:" + lists::mailbox_key(desk.requester());
  const auto all = static_cast<std::uint64_t>(site.site_file_octets_per_day);
  const std::array shares = {
      lists::Share{to, static_cast<std::uint64_t>(site.replies_per_day)},
      lists::Share{"octets-of-" + to, static_cast<std::uint64_t>(site.file_octets_per_day), octets},
      lists::Share{"octets-of-files", all, octets},
  };
  Result<std::optional<std::size_t>> used_up = lists::take_shares(desk.work(), shares);
  if (!used_up) return used_up.error();
  if (!*used_up) return std::optional<Reply>();
  if (**used_up + 1 < shares.size()) {
    lists::log_share_used(desk.work(), list, "file", **used_up == 0 ? "replies_per_day" : "file_octets_per_day",
                          desk.requester());
    return std::optional(Reply::file_share_used);
  }
  Status told = lists::tell_of_ceiling(desk.work(), nullptr, {lists::Ceiling::file_octets, all});
  return told ? Result<std::optional<Reply>>(Reply::files_used_up) : told.error();
}

void send_file(Desk& desk, const lists::List& list, const std::string& name, std::string bytes) {
  lists::Correspondence letter;
  letter.text_name = "file";
  letter.values = {{"file", file_word(desk, name)},
                   {"octets", std::to_string(bytes.size())},
                   {"service", std::string(desk.tongue().dialect->title)}};
  letter.to = {desk.requester()};
  letter.reply_to = desk.server();
  letter.attachments = {lists::as_attachment(name, std::move(bytes))};
  lists::send_letter(desk.work(), list, letter);
}

Status index_of_files(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  Result<bool> allowed = may_see_or_refuse(desk, request, list, lists::Setting::index_access, Reply::index_is_private);
  if (!allowed || !*allowed) return allowed ? Status() : allowed.error();
  Result<std::vector<lists::ListFile>> files = lists::files_of(desk.work().state(), list);
  if (!files) return files.error();
  if (files->empty()) {
    desk.say(Reply::files_none, {{"list", list.name().name()}});
    return {};
  }
  desk.say(Reply::files_head, {{"list", list.name().name()}});
  desk.show("");
  bool has_index = false;
  for (const lists::ListFile& file : *files) {
    std::string row = "  " + file_word(desk, file.name);
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
  Result<bool> allowed = may_see_or_refuse(desk, request, list, lists::Setting::get_access, Reply::get_is_private);
  if (!allowed || !*allowed) return allowed ? Status() : allowed.error();
  // index shows names with blanks as they are.
  std::string name;
  for (const std::string& word : target->rest) name += (name.empty() ? "" : " ") + word;
  if (lists::is_file_name(name)) {
    Result<std::optional<lists::ListFile>> file = find_file(desk, list, name);
    if (!file) return file.error();
    if (*file) return send_found(desk, request.word, list, **file);
  }
  desk.say(Reply::file_invalid,
           {{"command", request.word}, {"file", shown_file(desk, target->rest)}, {"list", list.name().name()}});
  return {};
}

}  // namespace majlis::commands
