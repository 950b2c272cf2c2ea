#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "auth/proof.h"
#include "commands/desk/confirmations.h"
#include "commands/desk/list_lookup.h"
#include "commands/desk/preparation.h"
#include "commands/desk/reply_table.h"
#include "commands/tongues/tongue.h"
#include "lists/effects/work.h"
#include "lists/members/challenges.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/list.h"
#include "lists/site/sentences.h"
#include "tongues/request.h"

namespace majlis::commands {

using tongues::Request;
using tongues::Verb;

// A list and what is left of the arguments.
struct Target {
  const lists::List* list = nullptr;
  std::vector<std::string> rest;
};

struct Requester {
  mail::Mailbox person;  // as the From field names it
  std::string network;   // mail::client_network(), where the MTA told
};

// What a password that stands in a line besides ("PW=...") shows; an owner's OK to a whole command counts as much as
// the owner's own.
enum class Given {
  nothing,
  personal,    // who writes is who the From field says
  of_list,     // the admin password of the list that the line is about
  of_posts,    // the one that approves its posts, where that is enough
  of_another,  // the personal one of another address: Desk::given_for()
};

// Where one message's commands are heard: who asks, at which address and in which tongue, what has been answered so
// far. All effects go through its Work; all words to the requester through say() and show().
class Desk {
 public:
  Desk(lists::Work& work, const Tongue& tongue, Requester requester, std::string server, ListLookup lookup)
      : work_(&work),
        tongue_(&tongue),
        requester_(std::move(requester.person)),
        network_(std::move(requester.network)),
        server_(std::move(server)),
        lookup_(std::move(lookup)),
        replies_(work.site(), kRepliesText),
        faults_(work.site(), lists::kConfigFaultsText) {}

  lists::Work& work() { return *work_; }
  const mail::Address& requester() const { return requester_.address; }
  // With the name beside the address; it proves as little.
  const mail::Mailbox& requester_with_name() const { return requester_; }
  const std::string& network() const { return network_; }
  const Tongue& tongue() const { return *tongue_; }
  std::string word_of(Verb verb) const { return tongues::word_of(*tongue_->dialect, verb); }
  const std::string& server() const { return server_; }
  lists::AnswerPlace answer_place() const { return {server_, tongue_->dialect}; }
  const std::optional<lists::ListName>& default_list() const { return lookup_.default_list(); }
  const std::string& default_domain() const { return lookup_.default_domain(); }
  const ListLookup& lookup() const { return lookup_; }

  // What stands behind the request at hand; `approve` raises it for one request.
  auth::Proof proof() const { return proof_; }
  void set_proof(auth::Proof proof) { proof_ = proof; }
  Given given() const { return given_; }
  void set_given(Given given) {
    given_ = given;
    given_for_.reset();
  }
  // The own password of somebody else was given: it shows that this person writes, as far as that person goes.
  const std::optional<mail::Address>& given_for() const { return given_for_; }
  void set_given_for(const mail::Address& person) {
    given_ = Given::of_another;
    given_for_ = person;
  }
  void take(Preparation prepared) { prepared_ = std::move(prepared); }
  Passwords& passwords() { return prepared_.passwords; }
  lists::Approvals& approvals() { return prepared_.approvals; }
  const Searches& searches() const { return prepared_.searches; }
  // Whether the message shows that it comes from the domain of its author; looked at only where it may matter.
  mail::AuthenticatedBy authenticated_by() const { return prepared_.authenticated_by; }
  bool is_authenticated() const { return authenticated_by() != mail::AuthenticatedBy::nothing; }
  // What was decided about, or asked for, under this id: where it is one thing, the answer goes on with the thread of
  // its notice.
  void note_pending(const lists::List& list, const std::string& id);
  std::string thread() const { return notices_.size() == 1 ? *notices_.begin() : ""; }  // a Message-ID, "" = none
  // A token in this message was right: nobody but its owner has it, so the answer is no nuisance to anybody.
  void note_right_token() { has_right_token_ = true; }
  // Whether a right password or token stood in the message.
  bool is_proven() const { return has_right_token_ || prepared_.passwords.any_right(); }

  // A sentence, in the language of the list the request is about; counted as an error when it is a complaint.
  void say(Reply reply, const lists::TextValues& values = {});
  // What was asked for, as it is.
  void show(std::string_view line) { answer_ += tongue_->phrase(Said::line, line); }
  // Success, without more words.
  void succeed() { answer_ += tongue_->phrase(Said::success, ""); }
  // The sentence as words for another one, and as it stands in an answer.
  std::string words(Reply reply, const lists::TextValues& values = {});
  std::string phrased(Reply reply, const lists::TextValues& values = {});
  std::string words(const Phrase& fault);  // lists/site/config/config_fault.h
  // As Majordomo wrote it in English, else in numbers.
  std::string date_text(UnixTime time);

  // What the requester is asked to confirm of this message. Whether a letter of its own waits for the others to come
  // together: in tongues where the code alone says what it is for, and about the requester's own address.
  Confirmations& confirmations() { return confirmations_; }
  bool asks_together(const mail::Address& asked) const {
    return tongue_->dialect->confirms_by_token && asked == requester_.address;
  }
  // Whether this message may make the letter that asks for commands without a letter of their own: once a day's share.
  Result<bool> may_ask_requester();
  Status send_confirmations();
  // The line at hand as it may be shown.
  const std::string& shown_line() const { return shown_line_; }
  void set_shown_line(std::string line) { shown_line_ = std::move(line); }

  // Begins the answer to a request; until find_target() it is in the language of the address.
  void begin_answer(const Request& request);
  // The same of another command behind one code.
  void answer_another(std::string_view shown) { answer_ += tongue_->phrase(Said::echo, shown); }
  void end_answers() { answer_ += tongue_->phrase(Said::end, ""); }
  // From here on, until the next request, about this list.
  void speak_of(const lists::List& list);

  const std::string& answer() const { return answer_; }
  void cut_answer(std::size_t length) { answer_.resize(std::min(length, answer_.size())); }
  // What is said from now on is cut off from the reply (max_reply_octets).
  bool is_answer_full() const;
  // What one more command says may be cut off.
  bool is_answer_nearly_full() const;
  unsigned errors() const { return errors_; }
  // Errors in a row: `before` this message and up to now. A command that was none ends the row.
  void note_outcome(bool is_error) {
    if (!is_error) has_good_command_ = true;
    last_errors_ = is_error ? last_errors_ + 1 : 0;
  }
  std::uint64_t errors_in_row(std::uint64_t before) const { return (has_good_command_ ? 0 : before) + last_errors_; }
  void note_served_off() { is_served_off_ = true; }  // from the next message on
  bool is_served_off() const { return is_served_off_; }
  // What stands at the end of the reply, however much of the answer is cut off.
  void close_with(std::string_view text) { closing_words_ = text; }
  const std::string& closing_words() const { return closing_words_; }
  enum class Counted { plain, behind_password };
  void count_command(Counted as) {
    ++commands_;
    if (as == Counted::plain) ++plain_commands_;
  }
  unsigned commands() const { return commands_; }
  // Whether one more command may go through a whole roster while others wait; of those that prove nothing only the
  // first few of a message.
  static constexpr unsigned kMaxWalks = 3;
  bool may_walk_roster() { return given_ != Given::nothing || proof_ != auth::Proof::none || walks_++ < kMaxWalks; }
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
  Result<Target> find_target(const Request& request);

  bool is_switched_off(const lists::List& list, Verb verb) const;

  // Whether nothing of the list is to be kept from the requester: by the list's password or, where the tongue has it
  // so, because the answer goes to an owner's address.
  bool sees_all(const lists::List& list) const;
  // Whether the requester may see what `setting` (who_access ...) guards. A member is who writes from a member's
  // address: the answer goes there.
  Result<bool> may_see(const lists::List& list, lists::Setting setting);

 private:
  const std::string& language();

  lists::Work* work_;
  const Tongue* tongue_;
  mail::Mailbox requester_;
  std::string network_;
  std::string server_;
  ListLookup lookup_;
  lists::Sentences replies_;
  lists::Sentences faults_;
  std::string language_;  // "" until it is known
  auth::Proof proof_ = auth::Proof::none;
  Given given_ = Given::nothing;
  std::optional<mail::Address> given_for_;
  Confirmations confirmations_;
  std::optional<bool> may_ask_;
  std::string shown_line_;
  Preparation prepared_;
  bool has_right_token_ = false;
  std::set<std::string> notices_;  // Message-IDs
  std::string answer_;
  std::string closing_words_;
  unsigned errors_ = 0;
  std::uint64_t last_errors_ = 0;
  bool has_good_command_ = false;
  bool is_served_off_ = false;
  unsigned commands_ = 0;
  unsigned plain_commands_ = 0;
  std::map<lists::ListName, lists::List> open_;
  std::set<lists::ListName> for_change_;
  unsigned walks_ = 0;
};

}  // namespace majlis::commands
