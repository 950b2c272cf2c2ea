#include "commands/verbs/kept.h"

#include "base/text.h"
#include "lists/effects/kept_request.h"
#include "lists/members/join_as.h"

namespace majlis::commands {
namespace {

// nullopt: a request that this version does not know.
std::optional<Confirmed> confirmed_by(const lists::List& list, const lists::KeptRequest& kept) {
  Confirmed confirmed;
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
  confirmed.options = lists::take_options(list, words, words.size());
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
  Result<const lists::List*> list = desk.open_list((*kept)->list);
  if (!list) return list.error();
  if (*list == nullptr) return none;
  const lists::ChallengedAction action{(*kept)->verb, (*kept)->option, (*kept)->details};
  const auto valid =
      auth::check_token(desk.work().site().keys(), token, lists::grant_of(**list, action, *address), desk.work().now());
  if (!valid) return none;
  Result<bool> used = desk.work().state().is_token_used(valid->canonical);
  if (!used) return used.error();
  const std::optional<Confirmed> confirmed = confirmed_by(**list, **kept);
  if (*used || !confirmed) return none;
  return std::optional(KeptConfirmation{*list, action, *confirmed, person_of(desk, **kept), *valid});
}

}  // namespace majlis::commands
