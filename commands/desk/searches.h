#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "commands/desk/list_lookup.h"
#include "commands/reading/search_words.h"
#include "lists/posts/archive/search_index.h"
#include "mail/address.h"
#include "tongues/request.h"

namespace majlis::commands {

constexpr std::size_t kMaxSearches = 8;  // of one message
constexpr std::size_t kMaxHits = 50;

// What a message looks for in archives, looked up before its work begins: a query takes longer than the site's lock
// should be held.
class Searches {
 public:
  Searches() = default;

  // Those of the first kMaxSearches lines whose author may read the archive; who shows a password is taken for one who
  // may. Whether the author really does is asked of the work. again: the store cannot be read.
  static Result<Searches> of_message(const lists::Site& site, const ListLookup& lookup,
                                     std::span<const tongues::Request> requests, const mail::Address& author);

  // nullptr: it was not looked up.
  const Result<lists::FoundPosts>* find(const std::string& list, const std::vector<std::string>& words) const;

 private:
  struct Search {
    std::string list;
    std::vector<std::string> words;
    Result<lists::FoundPosts> found;
  };
  std::vector<Search> searches_;
};

}  // namespace majlis::commands
