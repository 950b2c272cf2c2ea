// LISTSERV's way to change a list's settings: its header, or its mail templates, are fetched, edited and put back.
#include "commands/verbs/header.h"

#include "base/date_text.h"
#include "base/file.h"
#include "base/text.h"
#include "commands/verbs/files.h"
#include "commands/verbs/mailed_config.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/command_letter.h"
#include "lists/effects/header_lock.h"
#include "lists/site/config/config_text.h"
#include "lists/site/config/dialect.h"
#include "lists/site/config/listserv_codec.h"
#include "tongues/listserv.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxShownOctets = 32 * 1024;  // a longer one goes as a file: an answer is cut, a file is not
constexpr std::size_t kMaxHeaderOctets = 64 * 1024;
constexpr std::string_view kNoLock = "nolock";

// One of the two files of a list's that can be put.
struct PutFile {
  std::string_view name;
  std::string_view kept;  // lists/effects/command_letter.h
  const lists::Dialect& (*dialect)();
  bool has_lock;
};
constexpr PutFile kHeader{"LIST", lists::kKeptHeader, lists::listserv, true};
constexpr PutFile kTemplates{tongues::kTemplatesFile, lists::kKeptTemplates, lists::listserv_templates, false};

struct HeaderTarget {
  lists::List* list = nullptr;  // open for change; nullptr: the refusal is said
  std::vector<std::string> rest;

  const PutFile& file() const { return !rest.empty() && rest.front() == kTemplates.name ? kTemplates : kHeader; }
};

// The list, where an owner asks, as far as the From field can say.
Result<HeaderTarget> find_header(Desk& desk, const Request& request) {
  Result<OwnersTarget> named = find_for_owner(desk, request);
  if (!named) return named.error();
  HeaderTarget target{nullptr, std::move(named->rest)};
  if (named->list == nullptr) return target;
  Result<lists::List*> list = desk.open_for_change(*named->list);
  if (!list) return list.error();
  target.list = *list;
  return target;
}

std::string name_of(const lists::List& list) { return list.name().name(); }

void say_locked(Desk& desk, const lists::List& list, const lists::HeaderLock& lock) {
  desk.say(Reply::header_is_locked,
           {{"list", name_of(list)}, {"address", lock.owner}, {"time", minute_text(lock.until)}});
}

// The lock of another owner.
Result<std::optional<lists::HeaderLock>> lock_against(Desk& desk, const lists::List& list, const PutFile& file) {
  if (!file.has_lock) return std::optional<lists::HeaderLock>();
  Result<std::optional<lists::HeaderLock>> lock = lists::find_header_lock(desk.work(), list);
  if (!lock || !*lock || (*lock)->owner != desk.requester().canonical()) return lock;
  return std::optional<lists::HeaderLock>();
}

Status take_lock(Desk& desk, const lists::List& list) {
  Result<std::optional<lists::HeaderLock>> other = lock_against(desk, list, kHeader);
  if (!other) return other.error();
  if (*other) {
    say_locked(desk, list, **other);
    return {};
  }
  const lists::HeaderLock lock = lists::lock_header(desk.work(), list, desk.requester());
  desk.say(Reply::header_locked, {{"list", name_of(list)}, {"time", minute_text(lock.until)}});
  return {};
}

Status store(Desk& desk, lists::List& list, const PutFile& file, const std::string& text) {
  Result<bool> taken = take_mailed_config(desk, list, text, file.dialect(), "put");
  if (!taken) return taken.error();
  if (*taken && file.has_lock) lists::unlock_header(desk.work(), list);
  return {};
}

// What the letter that asks shows: the settings as they would be, whatever the header says besides.
std::string shown_file(const lists::List& list, const PutFile& file, const lists::ListConfig& config) {
  const std::string header = lists::write_in(file.dialect(), config, name_of(list));
  std::string shown;
  std::string_view rest = header;
  while (const auto line = next_line(rest)) shown += printable_utf8(*line) + "\n";
  return shown;
}

Status ask(Desk& desk, const lists::List& list, const PutFile& file, const std::string& text,
           const lists::ListConfig& config) {
  const bool may_hold_password = file.name == kHeader.name;
  const lists::KeptRequest kept{list.address(), std::string(file.kept), "",
                                may_hold_password ? lists::without_secrets(text) : text, desk.requester().text()};
  return ask_to_confirm_kept(desk, &list, kept, desk.shown_line(), shown_file(list, file, config));
}

// What put takes back.
void show_put(Desk& desk, const lists::List& list, const PutFile& file, const lists::ListConfig& config) {
  const std::string text = "PUT " + name_of(list) + " " + std::string(file.name) +
                           " PW=" + std::string(tongues::kHiddenInHeader) + "\n" +
                           lists::write_in(file.dialect(), config, name_of(list));
  if (text.size() > kMaxShownOctets) {
    send_file(desk, list, name_of(list) + "." + to_lower_ascii(file.name), text);
    desk.say(Reply::config_is_long);
    return;
  }
  desk.show("");
  std::string_view rest = text;
  while (const auto line = next_line(rest)) desk.show(*line);
}

// As the settings were before their last change; one that cannot be read any more is none.
Status show_former_header(Desk& desk, const lists::List& list) {
  const Result<std::string> text = read_file(list.directory() + "/config.old", lists::kMaxConfigOctets);
  if (!text && text.error().kind != ErrorKind::missing) return text.error();
  std::optional<lists::ListConfig::Parsed> former;
  if (text) former = lists::ListConfig::parse(*text);
  if (!former || !former->problems.empty()) {
    desk.say(Reply::header_has_no_former, {{"list", name_of(list)}});
    return {};
  }
  note_owner_action(desk, list, "get former header");
  show_put(desk, list, kHeader, former->config);
  return {};
}

}  // namespace

// get [LIST] (HEADER, get [LIST] (HEADER NOLOCK, get [LIST] (OLD, get [LIST] MAILTPL: what put takes back.
Status get_header(Desk& desk, const Request& request) {
  Result<HeaderTarget> target = find_header(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  if (!request.options.empty()) return show_former_header(desk, list);
  const PutFile& file = target->file();
  const bool locks = file.has_lock && (target->rest.empty() || target->rest.front() != kNoLock);
  Status locked = locks ? take_lock(desk, list) : Status();
  if (!locked) return locked;
  note_owner_action(desk, list, file.has_lock ? "get header" : "get templates");
  show_put(desk, list, file, list.config());
  return {};
}

// put [LIST] LIST PW=PASSWORD, and the header behind it; put [LIST] MAILTPL PW=PASSWORD, and the templates.
Status put_header(Desk& desk, const Request& request) {
  Result<HeaderTarget> target = find_header(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  lists::List& list = *target->list;
  const PutFile& file = target->file();
  const std::string header = request.text.value_or("");
  if (trim(header).empty() && file.name == kHeader.name) {
    desk.say(Reply::header_missing, {{"command", request.word}});
    return {};
  }
  if (header.size() > kMaxHeaderOctets) {
    desk.say(Reply::text_too_long, {{"command", request.word}, {"octets", std::to_string(kMaxHeaderOctets)}});
    return {};
  }
  Result<std::optional<lists::HeaderLock>> other = lock_against(desk, list, file);
  if (!other) return other.error();
  if (*other) {
    say_locked(desk, list, **other);
    return {};
  }
  if (desk.given() != Given::nothing) return store(desk, list, file, header);
  const lists::ListConfig::Parsed parsed = lists::ListConfig::parse(header, file.dialect(), list.config());
  if (parsed.problems.empty()) return ask(desk, list, file, header, parsed.config);
  say_config_refused(desk, list, parsed.problems);
  return {};
}

Status put_confirmed_header(Desk& desk, const lists::List& list, const lists::KeptRequest& kept) {
  const PutFile& file = kept.verb == kTemplates.kept ? kTemplates : kHeader;
  if (!lists::is_owner(list, desk.requester())) {
    desk.say(Reply::owners_only, {{"command", desk.word_of(Verb::put_header)}, {"list", name_of(list)}});
    return {};
  }
  Result<lists::List*> open = desk.open_for_change(list);
  if (!open) return open.error();
  Result<std::optional<lists::HeaderLock>> other = lock_against(desk, **open, file);
  if (!other) return other.error();
  if (!*other) return store(desk, **open, file, kept.details);
  say_locked(desk, **open, **other);
  return {};
}

// unlock [LIST]: an owner's own lock or another's; what was fetched may be put back all the same.
Status unlock_header(Desk& desk, const Request& request) {
  Result<HeaderTarget> target = find_header(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  Result<std::optional<lists::HeaderLock>> lock = lists::find_header_lock(desk.work(), *target->list);
  if (!lock) return lock.error();
  if (!*lock) {
    desk.say(Reply::header_has_no_lock, {{"list", name_of(*target->list)}});
    return {};
  }
  lists::unlock_header(desk.work(), *target->list);
  note_owner_action(desk, *target->list, "unlock");
  desk.say(Reply::header_unlocked, {{"list", name_of(*target->list)}});
  return {};
}

}  // namespace majlis::commands
