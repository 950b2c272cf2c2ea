#pragma once

#include <optional>
#include <string>

#include "auth/proof.h"
#include "commands/desk/desk.h"

namespace majlis::commands {

// One address in the place of another, on one list, or on all that it is on.
struct AddressChange {
  const lists::List* list;  // nullptr: all
  mail::Address from;
  mail::Address to;

  std::string list_address() const { return list == nullptr ? "" : list->address(); }
  std::string words() const { return from.text() + " " + to.text(); }
  // Under which the store remembers that one of the two has agreed.
  std::string agreed_key(const mail::Address& by) const;
  UnixTime life() const;  // of the codes that ask, in seconds
};

// The address in `word` for `from`; complains when it is none, a pattern, one of ours, or the same.
std::optional<mail::Address> new_address(Desk& desk, const Request& request, const std::string& word,
                                         const mail::Address& from);

void say_of_change(Desk& desk, Reply reply, const AddressChange& change, const lists::List& list);

// Whether the entry may go from one to the other: the new address is not on the list, where two members would become
// one, not banned, and may ask to join. Else says why it stays.
Result<bool> may_move_or_refuse(Desk& desk, const AddressChange& change, const lists::List& list);

// An owner who has shown to be one asks as many as the command may name.
enum class ChangeAsked { by_anybody, by_owner };

// Both addresses are asked, but for the former one where it has shown who it is. false: one of them may not have a
// letter about it today.
Result<bool> ask_both(Desk& desk, const AddressChange& change, auth::Proof proof_of_former, ChangeAsked by);

}  // namespace majlis::commands
