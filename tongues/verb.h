#pragma once

#include <optional>
#include <string_view>

namespace majlis::tongues {

// What can be asked, whatever the tongue.
enum class Verb {
  subscribe,
  unsubscribe,
  set,
  auth,
  approve,
  lists,
  info,
  intro,
  who,
  which,
  show,
  index,
  get,
  getpost,  // posts of the archive by their numbers
  search,   // in the archive
  help,
  end,
  accept,
  reject,
  discard,
  passwd,
  newinfo,
  newintro,
  config,
  newconfig,
  writeconfig,
  mkdigest,
  confirm,
  not_understood,
  trust,       // accept, and what its author sends from now on
  ban,         // discard, and its author for good
  claim,       // nothing yet: whoever says so will decide
  add,         // members, by an owner
  remove,      // members, by an owner
  hold,        // posts, by an owner
  free,        // what hold did is over
  change,      // of an address
  serve,       // somebody who was served off
  get_header,  // the settings of a list as a text that put_header takes
  put_header,
  stats,              // of a list: members, posts
  register_name,      // of the requester, wherever a member
  move,               // a member to another list, by an owner
  unlock_header,      // gives up the lock of get_header
  changelog,          // what owners did with a list
  personal_password,  // registers, changes or removes that of the requester
  authenticate,       // says whether the password of the line is right
  not_yet,            // a command of the tongue that this version lacks
  not_here,           // one that this program will not have
};

// Whether it is about what waits, with a moderation word behind it: a decision, or claim.
bool decides(Verb verb);

// The name that log, tokens and settings know it by, in every tongue; "" for those that do nothing.
std::string_view name_of(Verb verb);
std::optional<Verb> verb_named(std::string_view name);

}  // namespace majlis::tongues
