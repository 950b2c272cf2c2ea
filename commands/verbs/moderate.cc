#include <algorithm>

#include "base/date_text.h"
#include "base/text.h"
#include "commands/desk/decision_word.h"
#include "commands/reading/secret_words.h"
#include "commands/verbs/kept.h"
#include "commands/verbs/verbs.h"
#include "lists/members/challenges.h"
#include "lists/pending/claims.h"
#include "lists/pending/settle.h"
#include "lists/pending/waiting.h"
#include "lists/posts/held/notice.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxReasonOctets = 4000;

void refuse(Desk& desk, const Request& request) { desk.say(Reply::decision_refused, {{"command", request.word}}); }

Verb verb_of(lists::Settlement settlement) {
  if (settlement == lists::Settlement::approve) return Verb::accept;
  return settlement == lists::Settlement::reject ? Verb::reject : Verb::discard;
}

bool is_moderator(const lists::List& list, const mail::Address& address) {
  const std::vector<mail::Address> moderators = list.moderators();
  return std::find(moderators.begin(), moderators.end(), address) != moderators.end();
}

// Nothing waits any more: another moderator hears who was first.
Status refuse_decided(Desk& desk, const Request& request, const lists::List& list, const std::string& id) {
  Result<std::optional<lists::FormerRuling>> former = lists::former_ruling(desk.work().state(), list, id);
  if (!former) return former.error();
  if (!*former || !is_moderator(list, desk.requester())) {
    refuse(desk, request);
    return {};
  }
  desk.say(Reply::decided_already, {{"command", request.word},
                                    {"decision", desk.word_of(verb_of((*former)->settlement))},
                                    {"who", (*former)->by},
                                    {"date", iso8601((*former)->when).substr(0, 10)}});
  return {};
}

// A reason as it may leave: without tokens of ours that were left in it, and no longer than a letter.
std::string fit_to_tell(std::string_view reason) {
  const bool is_cut = reason.size() > kMaxReasonOctets;
  reason = utf8_prefix(reason, kMaxReasonOctets);
  std::string text;
  while (const auto line = next_line(reason)) {
    text += text.empty() ? "" : "\n";
    std::string words;
    for (const std::string_view word : split_words(*line)) {
      words += (words.empty() ? "" : " ") + (is_secret(word) ? std::string(kMask) : std::string(word));
    }
    text += words;
  }
  return is_cut ? text + "\n[...]" : text;
}

bool may_decide(const Desk& desk, const Request& request, const lists::List& list) {
  return !request.needs_office || lists::is_in_charge(list, desk.requester().canonical());
}

struct WaitingItems {
  const lists::List* list;
  lists::ItemsOfWord items;
};

// What the word is right for: of the default list, else of the list where something of that id waits.
Result<std::optional<WaitingItems>> find_items(Desk& desk, std::string_view word) {
  Result<std::optional<lists::ItemsOfWord>> items =
      lists::items_of_word(desk.work().site(), &desk.work().state(), desk.default_list(), word, desk.work().now());
  if (!items) return items.error();
  if (!*items) return std::optional<WaitingItems>();
  Result<const lists::List*> list = desk.open_list((*items)->list);
  if (!list) return list.error();
  for (const std::string& id : (*items)->ids) desk.note_pending(**list, id);
  return std::optional(WaitingItems{*list, std::move(**items)});
}

std::string reason_of(Desk& desk, const Request& request, const lists::List& list, std::size_t begin) {
  std::string reason;
  for (std::size_t i = begin; i < request.arguments.size(); ++i) {
    reason += (i > begin ? " " : "") + request.arguments[i];
  }
  reason += "\n" + lists::above_notice(desk.work().site(), list, request.text.value_or(""));
  return fit_to_tell(trim(reason));
}

// "accept", of a word for all with the id of the one that is meant, as the tokens of the reminder begin.
void say_obstacle(Desk& desk, const std::string& command, const lists::Reason& obstacle) {
  if (obstacle.id != lists::ReasonId::infected) {
    desk.say(Reply::not_accepted_unscanned, {{"command", command}});
    return;
  }
  lists::TextValues values = obstacle.values;
  values["command"] = command;
  desk.say(Reply::not_accepted_infected, values);
}

// Why the scanner lets it not be decided so.
std::optional<lists::Reason> obstacle_of(Desk& desk, const lists::List& list, const std::string& id,
                                         const lists::Ruling& ruling) {
  if (ruling.settlement != lists::Settlement::approve) return std::nullopt;
  return desk.approvals().obstacle(list, id);
}

lists::TextValues values_of(const lists::Claim& claim, const std::string& command) {
  return {{"command", command}, {"who", claim.by}, {"until", minute_text(claim.until)}};
}

// `command`: as the answer names it where another one had claimed what is decided about.
Status settle_one(Desk& desk, const std::string& command, const lists::List& list, const std::string& id,
                  const lists::Ruling& ruling) {
  Result<std::optional<lists::Claim>> claim = lists::claim_of_another(desk.work(), list, id, ruling.by);
  if (!claim) return claim.error();
  std::optional<lists::Copies> copies;
  if (ruling.settlement == lists::Settlement::approve) copies = desk.approvals().take(list, id);
  Status settled = lists::settle_pending(desk.work(), list, id, ruling, std::move(copies));
  if (settled && *claim) desk.say(Reply::was_claimed, values_of(**claim, command));
  return settled;
}

// What was kept of the post. It waits on: the other words of the same mail must not wait with it.
bool is_gone(const Status& settled) { return !settled && settled.error().kind == ErrorKind::missing; }

// All that a reminder lists and that waits still.
Status settle_all(Desk& desk, const Request& request, const WaitingItems& waiting, const lists::Ruling& ruling) {
  std::size_t settled_count = 0;
  for (const std::string& id : waiting.items.ids) {
    if (const auto obstacle = obstacle_of(desk, *waiting.list, id, ruling)) {
      say_obstacle(desk, request.word + " " + id, *obstacle);
      continue;
    }
    Status settled = settle_one(desk, request.word + " " + id, *waiting.list, id, ruling);
    if (is_gone(settled)) {
      desk.say(Reply::not_accepted_gone, {{"command", request.word + " " + id}});
      continue;
    }
    if (!settled) return settled;
    ++settled_count;
  }
  if (waiting.items.ids.empty()) {
    desk.say(Reply::all_decided_already, {{"command", request.word}});
    return {};
  }
  if (settled_count > 0) desk.say(Reply::decided_all, {{"count", std::to_string(settled_count)}});
  if (waiting.items.left > 0) {
    desk.say(Reply::more_to_decide, {{"count", std::to_string(waiting.items.left)}, {"command", request.word}});
  }
  return {};
}

// Who was asked to confirm something does not want it: the token and what it stands for are void.
Status cancel(Desk& desk, const KeptConfirmation& kept) {
  Status done = desk.work().state().mark_token_used(kept.token.canonical, kept.token.expires);
  if (kept.list != nullptr) desk.speak_of(*kept.list);
  if (done && kept.list != nullptr) {
    const lists::ChallengedAction action{kept.kept.verb, kept.kept.option, kept.kept.details};
    done = lists::forget_challenge(desk.work(), *kept.list, action, kept.person.address);
  }
  if (!done) return done;
  desk.note_right_token();
  desk.say(Reply::request_cancelled);
  return {};
}

Status settle(Desk& desk, const Request& request, lists::Settlement settlement,
              lists::Standing standing = lists::Standing::as_before) {
  const std::optional<DecisionWord> decided = decision_word_of(request);
  if (!decided) {
    desk.say(Reply::decision_needs_token, {{"command", request.word}});
    return {};
  }
  if (settlement != lists::Settlement::approve) {
    Result<std::optional<KeptConfirmation>> kept = find_kept(desk, decided->word);
    if (!kept) return kept.error();
    if (*kept) return cancel(desk, **kept);
  }
  Result<std::optional<WaitingItems>> waiting = find_items(desk, decided->word);
  if (!waiting) return waiting.error();
  if (!*waiting) {
    refuse(desk, request);
    return {};
  }
  const auto& [list, items] = **waiting;
  if (!may_decide(desk, request, *list)) {
    refuse(desk, request);
    return {};
  }
  const lists::Ruling ruling{.settlement = settlement,
                             .reason = reason_of(desk, request, *list, decided->reason_begin),
                             .by = desk.requester().canonical(),
                             .standing = standing};
  if (items.is_for_all) {
    desk.note_right_token();
    if (decided->is_for_all) return settle_all(desk, request, **waiting, ruling);
    desk.say(Reply::decide_about_all, {{"command", request.word}});
    return {};
  }
  if (const auto obstacle = obstacle_of(desk, *list, items.ids.front(), ruling)) {
    desk.note_right_token();
    say_obstacle(desk, request.word, *obstacle);
    return {};
  }
  Status settled = settle_one(desk, request.word, *list, items.ids.front(), ruling);
  if (!settled && settled.error().kind == ErrorKind::refused) {
    return refuse_decided(desk, request, *list, items.ids.front());
  }
  if (is_gone(settled)) {
    desk.note_right_token();
    desk.say(Reply::not_accepted_gone, {{"command", request.word}});
    return {};
  }
  if (!settled) return settled;
  desk.note_right_token();
  desk.succeed();
  return {};
}

}  // namespace

Status accept(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::approve); }
Status reject(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::reject); }
Status discard(Desk& desk, const Request& request) { return settle(desk, request, lists::Settlement::discard); }
Status trust(Desk& desk, const Request& request) {
  return settle(desk, request, lists::Settlement::approve, lists::Standing::trusted);
}
Status ban(Desk& desk, const Request& request) {
  return settle(desk, request, lists::Settlement::discard, lists::Standing::banned);
}

Status claim(Desk& desk, const Request& request) {
  const std::optional<DecisionWord> decided = decision_word_of(request);
  if (!decided) {
    desk.say(Reply::decision_needs_token, {{"command", request.word}});
    return {};
  }
  Result<std::optional<WaitingItems>> waiting = find_items(desk, decided->word);
  if (!waiting) return waiting.error();
  if (!*waiting) {
    refuse(desk, request);
    return {};
  }
  const auto& [list, items] = **waiting;
  if (!may_decide(desk, request, *list)) {
    refuse(desk, request);
    return {};
  }
  if (items.is_for_all) {
    desk.note_right_token();
    desk.say(Reply::claim_one, {{"command", request.word}});
    return {};
  }
  const std::string by = desk.requester().canonical();
  Result<lists::Claim> claimed = lists::claim_pending(desk.work(), *list, items.ids.front(), by);
  if (!claimed && claimed.error().kind == ErrorKind::refused) {
    return refuse_decided(desk, request, *list, items.ids.front());
  }
  if (!claimed) return claimed.error();
  desk.note_right_token();
  desk.say(claimed->by == by ? Reply::claimed : Reply::claimed_already, values_of(*claimed, request.word));
  return {};
}

Status undecided(Desk& desk, const Request& request) {
  desk.say(Reply::decide_with, {{"accept", desk.word_of(Verb::accept)},
                                {"reject", desk.word_of(Verb::reject)},
                                {"discard", desk.word_of(Verb::discard)}});
  if (request.arguments.empty()) return {};
  Result<std::optional<WaitingItems>> waiting = find_items(desk, request.arguments.front());
  if (!waiting) return waiting.error();
  if (*waiting) desk.note_right_token();
  return {};
}

}  // namespace majlis::commands
