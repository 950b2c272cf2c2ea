#include "commands/verbs/options_of_others.h"

#include <algorithm>
#include <iterator>

#include "commands/verbs/by_owner.h"
#include "commands/verbs/membership.h"
#include "lists/members/member_log.h"
#include "lists/site/config/topics.h"

namespace majlis::commands {
namespace {

// What QUERY ... WITH asks for.
struct Sought {
  std::vector<std::string> flags;  // as is_in_force() takes them
  bool asks_topics = false;
  std::vector<std::string> topics = {};  // as has_topics() takes them
};

Sought sought_in(const lists::List& list, const Request& request) {
  Sought sought;
  for (const std::string& option : request.options) {
    std::vector<std::string> words = {option};
    lists::MemberOptions taken = lists::take_options(list, words);
    if (words.empty() && taken.flags.empty()) {
      sought.asks_topics = true;
      std::move(taken.topics.begin(), taken.topics.end(), std::back_inserter(sought.topics));
    } else {
      sought.flags.push_back(option);
    }
  }
  return sought;
}

bool is_meant(const store::Member& member, const Sought& sought, const std::vector<lists::Topic>& topics) {
  const bool has_flags = std::all_of(sought.flags.begin(), sought.flags.end(), [&](const std::string& option) {
    return lists::is_in_force(member.flags, option);
  });
  return has_flags && (!sought.asks_topics || lists::has_topics(topics, member.topics, sought.topics) == true);
}

}  // namespace

// SET [LIST] OPTION... FOR ADDRESS | PATTERN
Status set_for_others(Desk& desk, const Request& request, const OptionSetter& set) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  if (changes_nothing(desk, request)) return {};
  std::vector<std::string> words = target->rest;
  const lists::MemberOptions options = lists::take_options(*target->list, words, words.size());
  if (options.empty() || !words.empty()) {
    desk.say(Reply::options_contradict, {{"command", request.word}});
    return {};
  }
  if (lists::has_wrong_topics(*target->list, options)) {
    say_topics(desk, *target->list, Reply::topics_are);
    return {};
  }
  auto members = members_named(desk, *target->list, request, request.about);
  if (!members) return members.error();
  if (!*members || !is_as_agreed(desk, request, (*members)->size())) return {};
  if (!target->is_proven) {
    Request asked = request;
    asked.agreed = (*members)->size();
    return ask_owner_to_confirm(desk, *target, std::move(asked));
  }
  for (const store::Member& member : **members) {
    Status done = set(*target->list, options, member);
    if (!done) return done;
    const std::string what = "set " + lists::words_of(options);
    desk.work().note(member.address.canonical(), what + " list=" + target->list->address());
    lists::log_member(desk.work(), *target->list, what, member.address);
  }
  note_owner_action(desk, *target->list, "set");
  desk.say(Reply::options_of_others_set,
           {{"count", std::to_string((*members)->size())}, {"list", target->list->name().name()}});
  return {};
}

// QUERY [LIST] [WITH OPTION...] FOR ADDRESS | PATTERN
Status show_others(Desk& desk, const Request& request, const MemberShower& show) {
  Result<OwnersTarget> target = find_for_owner(desk, request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const Sought sought = sought_in(*target->list, request);
  const std::vector<lists::Topic> topics = lists::read_topics(target->list->config().lines(lists::Setting::topics));
  if (sought.asks_topics && !lists::has_topics(topics, "", sought.topics)) {
    say_topics(desk, *target->list, Reply::topics_known);
    return {};
  }
  auto members = members_named(desk, *target->list, request, request.about);
  if (!members) return members.error();
  if (!*members) return {};
  std::size_t count = 0;
  for (const store::Member& member : **members) {
    if (!is_meant(member, sought, topics)) continue;
    ++count;
    if (desk.is_answer_full()) continue;
    show(*target->list, member);
    desk.show("");
  }
  desk.say(Reply::members_shown, {{"count", std::to_string(count)}, {"list", target->list->name().name()}});
  return {};
}

}  // namespace majlis::commands
