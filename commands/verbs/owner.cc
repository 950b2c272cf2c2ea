#include "commands/verbs/owner.h"

#include "base/log.h"
#include "base/text.h"
#include "commands/reading/secret_words.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/command_letter.h"
#include "lists/effects/kept_command.h"

namespace majlis::commands {
namespace {

constexpr UnixTime kHour = 3600;
constexpr std::size_t kMaxShownLines = 20;  // of a command's data
constexpr std::size_t kMaxShownOctets = 200;

std::string shown_data(std::string_view text) {
  std::string shown;
  for (std::size_t count = 0; const auto line = next_line(text); ++count) {
    if (count == kMaxShownLines) return shown + "...\n";
    shown += printable_utf8(*line, kMaxShownOctets) + "\n";
  }
  return shown;
}

// Whole: an owner is to see what is agreed to. What was given as a password in this message is left out.
std::string shown_command(Desk& desk, const OwnersTarget& target, const Request& request) {
  std::string shown = (request.is_quiet ? "quiet " : "") + request.word + " " + target.list->name().name();
  for (const std::string& word : target.rest) {
    shown += " " + (desk.passwords().knows(word) ? std::string(kMask) : shown_word(word, kMaxShownOctets));
  }
  return request.about.empty() ? shown : shown + " for " + shown_word(request.about, kMaxShownOctets);
}

// Takes the password out of the words; false when it is not right.
bool takes_password(Desk& desk, const Request& request, OwnedTarget& target) {
  if (target.rest.empty()) {
    desk.say(Reply::password_needed, {{"command", request.word}});
    return false;
  }
  const bool is_last = request.secrets == tongues::Secrets::password_last;
  const auto place = is_last ? target.rest.end() - 1 : target.rest.begin();
  const Passwords::Answer answer = desk.passwords().ask(*target.list, *place);
  if (answer != Passwords::Answer::right) {
    const bool has_new = request.verb == Verb::passwd;
    refuse_password(desk, answer, has_new ? Reply::old_password_wrong : Reply::password_wrong, request.word);
    return false;
  }
  target.rest.erase(place);
  return true;
}

}  // namespace

Result<OwnersTarget> find_for_owner(Desk& desk, const Request& request) {
  Result<Target> named = desk.find_target(request);
  if (!named) return named.error();
  OwnersTarget target{named->list, std::move(named->rest), desk.given() != Given::nothing};
  if (target.list != nullptr && !lists::is_owner(*target.list, desk.requester())) {
    desk.say(Reply::owners_only, {{"command", request.word}, {"list", target.list->name().name()}});
    target.list = nullptr;
  }
  return target;
}

Status ask_owner_to_confirm(Desk& desk, const OwnersTarget& target, Request request) {
  const lists::List& list = *target.list;
  request.arguments = target.rest;
  request.arguments.insert(request.arguments.begin(), list.address());
  const std::string shown = shown_command(desk, target, request);
  const lists::KeptRequest kept{list.address(), std::string(lists::kKeptCommand), shown,
                                lists::command_details(request), desk.requester().text()};
  if (kept.details.size() > lists::kMaxKeptOctets) {
    desk.say(Reply::command_too_long_to_keep,
             {{"command", request.word}, {"octets", std::to_string(lists::kMaxKeptOctets)}});
    return {};
  }
  std::string more;
  if (request.agreed) more = desk.words(Reply::command_is_about, {{"count", std::to_string(*request.agreed)}}) + "\n";
  if (request.text) more += shown_data(*request.text);
  return ask_to_confirm_kept(desk, &list, kept, shown, std::move(more));
}

Status ask_to_confirm_kept(Desk& desk, const lists::List* list, const lists::KeptRequest& kept, std::string shown,
                           std::string more) {
  Result<bool> may_ask = desk.may_ask_requester();
  if (!may_ask) return may_ask.error();
  if (!*may_ask) {
    const bool is_of_site = list == nullptr;
    desk.say(Reply::not_challenged,
             {{"owner_address", is_of_site ? desk.work().site().config().postmaster : list->role_address("owner")}});
    return {};
  }
  const std::int64_t hours =
      list == nullptr ? auth::kDefaultTokenLife / kHour : list->config().integer(lists::Setting::token_hours);
  Result<lists::FreshToken> token = lists::keep_request(desk.work(), kept, desk.work().now() + hours * kHour);
  if (!token) return token.error();
  desk.confirmations().add(list, desk.requester(), {std::move(shown), std::move(*token), std::move(more)});
  desk.say(Reply::challenged, {{"count", std::to_string(hours)}});
  return {};
}

Status carry_out_kept_command(Desk& desk, const std::string& details) {
  Result<Request> request = lists::read_command_details(details);
  if (!request) return request.error();
  const VerbFunction function = function_of(request->verb);
  if (function == nullptr) return {};
  desk.set_given(Given::personal);
  Status done = function(desk, *request);
  desk.set_given(Given::nothing);
  return done;
}

Result<OwnedTarget> find_owned(Desk& desk, const Request& request) {
  Result<Target> named = desk.find_target(request);
  if (!named) return named.error();
  OwnedTarget target{nullptr, std::move(named->rest)};
  if (named->list == nullptr) return target;
  Result<lists::List*> list = desk.open_for_change(*named->list);
  if (!list) return list.error();
  target.list = *list;
  const bool is_approved = desk.proof() == auth::Proof::list_password;
  if (!is_approved && !takes_password(desk, request, target)) target.list = nullptr;
  return target;
}

bool may_walk_roster(Desk& desk, const Request& request) {
  if (desk.may_walk_roster()) return true;
  desk.say(Reply::too_many_walks, {{"command", request.word}, {"limit", std::to_string(Desk::kMaxWalks)}});
  return false;
}

void refuse_password(Desk& desk, Passwords::Answer answer, Reply refusal, const std::string& command) {
  switch (answer) {
    case Passwords::Answer::of_posts: desk.say(Reply::password_of_posts, {{"command", command}}); return;
    case Passwords::Answer::throttled: desk.say(Reply::password_throttled); return;
    case Passwords::Answer::not_checked: desk.say(Reply::password_not_checked); return;
    case Passwords::Answer::right:
    case Passwords::Answer::wrong: desk.say(refusal, {{"command", command}}); return;
  }
}

void note_owner_action(Desk& desk, const lists::List& list, std::string_view what) {
  const std::string by = desk.requester().canonical();
  desk.work().note(list.address(), std::string(what) + " by=" + by);
  desk.work().log_when_done(LogLine("owner").with("list", list.address()).with("from", by).with("command", what));
}

}  // namespace majlis::commands
