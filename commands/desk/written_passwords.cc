#include "commands/desk/written_passwords.h"

#include <algorithm>
#include <functional>
#include <set>

#include "auth/password_mark.h"
#include "auth/token.h"
#include "commands/desk/line_list.h"
#include "commands/reading/secret_words.h"
#include "lists/posts/reading/word_search.h"
#include "lists/site/list_passwords.h"

namespace majlis::commands {
namespace {

using lists::ListName;

// Verbs that are about no list ("lists", "help", "which ADDRESS"), and "*" alone, show no word that might be a
// password.
bool may_name_any_list(const tongues::Request& request) {
  if (request.verb == tongues::Verb::not_understood) return true;
  const bool is_about_all = request.arguments.size() == 1 && request.arguments.front() == tongues::kAll;
  return !is_about_all && !request.shown_list.empty();
}

std::vector<ListName> lists_concerned(const lists::Site& site, const ListLookup& lookup,
                                      const std::vector<tongues::Request>& requests) {
  std::vector<ListName> concerned;
  for (const tongues::Request& request : requests) {
    const std::optional<ListName> list = list_of_line(lookup, request);
    if (!list && may_name_any_list(request)) {
      Result<std::vector<ListName>> all = site.list_names();
      if (!all) return concerned;
      const auto asked = static_cast<std::ptrdiff_t>(std::min(all->size(), kMaxListsAsked));
      return std::vector<ListName>(all->begin(), all->begin() + asked);
    }
    if (list && std::find(concerned.begin(), concerned.end(), *list) == concerned.end()) concerned.push_back(*list);
  }
  return concerned;
}

struct KnownHash {
  ListName list;
  std::string hash;
};

std::vector<KnownHash> hashes_of(const lists::Site& site, const std::vector<ListName>& names) {
  std::vector<KnownHash> hashes;
  for (const ListName& name : names) {
    const Result<lists::ListPasswords> passwords = lists::ListPasswords::load(site.list_directory(name));
    if (!passwords) continue;
    for (const std::string& hash : {passwords->admin, passwords->approve}) {
      if (auth::has_mark(hash, site.keys())) hashes.push_back({name, hash});
    }
  }
  return hashes;
}

std::string words_of(const tongues::Request& request) {
  std::string words = request.word + ' ' + request.echo;  // the word in both letter cases
  for (const std::string& argument : request.arguments) words += ' ' + argument;
  for (const tongues::Request& inner : request.inner) words += ' ' + words_of(inner);
  return words;
}

}  // namespace

WrittenPasswords written_passwords(const lists::Site& site, const ListLookup& lookup,
                                   const std::vector<tongues::Request>& requests, std::string_view subject,
                                   UnixTime now) {
  const std::vector<KnownHash> hashes = hashes_of(site, lists_concerned(site, lookup, requests));
  std::vector<std::string_view> texts;
  for (const KnownHash& known : hashes) texts.push_back(known.hash);
  const auth::PasswordMarks marks(site.keys(), texts);
  std::set<std::string, std::less<>> words;
  std::set<ListName> found_of;
  std::size_t compared = 0;
  bool is_in_its_place = false;
  const auto is_password = [&](std::string_view word) {
    compared += hashes.size();
    if (compared > kMaxWordsCompared) return true;
    const std::optional<std::size_t> found = marks.find(word);
    if (found && !is_in_its_place) found_of.insert(hashes[*found].list);
    return found.has_value();
  };
  const auto collect = [&](std::string_view word) {
    if (auth::looks_like_live_token(site.keys(), word, now) || is_password(word)) words.emplace(word);
    return false;
  };
  for (const tongues::Request& request : requests) {
    is_in_its_place = tongues::gives_password(request) || request.verb == tongues::Verb::personal_password;
    lists::has_word(words_of(request), collect);
  }
  is_in_its_place = true;
  lists::has_word(subject, collect);
  return {{words.begin(), words.end()}, {found_of.begin(), found_of.end()}};
}

std::string without_words(std::string text, const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + kMask.size())) {
      text.replace(at, word.size(), kMask);
    }
  }
  return text;
}

}  // namespace majlis::commands
