#include <algorithm>

#include "base/text.h"
#include "commands/reading/person_words.h"
#include "commands/reading/secret_words.h"
#include "commands/verbs/by_owner.h"
#include "commands/verbs/verbs.h"
#include "lists/effects/bans.h"
#include "lists/members/request_decision.h"
#include "lists/site/directory.h"
#include "mail/address_pattern.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxShownOctets = 100;

bool may_be_added(Desk& desk, const NamedPerson& person) {
  return !mail::is_pattern(person.address.text()) && !lists::leads_back(desk.work().site(), person.address);
}

// "ann@a.example bob@a.example" are two people.
bool has_address_in_name(const NamedPerson& person) {
  const std::vector<std::string_view> words = split_words(person.name ? std::string_view(*person.name) : "");
  return std::any_of(words.begin(), words.end(), [](std::string_view word) {
    const std::size_t at = word.find('@');
    return at != std::string_view::npos && word.find('.', at) != std::string_view::npos;
  });
}

// From lines "ADDRESS NAME" or "NAME <ADDRESS>". Lines that are neither are told.
std::vector<NamedPerson> read_people(Desk& desk, std::string_view text) {
  std::vector<NamedPerson> people;
  for (std::size_t number = 1; const auto line = next_line(text); ++number) {
    if (trim(*line).empty()) continue;
    auto person = named_person(*line);
    if (person && may_be_added(desk, *person) && !has_address_in_name(*person)) {
      people.push_back(std::move(*person));
      continue;
    }
    desk.say(Reply::data_line_unreadable,
             {{"number", std::to_string(number)}, {"line", shown_words(*line, kMaxShownOctets)}});
  }
  return people;
}

enum class Outcome { added, renamed, was_there, banned };

Result<Outcome> add_one(Desk& desk, const lists::List& list, const NamedPerson& person, lists::Told told) {
  store::Writer& state = desk.work().state();
  Result<std::optional<store::Member>> member = state.find_member(list.address(), person.address);
  if (!member) return member.error();
  if (*member) {
    if (!person.name || person.name == (*member)->display) return Outcome::was_there;
    Result<bool> named = state.set_member_name(list.address(), person.address, *person.name);
    return named ? Result(Outcome::renamed) : named.error();
  }
  Result<bool> is_banned = lists::is_banned(state, list.address(), person.address);
  if (!is_banned || *is_banned) return is_banned ? Result(Outcome::banned) : is_banned.error();
  lists::JoinAs as;
  as.keeps_name = person.name.has_value();
  Status done = lists::change_member(desk.work(), list, lists::MembershipChange::join,
                                     {person.name.value_or(""), person.address}, as, told);
  return done ? Result(Outcome::added) : done.error();
}

void say_outcome(Desk& desk, const lists::List& list, const NamedPerson& person, Outcome outcome) {
  lists::TextValues values = {{"address", person.address.text()}, {"list", list.name().name()}};
  switch (outcome) {
    case Outcome::added: desk.say(Reply::member_added, values); return;
    case Outcome::renamed: desk.say(Reply::member_renamed, values); return;
    case Outcome::was_there: desk.say(Reply::member_was_there, values); return;
    case Outcome::banned:
      values["owner_address"] = list.role_address("owner");
      desk.say(Reply::is_banned, values);
      return;
  }
}

// ADD LIST DD=NAME [IMPORT]
Status add_many(Desk& desk, const OwnersTarget& target, const Request& request) {
  const std::vector<NamedPerson> people = read_people(desk, *request.text);
  if (people.empty()) {
    desk.say(Reply::data_is_empty, {{"command", request.word}});
    return {};
  }
  if (people.size() > kMaxMembersAtOnce) {
    desk.say(Reply::too_many_members, {{"command", request.word}, {"limit", std::to_string(kMaxMembersAtOnce)}});
    return {};
  }
  if (!request.is_quiet && people.size() > kMaxToldAtOnce) {
    desk.say(Reply::too_many_to_tell, {{"command", request.word}, {"limit", std::to_string(kMaxToldAtOnce)}});
    return {};
  }
  if (!target.is_proven) {
    Request asked = request;
    asked.agreed = people.size();
    return ask_owner_to_confirm(desk, target, std::move(asked));
  }
  const lists::Told told = request.is_quiet ? lists::Told::nobody : lists::Told::always;
  std::vector<Outcome> outcomes;
  for (const NamedPerson& person : people) {
    Result<Outcome> outcome = add_one(desk, *target.list, person, told);
    if (!outcome) return outcome.error();
    outcomes.push_back(*outcome);
  }
  note_owner_action(desk, *target.list, "add");
  // The count first: a long answer is cut off.
  const auto count = std::count(outcomes.begin(), outcomes.end(), Outcome::added);
  desk.say(Reply::members_added, {{"count", std::to_string(count)}, {"list", target.list->name().name()}});
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!request.is_quiet || outcomes[i] == Outcome::banned) say_outcome(desk, *target.list, people[i], outcomes[i]);
  }
  return {};
}

}  // namespace

// ADD [LIST] ADDRESS [NAME]: a name of one word is a slip, "*" none that is known.
Status add_members(Desk& desk, const Request& request) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (request.text) return add_many(desk, *target, request);
  if (!request.text_tag.empty()) {
    desk.say(Reply::data_missing, {{"command", request.word}, {"name", request.text_tag}});
    return {};
  }
  std::string written;
  for (const std::string& word : target->rest) written += (written.empty() ? "" : " ") + word;
  const auto person = named_person(written);
  if (!person || !may_be_added(desk, *person)) {
    desk.say(Reply::bad_address, {{"command", request.word}, {"address", shown_words(written, kMaxShownOctets)}});
    return {};
  }
  if (has_address_in_name(*person)) {
    desk.say(Reply::name_has_address, {{"command", request.word}});
    return {};
  }
  if (person->name && !person->name->empty() && person->name->find(' ') == std::string::npos) {
    desk.say(Reply::name_needs_two, {{"command", request.word}});
    return {};
  }
  if (!target->is_proven) return ask_owner_to_confirm(desk, *target, request);
  const lists::Told told = request.is_quiet ? lists::Told::only_owner : lists::Told::always;
  Result<Outcome> outcome = add_one(desk, *target->list, *person, told);
  if (!outcome) return outcome.error();
  note_owner_action(desk, *target->list, "add");
  say_outcome(desk, *target->list, *person, *outcome);
  return {};
}

}  // namespace majlis::commands
