#include "base/text.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/register_name.h"
#include "commands/verbs/verbs.h"
#include "lists/members/join_as.h"
#include "lists/members/member_option.h"

namespace majlis::commands {
namespace {

using lists::MembershipChange;

constexpr std::size_t kMaxLists = 100;

// What the line says of how to join; `person` gets the name. nullopt: complained.
std::optional<lists::JoinAs> join_as_in(Desk& desk, const Request& request, const lists::List& list,
                                        mail::Mailbox& person) {
  lists::JoinAs as;
  const bool has_name = !person.display.empty() && person.address == desk.requester();
  as.keeps_name = desk.tongue().dialect->keeps_names && has_name;
  if (!request.join) return as;
  std::vector<std::string> words = request.join->options;
  const lists::MemberOptions options = lists::take_options(list, words, words.size());
  const bool is_unusable = options.empty() && !request.join->options.empty();
  if (is_unusable || !options.topics.empty() || !options.language.empty()) {
    desk.say(Reply::options_contradict, {{"command", request.word}});
    return std::nullopt;
  }
  for (const lists::MemberOption* option : options.flags) {
    if (option->by == lists::MemberOption::By::owner) {
      desk.say(Reply::option_is_owners, {{"command", request.word}, {"option", std::string(option->name)}});
      return std::nullopt;
    }
    as.flags = lists::flags_with(as.flags, *option);
    as.clears |= option->clears;
  }
  if (!request.join->name) return as;
  as.keeps_name = true;
  person.display = *request.join->name;
  return as;
}

// SUBSCRIBE [LIST] NEW NAME of a member who goes by another one: as REGISTER does it, on this list. false: it is not
// that.
Result<bool> rename_member(Desk& desk, const Request& request, const lists::List& list, const mail::Mailbox& person) {
  const bool gives_name = request.join && request.join->name && split_words(*request.join->name).size() > 1;
  const bool is_own = person.address == desk.requester();
  if (!desk.tongue().dialect->joining_again_renames || !gives_name || !is_own) return false;
  const std::string& name = *request.join->name;
  Result<std::optional<store::Member>> member = desk.work().state().find_member(list.address(), person.address);
  if (!member) return member.error();
  if (!*member || (*member)->display == name) return false;
  if (proof_about(desk, list, person.address, OwnCommand::other) == auth::Proof::none) {
    Status asked = ask_for_name(desk, request.word, &list, name);
    return asked ? Result<bool>(true) : asked.error();
  }
  Status named = put_name(desk, name, {list.address()});
  return named ? Result<bool>(true) : named.error();
}

Status ask_for(Desk& desk, const Request& request, MembershipChange change) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  std::optional<mail::Mailbox> person = person_in(desk, request, target->rest);
  if (!person) return {};
  const std::optional<lists::JoinAs> as = join_as_in(desk, request, *target->list, *person);
  if (!as || changes_nothing(desk, request)) return {};
  // "root@localhost" is somebody of this machine. Who has the password may mean it.
  const bool is_of_a_host = person->address.domain().find('.') == std::string::npos;
  if (change == MembershipChange::join && is_of_a_host && desk.proof() == auth::Proof::none) {
    desk.say(Reply::bad_address, {{"command", request.word}, {"address", person->address.text()}});
    return {};
  }
  if (change == MembershipChange::join) {
    Result<bool> is_renaming = rename_member(desk, request, *target->list, *person);
    if (!is_renaming || *is_renaming) return is_renaming ? Status() : Status(is_renaming.error());
  }
  if (!request.link_token.empty()) {
    Result<bool> has_left = leave_by_link(desk, *target->list, *person, request.link_token);
    if (!has_left || *has_left) return has_left ? Status() : Status(has_left.error());
  }
  const bool leaves = change == MembershipChange::leave;
  const auth::Proof proof =
      proof_about(desk, *target->list, person->address, leaves ? OwnCommand::leave_or_stop_mail : OwnCommand::join);
  return change_membership(desk, *target->list, change, *person, proof, *as);
}

// Whether somebody else is on any list is not to be learned: all that is said is what is said for none as well.
Status leave_in_silence(Desk& desk, const mail::Mailbox& person, const std::vector<std::string>& lists) {
  const std::size_t length = desk.answer().size();
  for (const std::string& address : lists) {
    Result<const lists::List*> list = desk.open_list(address);
    if (!list) return list.error();
    if (*list == nullptr || desk.is_switched_off(**list, Verb::unsubscribe)) continue;
    Status asked = change_membership(desk, **list, MembershipChange::leave, person, auth::Proof::none);
    desk.cut_answer(length);
    if (!asked) return asked;
  }
  desk.say(Reply::challenged_everywhere);
  return {};
}

// unsubscribe * [ADDRESS]: every list the address is on.
Status leave_all(Desk& desk, const Request& request) {
  const std::optional<mail::Mailbox> person =
      person_in(desk, request, {request.arguments.begin() + 1, request.arguments.end()});
  if (!person) return {};
  Result<std::vector<std::string>> lists = desk.work().state().lists_of(person->address, kMaxLists);
  if (!lists) return lists.error();
  if (person->address != desk.requester()) return leave_in_silence(desk, *person, *lists);
  for (const std::string& address : *lists) {
    Request one = request;
    one.arguments = {address, person->address.text()};
    desk.set_shown_line(request.word + " " + address);
    desk.show(address + ":");
    Status asked = ask_for(desk, one, MembershipChange::leave);
    if (!asked) return asked;
  }
  if (lists->empty())
    desk.say(Reply::on_no_list, {{"command", desk.word_of(Verb::unsubscribe)}, {"address", person->address.text()}});
  return {};
}

}  // namespace

Status subscribe(Desk& desk, const Request& request) { return ask_for(desk, request, MembershipChange::join); }

Status unsubscribe(Desk& desk, const Request& request) {
  const bool all = !request.arguments.empty() && request.arguments.front() == tongues::kAll;
  return all ? leave_all(desk, request) : ask_for(desk, request, MembershipChange::leave);
}

}  // namespace majlis::commands
