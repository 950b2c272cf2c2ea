#include "commands/desk.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "commands/secret_words.h"
#include "commands/table.h"
#include "lists/directory.h"

namespace majlis::commands {
namespace {

bool is_switched_off(const lists::List& list, Verb verb) {
  for (const std::string_view word : split_words(list.config().text(lists::Setting::commands_off))) {
    const VerbRow* row = find_verb(word);
    if (row != nullptr && row->verb == verb) return true;
  }
  return false;
}

}  // namespace

std::string Desk::default_domain() const {
  if (default_list_) return default_list_->domain();
  const std::size_t at = server_.rfind('@');
  const std::string domain = server_.substr(at + 1);
  return path_exists(work_->site().directory() + "/lists/" + domain) ? domain : work_->site().config().domain;
}

void Desk::say(std::string_view line) {
  answer_ += line;
  answer_ += '\n';
}

void Desk::complain(std::string_view text) {
  ++errors_;
  say("**** " + std::string(text));
}

Result<const lists::List*> Desk::open_list(std::string_view written) {
  const auto name = lists::find_list(work_->site(), written, default_domain());
  if (!name) return nullptr;
  return open_list(*name);
}

Result<const lists::List*> Desk::open_list(const lists::ListName& name) {
  const auto known = open_.find(name);
  if (known != open_.end()) return &known->second;
  Result<lists::List> list = lists::List::open(work_->site(), name);
  if (!list) return list.error();
  return &open_.emplace(name, std::move(*list)).first->second;
}

Result<Target> Desk::find_target(const Request& request, unsigned own_arguments) {
  Target target;
  target.rest = request.arguments;
  Result<const lists::List*> named = nullptr;
  if (!target.rest.empty()) named = open_list(target.rest.front());
  if (!named) return named.error();
  const bool names_a_list = *named != nullptr;
  const bool short_line = target.rest.size() < own_arguments || target.rest.empty();
  if (names_a_list && !(default_list_ && short_line)) {
    target.list = *named;
    target.rest.erase(target.rest.begin());
  } else if (default_list_) {
    Result<const lists::List*> fallback = open_list(*default_list_);
    if (!fallback) return fallback.error();
    target.list = *fallback;
  }
  if (target.list != nullptr && is_switched_off(*target.list, request.verb)) {
    complain(request.word + ": this command is switched off for " + target.list->name().name() + ".");
    target.list = nullptr;
  } else if (target.list == nullptr && request.arguments.empty()) {
    complain(request.word + ": which list?");
  } else if (target.list == nullptr) {
    complain(request.word + ": unknown list '" + shown_words(request.arguments.front(), 60) + "'.");
  }
  return target;
}

Result<bool> Desk::may_see(const lists::List& list, lists::Setting setting) {
  if (proof_ == auth::Proof::list_password) return true;
  const std::string_view access = list.config().choice(setting);
  if (access == "open") return true;
  if (access == "closed") return false;
  Result<std::optional<store::Member>> member = work_->state().find_member(list.address(), requester_);
  if (!member) return member.error();
  return member->has_value();
}

}  // namespace majlis::commands
