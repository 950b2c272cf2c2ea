#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "auth/proof.h"
#include "commands/request.h"
#include "lists/arrival.h"
#include "lists/list.h"
#include "lists/password_check.h"
#include "lists/work.h"

namespace majlis::commands {

// The one password of a message, checked before the work began: for which list, and how it went.
struct CheckedPassword {
  std::optional<lists::ListName> list;
  std::string password;
  lists::PasswordCheck check = lists::PasswordCheck::none;
};

// A list and what is left of the arguments.
struct Target {
  const lists::List* list = nullptr;
  std::vector<std::string> rest;
};

// Where one message's commands are heard: who asks, at which address, what has been answered so far. All effects go
// through its Work; all words to the requester through say() and complain().
class Desk {
 public:
  Desk(lists::Work& work, mail::Address requester, std::string server, std::optional<lists::ListName> default_list)
      : work_(&work),
        requester_(std::move(requester)),
        server_(std::move(server)),
        default_list_(std::move(default_list)) {}

  lists::Work& work() { return *work_; }
  const mail::Address& requester() const { return requester_; }
  const std::string& server() const { return server_; }
  const std::optional<lists::ListName>& default_list() const { return default_list_; }
  std::string default_domain() const;

  // What stands behind the request at hand; `approve` raises it for one request.
  auth::Proof proof() const { return proof_; }
  void set_proof(auth::Proof proof) { proof_ = proof; }
  CheckedPassword& password() { return password_; }

  void say(std::string_view line);
  void complain(std::string_view text);  // "**** text", counted as an error
  const std::string& answer() const { return answer_; }
  unsigned errors() const { return errors_; }

  // An open list by the name a person wrote, each opened once; nullptr when there is none.
  Result<const lists::List*> open_list(std::string_view written);
  Result<const lists::List*> open_list(const lists::ListName& name);

  // Majordomo's default-list rule (majordomo.md 1.3): without a default list the first argument names it; with one, a
  // line of at most `own_arguments` is about the default list unless its only argument names a list. Complains and
  // gives a Target without list when there is none, or when the list has switched the verb off.
  Result<Target> find_target(const Request& request, unsigned own_arguments);

  // Whether the requester may see what `setting` (who_access ...) guards. A member is who writes from a member's
  // address: the answer goes there.
  Result<bool> may_see(const lists::List& list, lists::Setting setting);

 private:
  lists::Work* work_;
  mail::Address requester_;
  std::string server_;
  std::optional<lists::ListName> default_list_;
  auth::Proof proof_ = auth::Proof::none;
  CheckedPassword password_;
  std::string answer_;
  unsigned errors_ = 0;
  std::map<lists::ListName, lists::List> open_;
};

// A verb: reads the request, decides, wishes effects on the desk's work, phrases the answer. An Error stops the
// message: it is kept and tried again.
using VerbFunction = Status (*)(Desk&, const Request&);
VerbFunction function_of(Verb verb);

Status subscribe(Desk& desk, const Request& request);
Status unsubscribe(Desk& desk, const Request& request);
Status auth_token(Desk& desk, const Request& request);
Status confirm(Desk& desk, const lists::List& list, std::string_view token);  // LIST-confirm+TOKEN
Status approve(Desk& desk, const Request& request);
Status lists_shown(Desk& desk, const Request& request);
Status info(Desk& desk, const Request& request);
Status intro(Desk& desk, const Request& request);
Status who(Desk& desk, const Request& request);
Status which(Desk& desk, const Request& request);
Status help(Desk& desk, const Request& request);
Status accept(Desk& desk, const Request& request);
Status reject(Desk& desk, const Request& request);
Status discard(Desk& desk, const Request& request);

}  // namespace majlis::commands
