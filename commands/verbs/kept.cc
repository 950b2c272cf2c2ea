#include "commands/verbs/kept.h"

#include <array>

#include "base/text.h"
#include "lists/effects/command_letter.h"
#include "lists/members/challenge_subjects.h"
#include "lists/members/join_as.h"
#include "lists/site/former_names.h"

namespace majlis::commands {
namespace {

struct Kind {
  std::string_view verb;
  Confirmed::What what;
};
constexpr std::array kKinds = {
    Kind{lists::kKeptPassword, Confirmed::What::password}, Kind{lists::kKeptHeader, Confirmed::What::header},
    Kind{lists::kKeptTemplates, Confirmed::What::header},  Kind{lists::kKeptCommand, Confirmed::What::command},
    Kind{lists::kKeptChange, Confirmed::What::change},     Kind{lists::kKeptSeveral, Confirmed::What::several},
};

// nullopt: a request that this version does not know.
std::optional<Confirmed> confirmed_by(const lists::List* list, const lists::KeptRequest& kept) {
  Confirmed confirmed;
  for (const auto& [verb, what] : kKinds) {
    if (kept.verb != verb) continue;
    confirmed.what = what;
    return confirmed;
  }
  if (list == nullptr) return std::nullopt;
  if (kept.verb == lists::kConfirmPost) {
    confirmed.verb = Verb::confirm;
    confirmed.what = Confirmed::What::posts;
    return confirmed;
  }
  const std::optional<Verb> verb = tongues::verb_named(kept.verb);
  if (!verb) return std::nullopt;
  confirmed.verb = *verb;
  std::vector<std::string> words;
  for (const std::string_view word : split_words(kept.option)) words.emplace_back(word);
  confirmed.options = lists::take_options(*list, words, words.size());
  if (const auto join = lists::read_join_details(kept.details)) confirmed.join_as = join->as;
  return confirmed;
}

mail::Mailbox person_of(const Desk& desk, const lists::KeptRequest& kept) {
  mail::Mailbox person = desk.requester_with_name();
  const auto join = lists::read_join_details(kept.details);
  if (join && join->as.keeps_name) person.display = join->name;
  return person;
}

}  // namespace

Result<std::optional<KeptConfirmation>> find_kept(Desk& desk, std::string_view token) {
  const std::optional<KeptConfirmation> none;
  Result<std::optional<lists::KeptRequest>> kept = lists::find_kept_request(desk.work().state(), token);
  if (!kept) return kept.error();
  const auto address = *kept ? mail::Address::parse((*kept)->address) : std::nullopt;
  if (!address || *address != desk.requester()) return none;
  Result<const lists::List*> list = nullptr;
  if (!(*kept)->list.empty()) list = desk.open_list((*kept)->list);
  if (!list) return list.error();
  if (*list == nullptr && !(*kept)->list.empty()) return none;
  const lists::ChallengedAction action{(*kept)->verb, (*kept)->option, (*kept)->details};
  Result<std::string> name = lists::token_name(desk.work().state(), (*kept)->list);
  if (!name) return name.error();
  const auto valid =
      lists::check_token(desk.work().site(), token, lists::grant_of(*name, action, *address), desk.work().now());
  if (!valid) return none;
  Result<bool> used = desk.work().state().is_token_used(valid->canonical);
  if (!used) return used.error();
  const std::optional<Confirmed> confirmed = confirmed_by(*list, **kept);
  if (*used || !confirmed) return none;
  mail::Mailbox person = person_of(desk, **kept);
  return std::optional(KeptConfirmation{*list, std::move(**kept), *confirmed, std::move(person), *valid});
}

std::vector<std::string> subjects_of(Desk& desk, const KeptConfirmation& kept, std::string_view token) {
  const lists::Site& site = desk.work().site();
  std::vector<std::string> subjects;
  if (kept.list != nullptr) {
    subjects = lists::challenge_subjects(site, *kept.list, action_of(kept.confirmed), kept.person.address, token);
  }
  const std::string language =
      kept.list != nullptr ? kept.list->config().text(lists::Setting::language) : site.config().language;
  for (const tongues::Dialect* dialect : tongues::all_dialects()) {
    subjects.push_back(lists::command_letter_subject(site, language, token, *dialect));
  }
  return subjects;
}

}  // namespace majlis::commands
