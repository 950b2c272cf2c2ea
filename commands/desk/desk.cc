#include "commands/desk/desk.h"

#include <algorithm>

#include "base/date_text.h"
#include "base/text.h"
#include "base/wrap.h"
#include "lists/effects/list_change.h"
#include "lists/effects/pending.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxMarkColumns = 5;  // "**** "

// One verb for those that do the same in several languages under names of their own.
Verb same_in_all(Verb verb) {
  switch (verb) {
    case Verb::get_header: return Verb::config;
    case Verb::put_header: return Verb::newconfig;
    default: return verb;
  }
}

}  // namespace

std::string Desk::words(Reply reply, const lists::TextValues& values) {
  return replies_.say(language(), row_of(reply).id, values);
}

std::string Desk::phrased(Reply reply, const lists::TextValues& values) {
  const Said said = row_of(reply).said;
  return tongue_->phrase(said, wrapped(words(reply, values), kLetterColumns - kMaxMarkColumns));
}

std::string Desk::words(const Phrase& fault) {
  return lists::with_keyword(fault, faults_.say(language(), fault.id, fault.values));
}

std::string Desk::date_text(UnixTime time) { return language() == "en" ? asctime_text(time) : minute_text(time); }

void Desk::say(Reply reply, const lists::TextValues& values) {
  if (row_of(reply).said == Said::complaint) ++errors_;
  answer_ += phrased(reply, values);
}

void Desk::begin_answer(const Request& request) {
  language_.clear();
  shown_line_ = request.echo;
  if (request.is_echoed && !request.echo.empty()) answer_ += tongue_->phrase(Said::echo, request.echo);
}

void Desk::speak_of(const lists::List& list) {
  language_ = list.config().text(lists::Setting::language);
  // A member may have a language of its own; who cannot be looked up is answered in the list's.
  const Result<std::optional<store::Member>> member = work_->state().find_member(list.address(), requester());
  if (member && *member && !(*member)->language.empty()) language_ = (*member)->language;
}

const std::string& Desk::language() {
  if (language_.empty() && lookup_.default_list()) {
    Result<const lists::List*> list = open_list(*lookup_.default_list());
    if (list && *list != nullptr) speak_of(**list);
  }
  if (language_.empty()) language_ = work_->site().config().language;
  return language_;
}

void Desk::note_pending(const lists::List& list, const std::string& id) {
  notices_.insert(lists::notice_message_id(list, id));
}

Result<bool> Desk::may_ask_requester() {
  if (!may_ask_) {
    Result<bool> within = lists::is_within_share(*work_, "challenge-commands", requester());
    if (!within) return within;
    may_ask_ = *within;
  }
  return *may_ask_;
}

Status Desk::send_confirmations() {
  return confirmations_.send(*work_, requester(), answer_place(), work_->site().config().language);
}

bool Desk::is_answer_full() const {
  return answer_.size() > static_cast<std::size_t>(work_->site().config().max_reply_octets);
}

bool Desk::is_answer_nearly_full() const {
  const auto max = static_cast<std::size_t>(work_->site().config().max_reply_octets);
  return answer_.size() > max - max / 8;
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
    const std::optional<Verb> off = tongues::verb_in_any(word);
    if (off && same_in_all(*off) == same_in_all(verb)) return true;
  }
  return false;
}

Result<Target> Desk::find_target(const Request& request) {
  NamedTarget named = lookup_.name_target(request.arguments, request.own_arguments);
  Target target{nullptr, std::move(named.rest)};
  if (named.list) {
    Result<const lists::List*> list = open_list(*named.list);
    if (!list) return list.error();
    target.list = *list;
  }
  if (target.list != nullptr) speak_of(*target.list);
  if (target.list != nullptr && is_switched_off(*target.list, request.verb)) {
    say(Reply::switched_off, {{"command", request.word}, {"list", target.list->name().name()}});
    target.list = nullptr;
  } else if (target.list == nullptr && !tongue_->dialect->names_lists) {
    say(Reply::list_at_request, {{"command", request.word}});
  } else if (target.list == nullptr && request.arguments.empty()) {
    say(Reply::which_list, {{"command", request.word}});
  } else if (target.list == nullptr && tongues::is_owners(request.secrets)) {
    // The first word may be the password, the list forgotten.
    say(Reply::unknown_list_unnamed, {{"command", request.word}});
  } else if (target.list == nullptr) {
    // Majordomo's who has words of its own.
    say(request.verb == Verb::who ? Reply::no_such_list : Reply::unknown_list,
        {{"command", request.word}, {"word", request.shown_list}});
  }
  return target;
}

bool Desk::sees_all(const lists::List& list) const {
  return proof_ == auth::Proof::list_password ||
         (tongue_->dialect->answers_owners && lists::is_owner(list, requester()));
}

Result<bool> Desk::may_see(const lists::List& list, lists::Setting setting) {
  if (sees_all(list)) return true;
  const std::string_view access = list.config().choice(setting);
  if (access == "open") return true;
  if (access == "closed") return false;
  Result<std::optional<store::Member>> member = work_->state().find_member(list.address(), requester());
  if (!member) return member.error();
  return member->has_value();
}

}  // namespace majlis::commands
