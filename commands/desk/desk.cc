#include "commands/desk/desk.h"

#include <algorithm>

#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "commands/tongues/echo.h"
#include "tongues/verbs.h"

namespace majlis::commands {

void Desk::say(std::string_view line) {
  answer_ += line;
  answer_ += '\n';
}

bool Desk::is_answer_full() const {
  return answer_.size() > static_cast<std::size_t>(work_->site().config().max_reply_octets);
}

bool Desk::is_answer_nearly_full() const {
  const auto max = static_cast<std::size_t>(work_->site().config().max_reply_octets);
  return answer_.size() > max - max / 8;
}

void Desk::complain(std::string_view text) {
  ++errors_;
  say("**** " + std::string(text));
}

Result<const lists::List*> Desk::open_list(std::string_view written) {
  const auto name = lookup_.find(written);
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

Result<lists::List*> Desk::open_for_change(const lists::List& list) {
  const lists::ListName& name = list.name();
  lists::List& open = open_.at(name);
  if (for_change_.contains(name)) return &open;
  Status published = work_->publish_leftovers();
  if (!published) return published.error();
  Result<lists::List> fresh = lists::List::open(work_->site(), name);
  if (!fresh) return fresh.error();
  open = std::move(*fresh);
  for_change_.insert(name);
  return &open;
}

bool Desk::is_switched_off(const lists::List& list, Verb verb) const {
  for (const std::string_view word : split_words(list.config().text(lists::Setting::commands_off))) {
    const VerbRow* row = find_verb(word);
    if (row != nullptr && row->verb == verb) return true;
  }
  return false;
}

Result<Target> Desk::find_target(const Request& request, unsigned own_arguments) {
  NamedTarget named = lookup_.name_target(request.arguments, own_arguments);
  Target target{nullptr, std::move(named.rest)};
  if (named.list) {
    Result<const lists::List*> list = open_list(*named.list);
    if (!list) return list.error();
    target.list = *list;
  }
  if (target.list != nullptr && is_switched_off(*target.list, request.verb)) {
    complain(request.word + ": this command is switched off for " + target.list->name().name() + ".");
    target.list = nullptr;
  } else if (target.list == nullptr && request.arguments.empty()) {
    complain(request.word + ": which list?");
  } else if (target.list == nullptr) {
    const auto list_word_of = [&](std::string_view word) {
      return lookup_.find(word) ? ListWord::known : ListWord::unknown;
    };
    const VerbRow& row = row_of(request.verb);
    const bool is_shown = may_show_list(row, request.arguments, list_word_of);
    const std::string shown = is_shown ? shown_word(request.arguments.front(), 60) : std::string(kMask);
    // The first word of an owner's command may be the password, the list forgotten.
    complain(request.word + ": unknown list" + (row.secrets == Secrets::all_but_list ? "." : " '" + shown + "'."));
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
