#include <algorithm>
#include <array>

#include "lists/posts/rules/rules.h"

namespace majlis::lists {

std::optional<Decision> max_size(const PostFacts& facts) {
  const std::int64_t limit = facts.list->config().integer(Setting::maxlength);
  const auto size = static_cast<std::int64_t>(facts.message->body().size());
  if (size <= limit) return std::nullopt;
  return decision(Action::hold, ReasonId::too_long, {{"size", std::to_string(size)}, {"limit", std::to_string(limit)}});
}

namespace {

// What keeps only a filter from seeing what is in a part, and two addresses to answer to: readers read the rest alike.
constexpr std::array kHarmlessUnfiltered = {mail::Ambiguity::encoded_composite, mail::Ambiguity::unknown_encoding,
                                            mail::Ambiguity::repeated_reply_to};

bool is_harmless_unfiltered(mail::Ambiguity ambiguity) {
  return std::find(kHarmlessUnfiltered.begin(), kHarmlessUnfiltered.end(), ambiguity) != kHarmlessUnfiltered.end();
}

}  // namespace

// What readers would understand differently is not sent on unseen; where a policy looks at what is in it, least of all.
std::optional<Decision> malformed(const PostFacts& facts) {
  const std::string_view policy = facts.list->config().choice(Setting::malformed_posts);
  const bool is_filtered = facts.content.is_in_force;
  if (policy == "accept" && !is_filtered) return std::nullopt;
  const Action action = policy == "reject" ? Action::reject : Action::hold;
  const std::vector<mail::Ambiguity>& found = facts.message->scan().ambiguities;
  const auto first = std::find_if(found.begin(), found.end(), [&](mail::Ambiguity each) {
    return is_filtered ? each != mail::Ambiguity::repeated_reply_to : !is_harmless_unfiltered(each);
  });
  if (first != found.end()) return decision(action, ReasonId::malformed, {{"why", mail::word_for(*first)}});
  if (facts.structure.opinion == mail::Opinion::agrees && !facts.content.is_unclear) return std::nullopt;
  // Why in detail is the log's: a child that the message may have taken over has had a hand in the words.
  return decision(action, ReasonId::malformed_parts);
}

// A piece of a larger message, or one whose text is elsewhere: what members would read, nobody has seen.
std::optional<Decision> partial(const PostFacts& facts) {
  for (const mail::Part& part : facts.message->scan().parts) {
    if (part.type != "message/partial" && part.type != "message/external-body") continue;
    return decision(Action::hold, ReasonId::partial, {{"type", part.type}});
  }
  return std::nullopt;
}

}  // namespace majlis::lists
