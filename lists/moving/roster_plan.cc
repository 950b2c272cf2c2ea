#include "lists/moving/roster_plan.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "lists/members/member_option.h"
#include "lists/members/roster_change.h"
#include "lists/moving/person.h"
#include "lists/site/config/topics.h"
#include "lists/site/directory.h"
#include "store/records.h"

namespace majlis::lists {
namespace {

using foreign::Fate;
using foreign::Finding;

constexpr std::size_t kMaxTold = 1'000;

class Planning {
 public:
  Planning(const Admission& admission, const ListConfig& config, const std::set<ListName>& coming)
      : admission_(&admission),
        coming_(&coming),
        topics_(read_topics(config.lines(Setting::topics))),
        language_(config.choice(Setting::language)) {}

  RosterPlan run(const foreign::ForeignList& list) {
    plan_.members.reserve(list.members.size());
    for (const foreign::Member& member : list.members) take(member);
    std::stable_sort(plan_.members.begin(), plan_.members.end(),
                     [](const MovedMember& a, const MovedMember& b) { return a.key < b.key; });
    const auto is_same = [](const MovedMember& a, const MovedMember& b) { return a.key == b.key; };
    const auto twice = std::unique(plan_.members.begin(), plan_.members.end(), is_same);
    const auto repeated = static_cast<std::size_t>(plan_.members.end() - twice);
    plan_.members.erase(twice, plan_.members.end());
    finish(list, repeated);
    return std::move(plan_);
  }

 private:
  void take(const foreign::Member& member) {
    bool has_other_name = false;
    Result<mail::Mailbox> person = read_person(*admission_, member.person, has_other_name);
    if (person && is_coming(person->address)) {
      person = Error{ErrorKind::refused, person->address.text() + " is an address of a list that moves in as well"};
    }
    if (!person) return tell({.what = "member", .from = member.from, .why = person.error().what});
    if (has_other_name) tell_other_name(member, *person);
    std::uint32_t flags = 0;
    for (const std::string_view word : split_words(member.options)) {
      const MemberOption* option = find_member_option(word);
      if (option != nullptr) flags = flags_with(flags, *option);
      if (word == "suspended") flags |= store::kMemberSuspended;
    }
    if (!member.options.empty()) ++with_options_;
    std::string key = roster_order(person->address);
    plan_.members.push_back(
        {std::move(key), std::move(*person), flags, topics_of(member), language_of(member), member.bounce_score});
  }

  // Of the list's topics those that are wanted; without one of them all posts come.
  std::string topics_of(const foreign::Member& member) {
    if (member.topics.empty()) return {};
    std::vector<std::string> wanted;
    for (const std::string_view topic : split_at(member.topics, ',')) wanted.emplace_back(topic);
    const std::optional<std::string> choice = changed_choice(topics_, "", wanted);
    if (!choice)
      tell_changed(member, "topics " + member.topics, "the list has not all of these topics: all posts come");
    return choice.value_or("");
  }

  std::string language_of(const foreign::Member& member) {
    if (member.language.empty() || member.language == language_) return {};
    const std::vector<std::string_view> known = split_at(spec_of(Setting::language).choices, '|');
    if (std::find(known.begin(), known.end(), member.language) != known.end()) return member.language;
    tell_changed(member, "language " + printable_utf8(member.language, 20),
                 "this language is not spoken here: letters come in that of the list");
    return {};
  }

  void tell_other_name(const foreign::Member& member, const mail::Mailbox& person) {
    const std::string name = person.display.empty() ? "no name" : "name " + person.display;
    tell_changed(member, name, kOtherName);
  }

  void tell_changed(const foreign::Member& member, std::string from, const char* why) {
    tell({.what = "member", .from = member.from, .to = std::move(from), .fate = Fate::changed, .why = why});
  }

  bool is_coming(const mail::Address& address) const {
    return std::any_of(coming_->begin(), coming_->end(), [&](const ListName& name) {
      return name.domain() == address.domain() && belongs_to(name, address);
    });
  }

  // Of thousands the first are named, and all are counted.
  void tell(Finding finding) {
    if (++told_ <= kMaxTold) plan_.findings.push_back(std::move(finding));
  }

  void finish(const foreign::ForeignList& list, std::size_t repeated) {
    const auto count = [](std::size_t number) {
      return std::to_string(number) + (number == 1 ? " member" : " members");
    };
    if (told_ > kMaxTold) {
      plan_.findings.push_back({.what = "member",
                                .from = std::to_string(told_ - kMaxTold) + " more",
                                .why = "as those above: only the first " + std::to_string(kMaxTold) + " are named"});
    }
    if (repeated > 0) {
      plan_.findings.push_back({.what = "members",
                                .from = std::to_string(repeated) + (repeated == 1 ? " entry" : " entries"),
                                .fate = Fate::changed,
                                .why = "of an address that stands there already: its first entry counts"});
    }
    if (list.members.empty()) return;
    plan_.findings.push_back({.what = "members",
                              .from = std::to_string(list.members.size()) + " entries",
                              .to = count(plan_.members.size()) +
                                    (with_options_ > 0 ? ", " + std::to_string(with_options_) + " with options" : ""),
                              .fate = Fate::carried});
  }

  const Admission* admission_;
  const std::set<ListName>* coming_;
  const std::vector<Topic> topics_;
  const std::string language_;
  RosterPlan plan_;
  std::size_t told_ = 0;
  std::size_t with_options_ = 0;
};

}  // namespace

RosterPlan plan_roster(const Admission& admission, const foreign::ForeignList& list, const ListConfig& config,
                       const std::set<ListName>& coming) {
  return Planning(admission, config, coming).run(list);
}

}  // namespace majlis::lists
