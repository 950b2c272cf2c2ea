#include <algorithm>
#include <array>

#include "base/regex.h"
#include "lists/posts/rules/rules.h"
#include "lists/site/directory.h"
#include "mail/recipient_fields.h"

namespace majlis::lists {
namespace {

constexpr std::uint64_t kMaxStepsOfAliases = 10 * Pattern::kMaxSteps;  // on one post: some 200 ms
constexpr std::size_t kMaxCounted = 10'001;                            // more than max_recipients may be
constexpr std::array<std::string_view, 2> kCounted = {"To", "Cc"};
constexpr std::array<std::string_view, 4> kNaming = {"To", "Cc", "Resent-To", "Resent-Cc"};

template <std::size_t N>
std::vector<std::string> named_in(const mail::Message& message, const std::array<std::string_view, N>& fields) {
  std::vector<std::string> all;
  for (const std::string_view field : fields) {
    for (const std::string& body : message.fields(field)) {
      std::vector<std::string> named = mail::addresses_named_in(body, kMaxCounted - all.size());
      all.insert(all.end(), std::make_move_iterator(named.begin()), std::make_move_iterator(named.end()));
    }
  }
  return all;
}

// As Mailman's acceptable_aliases: a pattern without '@' may match the part in front of it as well. One that cannot
// tell names nobody.
bool is_alias(const ListConfig& config, const std::vector<std::string>& named) {
  std::uint64_t steps_left = kMaxStepsOfAliases;
  for (const std::string& written : config.lines(Setting::acceptable_aliases)) {
    const Result<Pattern> pattern = Pattern::parse(written);
    if (!pattern) continue;
    const auto matches = [&](std::string_view text) {
      return pattern->search(text, &steps_left) == Pattern::Answer::matches;
    };
    const bool takes_local = pattern->expression().find('@') == std::string_view::npos;
    const bool is_found = std::any_of(named.begin(), named.end(), [&](const std::string& address) {
      return (takes_local && matches(std::string_view(address).substr(0, address.rfind('@')))) || matches(address);
    });
    if (is_found) return true;
  }
  return false;
}

}  // namespace

// No person writes as a list: it is forged, or a copy that comes back by a detour.
std::optional<Decision> own_address(const PostFacts& facts) {
  if (!facts.author) return std::nullopt;
  const std::optional<Destination> ours = find_destination(*facts.site, facts.author->address);
  if (!ours || ours->role != Role::post) return std::nullopt;
  return decision(Action::hold, ReasonId::own_address, {{"address", facts.author->address.text()}});
}

std::optional<Decision> max_recipients(const PostFacts& facts) {
  const std::int64_t limit = facts.list->config().integer(Setting::max_recipients);
  if (limit == 0) return std::nullopt;
  const auto count = static_cast<std::int64_t>(named_in(*facts.message, kCounted).size());
  if (count <= limit) return std::nullopt;
  return decision(Action::hold, ReasonId::too_many_recipients,
                  {{"count", std::to_string(count)}, {"limit", std::to_string(limit)}});
}

// As Mailman's require_explicit_destination: mail sent to many lists at once names none of them.
std::optional<Decision> list_not_named(const PostFacts& facts) {
  if (!facts.list->config().is_on(Setting::require_list_address)) return std::nullopt;
  const std::vector<std::string> named = named_in(*facts.message, kNaming);
  const bool is_named = std::any_of(named.begin(), named.end(), [&](const std::string& each) {
    const auto address = mail::Address::parse(each);
    const auto ours = address ? find_destination(*facts.site, *address) : std::nullopt;
    return ours && ours->role == Role::post && ours->list == facts.list->name();
  });
  if (is_named || is_alias(facts.list->config(), named)) return std::nullopt;
  return decision(Action::hold, ReasonId::list_not_named, {{"address", facts.list->address()}});
}

}  // namespace majlis::lists
