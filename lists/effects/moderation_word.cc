#include "lists/effects/moderation_word.h"

#include "auth/token.h"
#include "base/text.h"
#include "lists/effects/pending.h"
#include "lists/site/former_names.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxSearchedForWord = 256 * 1024;
constexpr unsigned kMaxWordsTried = 20;
constexpr std::size_t kMinTokenOctets = 16;
constexpr std::size_t kMaxTokenOctets = 64;
constexpr std::string_view kModerate = "moderate";
constexpr std::string_view kModerateAll = "moderate_all";

auth::TokenGrant grant_for(const std::string& list, std::string_view id) {
  return {list, std::string(kModerate), std::string(id), ""};
}

auth::TokenGrant grant_for_all(const std::string& list, std::string_view before) {
  return {list, std::string(kModerateAll), std::string(before), ""};
}

bool is_token_octet(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The next word of moderation_word()'s form in `rest`, which is moved behind it; empty when there is none.
std::string_view next_moderation_word(std::string_view& rest) {
  std::size_t dot = rest.substr(0, kMaxSearchedForWord).find('.');
  for (; dot != std::string_view::npos; dot = rest.substr(0, kMaxSearchedForWord).find('.', dot + 1)) {
    std::size_t begin = dot;
    while (begin > 0 && dot - begin <= kPendingIdOctets && is_token_octet(rest[begin - 1])) --begin;
    std::size_t end = dot + 1;
    while (end < rest.size() && end - dot <= kMaxTokenOctets && is_token_octet(rest[end])) ++end;
    const bool is_id = dot - begin == kPendingIdOctets || dot - begin == kFormerPendingIdOctets;
    if (!is_id || end - dot <= kMinTokenOctets) continue;
    const std::string_view word = rest.substr(begin, end - begin);
    rest.remove_prefix(end);
    return word;
  }
  return {};
}

// Whether the line of `word`, which lies in `text`, is "accept WORD".
bool is_accept_line(std::string_view text, std::string_view word) {
  const auto at = static_cast<std::size_t>(word.data() - text.data());
  const std::size_t end_of_line_before = text.rfind('\n', at);
  const std::size_t begin = end_of_line_before == std::string_view::npos ? 0 : end_of_line_before + 1;
  return equals_ignoring_case(trim(text.substr(begin, at - begin)), "accept");
}

}  // namespace

std::string moderation_word(const Site& site, const store::PendingItem& item) {
  return item.id + "." + auth::make_token(site.keys().front(), grant_for(item.list, item.id), item.expires);
}

std::optional<std::string> check_moderation_word(const Site& site, const std::string& list, std::string_view word,
                                                 UnixTime now) {
  const std::size_t dot = word.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string id = to_lower_ascii(word.substr(0, dot));
  const auto valid = check_token(site, word.substr(dot + 1), grant_for(list, id), now);
  return valid ? std::optional<std::string>(id) : std::nullopt;
}

std::string moderation_word_for_all(const Site& site, const List& list, UnixTime before, UnixTime expires) {
  const std::string time = std::to_string(before);
  return time + "." + auth::make_token(site.keys().front(), grant_for_all(list.address(), time), expires);
}

std::optional<UnixTime> check_moderation_word_for_all(const Site& site, const std::string& list, std::string_view word,
                                                      UnixTime now) {
  const std::size_t dot = word.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view time = word.substr(0, dot);
  const auto before = parse_number(time);
  const auto valid = check_token(site, word.substr(dot + 1), grant_for_all(list, time), now);
  return valid && before ? std::optional(static_cast<UnixTime>(*before)) : std::nullopt;
}

std::optional<FoundModerationWord> find_moderation_word(const Site& site, const List& list,
                                                        const mail::Message& message, UnixTime now) {
  const std::string text = message.first_text(kMaxSearchedForWord).value_or("");
  const std::string subject = message.subject();
  for (std::string_view rest : {std::string_view(subject), std::string_view(text), message.bytes()}) {
    for (unsigned tried = 0; tried < kMaxWordsTried; ++tried) {
      const std::string_view before = rest;
      const std::string_view word = next_moderation_word(rest);
      if (word.empty()) break;
      auto id = check_moderation_word(site, list.address(), word, now);
      if (id) return FoundModerationWord{std::move(*id), is_accept_line(before, word)};
    }
  }
  return std::nullopt;
}

}  // namespace majlis::lists
