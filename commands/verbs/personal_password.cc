#include "lists/effects/personal_password.h"
#include "commands/desk/desk.h"
#include "commands/verbs/kept.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "lists/site/config/config_fault.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kAdd = "add";
constexpr std::string_view kFirst = "first";  // where there is none yet
constexpr std::string_view kReset = "reset";

// The hash of the one that the line gives; nullopt: complained.
std::optional<std::string> new_hash(Desk& desk, const Request& request) {
  const std::string& password = request.arguments[1];
  const Result<std::string> hash = desk.passwords().hash_of(password);
  if (hash && lists::may_be_personal_password(password)) return *hash;
  desk.say(Reply::passwd_refused,
           {{"command", request.word},
            {"why", hash ? desk.words(Reply::personal_password_octets) : desk.words(hash.error().phrase)}});
  return std::nullopt;
}

// A code that was mailed before for another one is void.
Status ask(Desk& desk, const std::string& what, const std::string& hash) {
  const lists::KeptRequest kept{"", std::string(lists::kKeptPassword), what, hash, desk.requester().text()};
  return ask_to_confirm_kept(desk, nullptr, kept, desk.shown_line(), "");
}

}  // namespace

// pw add NEW, pw change NEW, pw rep NEW; pw reset: the requester's own password for the site, which the right one
// before or the address confirms.
Status personal_password(Desk& desk, const Request& request) {
  const bool resets = request.arguments.size() == 1 && request.arguments.front() == kReset;
  const bool is_first = request.arguments.size() == 2 && request.arguments.front() == kFirst;
  const bool gives = is_first || (request.arguments.size() == 2 && request.arguments.front() == kAdd);
  if (!resets && !gives) {
    desk.say(Reply::personal_password_usage,
             {{"command", request.word}, {"usage", std::string(desk.tongue().dialect->password_lines)}});
    return {};
  }
  if (is_first) {
    Result<std::string> former = lists::personal_hash(desk.work().state(), desk.requester());
    if (!former) return former.error();
    if (!former->empty()) {
      desk.say(Reply::personal_password_stays);
      return {};
    }
  }
  const std::optional<std::string> hash = resets ? std::optional(std::string()) : new_hash(desk, request);
  if (!hash) return {};
  const std::string& what = request.arguments.front();
  Result<bool> may = desk.given() == Given::personal ? Result<bool>(true) : all_lists_trust(desk);
  if (!may) return may.error();
  return *may ? put_personal_password(desk, *hash) : ask(desk, what, *hash);
}

Status put_personal_password(Desk& desk, const std::string& hash) {
  Result<std::string> former = lists::personal_hash(desk.work().state(), desk.requester());
  if (!former) return former.error();
  if (hash.empty() && former->empty()) {
    desk.say(Reply::personal_password_none);
    return {};
  }
  Status put = lists::put_personal_hash(desk.work(), desk.requester(), hash);
  if (put) desk.say(hash.empty() ? Reply::personal_password_removed : Reply::personal_password_kept);
  return put;
}

}  // namespace majlis::commands
