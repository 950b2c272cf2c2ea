#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auth/proof.h"
#include "commands/desk/list_lookup.h"
#include "commands/desk/passwords.h"
#include "lists/effects/work.h"
#include "lists/site/list.h"
#include "tongues/request.h"

namespace majlis::commands {

// A list and what is left of the arguments.
struct Target {
  const lists::List* list = nullptr;
  std::vector<std::string> rest;
};

// Where one message's commands are heard: who asks, at which address, what has been answered so far. All effects go
// through its Work; all words to the requester through say() and complain().
class Desk {
 public:
  Desk(lists::Work& work, mail::Address requester, std::string server, ListLookup lookup)
      : work_(&work), requester_(std::move(requester)), server_(std::move(server)), lookup_(std::move(lookup)) {}

  lists::Work& work() { return *work_; }
  const mail::Address& requester() const { return requester_; }
  const std::string& server() const { return server_; }
  const std::optional<lists::ListName>& default_list() const { return lookup_.default_list(); }
  const std::string& default_domain() const { return lookup_.default_domain(); }
  const ListLookup& lookup() const { return lookup_; }

  // What stands behind the request at hand; `approve` raises it for one request.
  auth::Proof proof() const { return proof_; }
  void set_proof(auth::Proof proof) { proof_ = proof; }
  Passwords& passwords() { return passwords_; }
  // A token in this message was right: nobody but its owner has it, so the answer is no nuisance to anybody.
  void note_right_token() { has_right_token_ = true; }
  // Whether a right password or token stood in the message.
  bool is_proven() const { return has_right_token_ || passwords_.any_right(); }

  void say(std::string_view line);
  void complain(std::string_view text);  // "**** text", counted as an error
  const std::string& answer() const { return answer_; }
  void cut_answer(std::size_t length) { answer_.resize(std::min(length, answer_.size())); }
  // What is said from now on is cut off from the reply (max_reply_octets).
  bool is_answer_full() const;
  // What one more command says may be cut off.
  bool is_answer_nearly_full() const;
  unsigned errors() const { return errors_; }
  // What stands at the end of the reply, however much of the answer is cut off.
  void close_with(std::string_view text) { closing_words_ = text; }
  const std::string& closing_words() const { return closing_words_; }
  enum class Counted { plain, behind_password };
  void count_command(Counted as) {
    ++commands_;
    if (as == Counted::plain) ++plain_commands_;
  }
  unsigned commands() const { return commands_; }
  unsigned plain_commands() const { return plain_commands_; }  // of these, without a password

  // An open list by the name a person wrote, each opened once; nullptr when there is none.
  Result<const lists::List*> open_list(std::string_view written);
  Result<const lists::List*> open_list(const lists::ListName& name);
  // The same list for changing its own files (lists/effects/list_change.h): read anew, behind what earlier work had
  // left to be put into place.
  Result<lists::List*> open_for_change(const lists::List& list);
  const std::set<lists::ListName>& lists_for_change() const { return for_change_; }  // those that were

  // The list a request is about (list_lookup.h). Complains and gives a Target without list when there is none, or when
  // the list has switched the verb off.
  Result<Target> find_target(const Request& request, unsigned own_arguments);

  bool is_switched_off(const lists::List& list, Verb verb) const;

  // Whether the requester may see what `setting` (who_access ...) guards. A member is who writes from a member's
  // address: the answer goes there.
  Result<bool> may_see(const lists::List& list, lists::Setting setting);

 private:
  lists::Work* work_;
  mail::Address requester_;
  std::string server_;
  ListLookup lookup_;
  auth::Proof proof_ = auth::Proof::none;
  Passwords passwords_;
  bool has_right_token_ = false;
  std::string answer_;
  std::string closing_words_;
  unsigned errors_ = 0;
  unsigned commands_ = 0;
  unsigned plain_commands_ = 0;
  std::map<lists::ListName, lists::List> open_;
  std::set<lists::ListName> for_change_;
};

}  // namespace majlis::commands
