#include "lists/rounds/roster_words.h"

#include "lists/effects/unsubscribe_token.h"
#include "store/database.h"

namespace majlis::lists {

spool::OwnWords words_of(const Site& site, std::string_view list, std::string_view address, std::string named,
                         store::ChangeNumber joined_at, const spool::WordsWanted& wanted) {
  spool::OwnWords words;
  if (wanted.names) words.name = std::move(named);
  const auto member = wanted.tokens ? mail::Address::parse(address) : std::nullopt;
  if (member) words.token = unsubscribe_token(site, list, *member, joined_at);
  return words;
}

Result<std::vector<spool::OwnWords>> words_of_members(const Site& site, const std::string& list,
                                                      const spool::WordsWanted& wanted,
                                                      const std::vector<std::string>& addresses) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  std::vector<spool::OwnWords> words;
  words.reserve(addresses.size());
  for (const std::string& text : addresses) {
    words.emplace_back();
    const auto address = mail::Address::parse(text);
    if (!address) continue;
    Result<std::optional<store::Member>> member = (*reader)->find_member(list, *address);
    if (!member) return member.error();
    if (!*member) continue;
    words.back() = words_of(site, list, text, std::move((*member)->display), (*member)->joined_at, wanted);
  }
  return words;
}

}  // namespace majlis::lists
