#include <algorithm>

#include "commands/verbs/membership.h"
#include "commands/verbs/options_of_others.h"
#include "commands/verbs/verbs.h"
#include "lists/members/member_log.h"
#include "lists/members/renewal.h"
#include "lists/members/set_options.h"
#include "lists/site/config/topics.h"

namespace majlis::commands {
namespace {

using lists::MemberOption;
using lists::MemberOptions;

void tell(Desk& desk, const lists::List& list, const std::string& option, const mail::Address& address) {
  const std::string done = "set " + option;
  desk.say(Reply::option_set, {{"option", option}, {"list", list.name().name()}});
  desk.work().note(address.canonical(), done + " list=" + list.address());
  lists::log_member(desk.work(), list, done, address);
}

// With what "mail" brings along for this member in the tongue at hand: an end to digests and indexes, unless it is to
// begin again as it was before, or the line says how mail is wanted.
MemberOptions with_ends(const Desk& desk, MemberOptions options, const store::Member& member) {
  constexpr std::uint32_t kStops = store::kMemberNoMail | store::kMemberSuspended;
  auto& flags = options.flags;
  const auto mail = std::find(flags.begin(), flags.end(), lists::find_member_option("mail"));
  const bool is_on = mail != flags.end() && (member.flags & kStops) == 0;
  const bool says_form = std::any_of(flags.begin(), flags.end(), [](const auto* each) {
    return ((each->sets | each->clears) & store::kMemberCollected) != 0;
  });
  if (!desk.tongue().dialect->mail_ends_digest || !is_on || says_form) return options;
  if ((member.flags & store::kMemberDigest) != 0) flags.push_back(lists::find_member_option("nodigest"));
  if ((member.flags & store::kMemberIndex) != 0) flags.push_back(lists::find_member_option("noindex"));
  std::sort(flags.begin(), flags.end());
  return options;
}

Status set(Desk& desk, const lists::List& list, const MemberOptions& options, const store::Member& member,
           MemberOption::By who) {
  return lists::set_member_options(desk.work().state(), list, member, options, who, "member", desk.work().now());
}

Status carry_out(Desk& desk, const lists::List& list, const MemberOptions& options, const store::Member& member,
                 auth::Proof proof) {
  store::Writer& state = desk.work().state();
  const auto who = proof == auth::Proof::list_password ? MemberOption::By::owner : MemberOption::By::member;
  Status done = set(desk, list, options, member, who);
  if (!done) return done;
  for (const MemberOption* option : options.flags) tell(desk, list, std::string(option->name), member.address);
  if (lists::has_wrong_topics(list, options)) {
    say_topics(desk, list, Reply::topics_are);  // the list had them when it was asked
  } else if (!options.topics.empty()) {
    tell(desk, list, lists::topics_word(options), member.address);
  }
  if (!options.language.empty()) tell(desk, list, "language:" + options.language, member.address);
  // Only the member itself reads its mail: it is there, and wants to be.
  if (proof != auth::Proof::address_token || !list.config().is_set(lists::Setting::renewal)) return {};
  return lists::renew_subscription(state, list, member, desk.work().now());
}

bool may_set(const MemberOption& option, auth::Proof proof) {
  return option.by == MemberOption::By::member || proof == auth::Proof::list_password ||
         proof == auth::Proof::administrator;
}

std::size_t max_options(const Desk& desk) {
  const tongues::Dialect& dialect = *desk.tongue().dialect;
  return dialect.confirms_by_token ? dialect.options.size() : lists::kMaxOptionsAtOnce;
}

// As the tongue calls them.
std::string option_words(const Desk& desk, MemberOption::By who) {
  const tongues::Dialect& dialect = *desk.tongue().dialect;
  if (dialect.options.empty()) return lists::option_names(who);
  std::string words;
  for (const tongues::OptionRow* row : tongues::options_of_members(dialect)) {
    if (who == MemberOption::By::member && lists::is_owners_option(row->option)) continue;
    words += (words.empty() ? "" : " ") + std::string(row->word);
  }
  return words;
}

}  // namespace

// set [LIST] OPTION... [ADDRESS]: options of one's own membership.
Status set_option(Desk& desk, const Request& request) {
  if (!request.about.empty()) {
    return set_for_others(desk, request,
                          [&](const lists::List& list, const MemberOptions& options, const store::Member& member) {
                            return set(desk, list, with_ends(desk, options, member), member, MemberOption::By::owner);
                          });
  }
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (changes_nothing(desk, request)) return {};
  const std::size_t most = max_options(desk);
  MemberOptions options = lists::take_options(*target->list, target->rest, most);
  if (options.empty()) {
    const bool is_owner = desk.proof() == auth::Proof::list_password;
    const auto who = is_owner ? MemberOption::By::owner : MemberOption::By::member;
    desk.say(Reply::option_needed,
             {{"command", request.word}, {"options", option_words(desk, who)}, {"limit", std::to_string(most)}});
    return {};
  }
  if (lists::has_wrong_topics(*target->list, options)) {
    say_topics(desk, *target->list, Reply::topics_are);
    return {};
  }
  const std::optional<mail::Mailbox> person = person_in(desk, request, target->rest);
  if (!person) return {};
  Result<std::optional<store::Member>> member =
      desk.work().state().find_member(target->list->address(), person->address);
  if (!member) return member.error();
  if (*member) options = with_ends(desk, std::move(options), **member);
  const auto& flags = options.flags;
  const bool only_stops_mail = options.topics.empty() && options.language.empty() &&
                               std::all_of(flags.begin(), flags.end(), [](const auto* option) {
                                 return (option->sets & store::kMemberNoMail) != 0;
                               });
  const OwnCommand command = only_stops_mail ? OwnCommand::leave_or_stop_mail : OwnCommand::other;
  const auth::Proof proof = proof_about(desk, *target->list, person->address, command);
  return change_options(desk, *target->list, options, person->address, proof);
}

bool changes_nothing(Desk& desk, const Request& request) {
  for (const std::string& word : request.never) {
    const tongues::OptionRow* row = tongues::match_option(*desk.tongue().dialect, word);
    desk.say(Reply::option_never, {{"option", tongues::in_capitals(word)},
                                   {"always", row == nullptr ? "" : tongues::in_capitals(row->option)}});
  }
  if (request.takes_nothing && request.never.empty()) desk.say(Reply::option_always);
  return request.takes_nothing;
}

void say_topics(Desk& desk, const lists::List& list, Reply words) {
  std::string names;
  for (const lists::Topic& topic : lists::read_topics(list.config().lines(lists::Setting::topics))) {
    names += (names.empty() ? "" : ", ") + topic.name;
  }
  desk.say(names.empty() ? Reply::topics_none : words, {{"list", list.name().name()}, {"topics", names}});
}

Status change_options(Desk& desk, const lists::List& list, const MemberOptions& options, const mail::Address& address,
                      auth::Proof proof) {
  for (const MemberOption* option : options.flags) {
    if (may_set(*option, proof)) continue;
    desk.say(Reply::option_is_owners, {{"command", desk.word_of(Verb::set)}, {"option", std::string(option->name)}});
    return {};
  }
  const MemberAction action{{"set", lists::words_of(options)},
                            [&](const store::Member& member) { return carry_out(desk, list, options, member, proof); }};
  return act_on_member(desk, list, action, address, proof);
}

}  // namespace majlis::commands
