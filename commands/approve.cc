#include "base/text.h"
#include "commands/desk.h"
#include "commands/secret_words.h"
#include "commands/table.h"

namespace majlis::commands {
namespace {

bool may_be_approved(Verb verb) {
  switch (verb) {
    case Verb::subscribe:
    case Verb::unsubscribe:
    case Verb::who:
    case Verb::info:
    case Verb::intro: return true;
    default: return false;
  }
}

bool is_right(Desk& desk, const lists::List& list, const std::string& password) {
  const CheckedPassword& checked = desk.password();
  return checked.check == lists::PasswordCheck::right && checked.list == list.name() && checked.password == password;
}

}  // namespace

// approve PASSWORD COMMAND LIST [ARGUMENTS]: the command with the list's password behind it.
Status approve(Desk& desk, const Request& request) {
  if (request.arguments.size() < 2) {
    desk.complain(request.arguments.empty() ? "approve: needs passwd" : "approve: which command?");
    return {};
  }
  Request inner;
  inner.word = to_lower_ascii(request.arguments[1]);
  const VerbRow* row = find_verb(inner.word);
  if (row == nullptr || !may_be_approved(row->verb)) {
    desk.complain("approve: invalid command '" + shown_words(inner.word, 40) + "'");
    return {};
  }
  inner.verb = row->verb;
  inner.arguments.assign(request.arguments.begin() + 2, request.arguments.end());
  const std::string named = inner.arguments.empty() ? "" : inner.arguments.front();
  Result<const lists::List*> list = desk.open_list(named);
  if (list && *list == nullptr && desk.default_list()) list = desk.open_list(*desk.default_list());
  if (!list) return list.error();
  if (*list == nullptr || !is_right(desk, **list, request.arguments.front())) {
    desk.complain("approve: invalid list or password.");
    return {};
  }
  desk.set_proof(auth::Proof::list_password);
  Status done = function_of(inner.verb)(desk, inner);
  desk.set_proof(auth::Proof::none);
  return done;
}

}  // namespace majlis::commands
