#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lists/effects/work.h"

namespace majlis::lists {

// What a token stands for, kept until it expires, where the answer names nothing but the token (LISTSERV's "OK CODE").
// Whether the token is right is asked of the token; this only tells what it is to be tried for.
struct KeptRequest {
  std::string list;  // its address
  std::string verb;  // the fields of a ChallengedAction
  std::string option;
  std::string details;
  std::string address;  // who may confirm, as it is written
};

constexpr std::string_view kKeptRequest = "kept_request";  // timed work: it is forgotten

// `token`: canonical. An earlier one of that token is replaced.
Status keep_request(Work& work, const std::string& token, const KeptRequest& request, UnixTime expires);
// `token`: as a person wrote it.
Result<std::optional<KeptRequest>> find_kept_request(const store::View& state, std::string_view token);
// The same before any work has begun; opens the store to read.
Result<std::optional<KeptRequest>> find_kept_request(const Site& site, std::string_view token);
// Of what is kept under this name only the newest is good: what another token stood for is forgotten.
Status keep_only(Work& work, const std::string& name, const std::string& token, UnixTime expires);
// Nothing that was asked about this list can be confirmed any more, by a later list of its name either. How many of
// the site's were passed over because they cannot be read: they confirm nothing, and expire as the others.
Result<std::size_t> forget_kept_requests(store::Writer& state, const std::string& list);

// What was asked about the list `from` is about `to`: the same list, which has another name.
Status rename_kept_requests(store::Writer& state, const std::string& from, const std::string& to, UnixTime now);

}  // namespace majlis::lists
