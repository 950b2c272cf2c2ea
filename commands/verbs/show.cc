#include <algorithm>
#include <array>

#include "base/text.h"
#include "commands/verbs/membership.h"
#include "commands/verbs/options_of_others.h"
#include "commands/verbs/verbs.h"
#include "lists/members/member_option.h"

namespace majlis::commands {
namespace {

constexpr std::size_t kMaxLists = 100;
constexpr std::size_t kOptionWidth = 12;  // at least

struct Meaning {
  std::string_view option;
  Reply reply;
};
constexpr std::array kMeanings = {
    Meaning{"mail", Reply::option_mail},         Meaning{"nomail", Reply::option_nomail},
    Meaning{"digest", Reply::option_digest},     Meaning{"nodigest", Reply::option_nodigest},
    Meaning{"mime", Reply::option_mime},         Meaning{"plain", Reply::option_plain},
    Meaning{"ack", Reply::option_ack},           Meaning{"noack", Reply::option_noack},
    Meaning{"repro", Reply::option_repro},       Meaning{"norepro", Reply::option_norepro},
    Meaning{"conceal", Reply::option_conceal},   Meaning{"noconceal", Reply::option_noconceal},
    Meaning{"nopost", Reply::option_nopost},     Meaning{"moderated", Reply::option_moderated},
    Meaning{"norenew", Reply::option_norenew},   Meaning{"digest-plain", Reply::option_plain},
    Meaning{"digest-mime", Reply::option_mime},  Meaning{"dupes", Reply::option_dupes},
    Meaning{"nodupes", Reply::option_nodupes},   Meaning{"subjecthdr", Reply::option_subjecthdr},
    Meaning{"shorthdr", Reply::option_shorthdr}, Meaning{"dualhdr", Reply::option_dualhdr},
    Meaning{"ietfhdr", Reply::option_ietfhdr},   Meaning{"fullhdr", Reply::option_fullhdr},
    Meaning{"editor", Reply::option_editor},     Meaning{"index", Reply::option_index},
};

// In the tongue's own words, one a line; what the owner alone may set where it is not as usual.
void say_options_in_words(Desk& desk, const store::Member& member) {
  std::size_t width = kOptionWidth;
  for (const tongues::OptionRow& row : desk.tongue().dialect->options) width = std::max(width, row.word.size());
  for (const tongues::OptionRow* row : tongues::options_of_members(*desk.tongue().dialect)) {
    const auto meaning = std::find_if(kMeanings.begin(), kMeanings.end(),
                                      [&](const Meaning& each) { return each.option == row->option; });
    if (meaning == kMeanings.end() || !lists::is_in_force(member.flags, row->option)) continue;
    if (row->option == "nodigest" && lists::is_in_force(member.flags, "index")) continue;
    std::string line = tongues::in_capitals(row->word);
    line.resize(width + 1, ' ');
    desk.show(line + desk.words(meaning->reply));
  }
}

void say_topics_of(Desk& desk, const lists::List& list, const store::Member& member) {
  if (!list.config().is_set(lists::Setting::topics)) return;
  desk.say(Reply::show_topics, {{"topics", member.topics.empty() ? "all" : member.topics}});
}

void say_language_of(Desk& desk, const store::Member& member) {
  if (!member.language.empty()) desk.say(Reply::show_language, {{"language", member.language}});
}

void say_options(Desk& desk, const store::Member& member) {
  if (!desk.tongue().dialect->options.empty()) return say_options_in_words(desk, member);
  const std::string options = lists::options_set(member.flags);
  if (options.empty()) {
    desk.say(Reply::show_no_options);
  } else {
    desk.say(Reply::show_options, {{"options", options}});
  }
}

void say_membership(Desk& desk, const lists::List& list, const store::Member& member) {
  desk.say(Reply::show_head, {{"address", member.address.text()}, {"list", list.name().name()}});
  desk.show("");
  say_options(desk, member);
  say_topics_of(desk, list, member);
  say_language_of(desk, member);
  desk.say(Reply::show_since, {{"date", iso8601(member.joined).substr(0, 10)}});
  if ((member.flags & store::kMemberSuspended) != 0) desk.say(Reply::show_suspended);
}

// The form that programs read; the mark of a line ends in its words.
void say_for_programs(Desk& desk, const lists::List& list, const store::Member& member) {
  desk.show("***HDR*** " + member.address.text());
  desk.show("***NAME*** " + member.display);
  desk.show("***LIST*** " + tongues::in_capitals(list.name().name()));
  for (const tongues::OptionRow* row : tongues::options_of_members(*desk.tongue().dialect)) {
    if (lists::is_in_force(member.flags, row->option)) desk.show("***OPT*** " + tongues::in_capitals(row->word));
  }
  if (!member.topics.empty()) desk.show("***TOPICS*** " + tongues::in_capitals(member.topics));
  desk.show("***SUBDATE*** " + iso8601(member.joined).substr(0, 10));
}

// show *: every list that the requester is on.
Status show_all(Desk& desk, const Request& request) {
  Result<std::vector<std::string>> lists = desk.work().state().lists_of(desk.requester(), kMaxLists);
  if (!lists) return lists.error();
  for (const std::string& address : *lists) {
    Result<const lists::List*> list = desk.open_list(address);
    if (!list) return list.error();
    if (*list == nullptr || desk.is_switched_off(**list, request.verb)) continue;
    Result<std::optional<store::Member>> member = desk.work().state().find_member(address, desk.requester());
    if (!member) return member.error();
    if (!*member) continue;
    desk.speak_of(**list);
    say_membership(desk, **list, **member);
    desk.show("");
  }
  if (lists->empty()) {
    desk.say(Reply::on_no_list, {{"command", request.word}, {"address", desk.requester().text()}});
  }
  return {};
}

}  // namespace

// show [LIST]: one's own membership, for the answer goes to the address that it is about. Who has the list's password
// sees others' too.
Status show(Desk& desk, const Request& request) {
  if (!request.about.empty()) {
    return show_others(desk, request, [&](const lists::List& list, const store::Member& member) {
      request.is_for_programs ? say_for_programs(desk, list, member) : say_membership(desk, list, member);
    });
  }
  if (request.arguments.size() == 1 && request.arguments.front() == tongues::kAll) return show_all(desk, request);
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const std::optional<mail::Mailbox> person = person_in(desk, request, target->rest);
  if (!person) return {};
  const bool is_own = person->address == desk.requester() || person->address == desk.given_for();
  if (!is_own && desk.proof() != auth::Proof::list_password) {
    desk.say(Reply::show_is_ones_own, {{"command", request.word}});
    return {};
  }
  Result<std::optional<store::Member>> member =
      desk.work().state().find_member(target->list->address(), person->address);
  if (!member) return member.error();
  if (*member) {
    say_membership(desk, *target->list, **member);
  } else {
    say_no_member(desk, request.verb, *target->list, person->address);
  }
  return {};
}

}  // namespace majlis::commands
