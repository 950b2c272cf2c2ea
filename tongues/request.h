#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tongues/verb.h"

namespace majlis::tongues {

// In a list's place: every one, "unsubscribe *". In front of a token: all that its letter lists, "accept * TOKEN".
constexpr std::string_view kAll = "*";

// In front of the list, of show: the answer has the form that programs read.
constexpr std::string_view kForPrograms = "***GUI***";

// Where a secret stands among a request's arguments.
enum class Secrets {
  none,
  token,                 // TOKEN ...
  password_before,       // PASSWORD, the request itself is Request::inner
  password_behind_list,  // [LIST] PASSWORD ...
  password_last,         // [LIST] ... PASSWORD
};
constexpr bool is_owners(Secrets secrets) {
  return secrets == Secrets::password_behind_list || secrets == Secrets::password_last;
}
constexpr bool has_password(Secrets secrets) { return is_owners(secrets) || secrets == Secrets::password_before; }

// Whether lines of text follow the command, up to one that ends them.
enum class Takes { line, text };

// Why a line was not understood, or what to do instead.
enum class Trouble {
  none,
  too_long,
  no_decision,     // it stands where a word is expected that decides about a held post
  option_unknown,  // Request::candidates has the word
  option_not_yet,  // likewise; it is one of the tongue's that this version lacks
  surplus_word,    // likewise; nothing of the kind may stand there
  data_twice,      // likewise; the name of lines that stand between commands, of others before it
};

// How somebody joins, where a tongue lets a line say more than who.
struct JoinWords {
  std::optional<std::string> name;   // that was given; "": none is to be remembered
  std::vector<std::string> options;  // as `set` takes them
};

// A letter of ours answered without a command in it.
struct PlainReply {
  std::string subject;
  std::string own_words;             // of its writer, without what is quoted
  std::string text;                  // of these, without what introduces it or a telephone adds
  bool is_readable = true;           // false: all that stands in it is of a kind that is not read
  bool is_known_by_address = false;  // it came to the letter's own address: its Subject need not be the letter's
};

// One line a person wrote, read but not yet judged. Its arguments stand in one order whatever the tongue: the list, if
// the line names one, then what the verb takes.
struct Request {
  Verb verb = Verb::not_understood;
  std::string word;                    // the verb in the tongue of the line, or the word as written, lower case
  std::vector<std::string> arguments;  // behind the word
  unsigned own_arguments = 0;          // how many there are besides the list
  Secrets secrets = Secrets::none;
  Takes takes = Takes::line;
  std::string shown_list;      // the word in a list's place, to be told that it names none: "***" if it may be secret
  std::string echo;            // the line as it may be shown again: secrets as "***"
  std::vector<Request> inner;  // the request behind a token or a password: one, or none
  std::string text_tag;        // the line that ends the text behind this one ("EOF"), "" when none follows
  std::optional<std::string> text;  // that text, or reject's reason, LF line ends; nullopt: none, or its end is missing
  bool is_echoed = true;
  std::optional<JoinWords> join;        // of subscribe, where the line says how
  bool takes_nothing = false;           // of set: all its words are about what is always so
  std::string sought;                   // of who and lists: only those whose address or name has this
  std::vector<std::string> candidates;  // the verbs an ambiguous abbreviation may stand for
  Trouble trouble = Trouble::none;
  bool is_quiet = false;                // whom it is about hears nothing of it
  std::vector<std::string> options;     // that the line has besides, lower case; of show: options that members have
  bool is_for_programs = false;         // of show: the answer has the form that programs read
  std::string about;                    // of set and show: an address or a pattern; "" = the requester
  std::optional<std::uint64_t> agreed;  // how many it may be about, as an owner has agreed
  std::string password;                 // that the line gives besides ("PW=..."); "" = none
  std::string password_of;              // whose own that may be besides the list's; "" = the requester's
  bool needs_password = false;          // nothing is done unless that is right; one that approves posts is enough
  bool has_other_words = false;         // of auth: no token, but words that may mean anything ("ok, but tomorrow")
  bool needs_office = false;            // nothing is done unless who writes decides about what waits
  std::string link_token;               // of the address's own List-Unsubscribe; "" = it was not used
  std::optional<PlainReply> reply;      // what stands for this line: it counts only as far as that consents
  std::vector<std::string> never = {};  // of set and subscribe: options in it that nobody has
};

// Whether a data set may take the place of a verb's arguments.
constexpr bool takes_data(Verb verb) { return verb == Verb::add || verb == Verb::remove; }

// Whether a password that is to be right stands in it, or in the place of one.
inline bool gives_password(const Request& request) {
  return has_password(request.secrets) || !request.password.empty();
}

// Makes of a request one that is not obeyed, because of this word of it.
inline void trouble_with(Request& request, Trouble trouble, std::string word) {
  request.verb = Verb::not_understood;
  request.trouble = trouble;
  request.candidates = {std::move(word)};
}

}  // namespace majlis::tongues
