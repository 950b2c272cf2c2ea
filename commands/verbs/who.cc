#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "base/text.h"
#include "commands/verbs/owner.h"
#include "commands/verbs/verbs.h"
#include "commands/verbs/visible.h"

namespace majlis::commands {
namespace {

constexpr std::string_view kNoEffect = "no-effect";
constexpr std::size_t kPage = 500;
constexpr std::uint64_t kFewMembers = 1000;       // a roster that may be read as often as it is asked for
constexpr std::uint64_t kMaxInOrder = 4000;       // more do not fit into an answer
constexpr std::size_t kMaxWhoOctets = 48 * 1024;  // below the site's bound for a whole reply

bool is_sought(const store::Member& member, std::string_view sought) {
  if (sought.empty()) return true;
  const std::string text = to_lower_ascii(member.address.text() + " " + member.display);
  return text.find(to_lower_ascii(sought)) != std::string::npos;
}

std::string words_for(const Desk& desk, const store::Member& member) {
  const auto person_words = desk.tongue().person_words;
  return person_words == nullptr ? member.address.text() : person_words(member.address.text(), member.display);
}

// What the request asks for besides.
bool wants(const Request& request, std::string_view option) {
  return std::find(request.options.begin(), request.options.end(), option) != request.options.end();
}

std::string domain_of(const store::Member& member) { return to_lower_ascii(member.address.domain()); }

// By the domain; what is no country's is one of those that nobody knows.
std::string country_of(const store::Member& member) {
  constexpr std::size_t kLetters = 2;
  const std::string domain = domain_of(member);
  std::string last = domain.substr(domain.rfind('.') + 1);
  return last.size() == kLetters ? last : "???";
}

// What members are put in order by; the first that is asked for goes before the others.
struct Order {
  std::string_view option;
  std::string (*key)(const store::Member& member);
};
constexpr std::array kOrders = {
    Order{"by-country", country_of},
    Order{"by-domain", domain_of},
    Order{"by-name", [](const store::Member& member) { return to_lower_ascii(member.display); }},
    Order{"by-address", [](const store::Member& member) { return to_lower_ascii(member.address.text()); }},
};

bool has_order(const Request& request) {
  return std::any_of(kOrders.begin(), kOrders.end(), [&](const Order& each) { return wants(request, each.option); });
}

// As they came, which is how Majordomo's file has them, and above that as is asked for.
void put_in_order(std::vector<store::Member>& members, const Request& request) {
  std::sort(members.begin(), members.end(),
            [](const store::Member& a, const store::Member& b) { return a.joined_at < b.joined_at; });
  for (auto order = kOrders.rbegin(); order != kOrders.rend(); ++order) {
    if (!wants(request, order->option)) continue;
    std::stable_sort(members.begin(), members.end(),
                     [&](const store::Member& a, const store::Member& b) { return order->key(a) < order->key(b); });
  }
}

// How many there are of each country, who is concealed left out.
void show_countries(Desk& desk, const std::vector<store::Member>& members) {
  std::map<std::string, std::size_t> counts;
  for (const store::Member& member : members) {
    if ((member.flags & store::kMemberConcealed) == 0) ++counts[country_of(member)];
  }
  for (const auto& [country, count] : counts) {
    if (!desk.is_answer_full()) desk.show(country + " " + std::to_string(count));
  }
}

// Says these; false when the answer is full.
bool show_members(Desk& desk, const lists::List& list, const std::vector<store::Member>& members,
                  std::string_view sought) {
  const bool with_concealed = desk.sees_all(list);
  for (const store::Member& member : members) {
    if ((member.flags & store::kMemberConcealed) != 0 && !with_concealed) continue;
    if (!is_sought(member, sought)) continue;
    if (desk.answer().size() > kMaxWhoOctets) return false;
    desk.show(words_for(desk, member));
  }
  return true;
}

void show_in_order(Desk& desk, const lists::List& list, std::vector<store::Member> members, const Request& request) {
  put_in_order(members, request);
  if (wants(request, "short")) {
    if (wants(request, "by-country")) show_countries(desk, members);
  } else if (!show_members(desk, list, members, request.sought)) {
    desk.say(Reply::who_cut);
  }
}

// Only what fits into an answer is put in order.
Status show_roster(Desk& desk, const lists::List& list, std::uint64_t count, const Request& request) {
  if (count > kMaxInOrder && has_order(request)) {
    desk.say(Reply::who_not_sorted, {{"limit", std::to_string(kMaxInOrder)}});
  }
  if (count > kMaxInOrder && wants(request, "short")) return {};
  std::vector<store::Member> few;
  std::string cursor;
  for (bool more = true; more;) {
    Result<store::WalkPage> page = desk.work().state().walk_members(list.address(), cursor, kPage);
    if (!page) return page.error();
    cursor = page->cursor;
    more = !cursor.empty();
    if (count <= kMaxInOrder) {
      std::move(page->members.begin(), page->members.end(), std::back_inserter(few));
    } else {
      more = show_members(desk, list, page->members, request.sought) && more;
    }
  }
  if (count <= kMaxInOrder) {
    show_in_order(desk, list, std::move(few), request);
  } else if (!cursor.empty()) {
    desk.say(Reply::who_cut);
  }
  return {};
}

}  // namespace

Status who(Desk& desk, const Request& request) {
  Result<Target> target = desk.find_target(request);
  if (!target) return target.error();
  if (target->list == nullptr) return {};
  const lists::List& list = *target->list;
  Result<bool> allowed = may_see_or_refuse(desk, request, list, lists::Setting::who_access, Reply::who_is_private);
  if (!allowed || !*allowed) return allowed ? Status() : allowed.error();
  Result<std::uint64_t> count = desk.work().state().count_members(list.address());
  if (!count) return count.error();
  if (*count > kFewMembers && !may_walk_roster(desk, request)) return {};
  desk.say(Reply::who_head, {{"list", list.name().name()}});
  desk.show("");
  if (wants(request, kNoEffect)) desk.say(Reply::who_no_effect);
  Status shown = show_roster(desk, list, *count, request);
  if (!shown) return shown;
  if (!request.sought.empty()) return {};
  desk.show("");
  desk.say(*count == 0 ? Reply::who_none : Reply::who_count, {{"count", std::to_string(*count)}});
  desk.show("");
  return {};
}

}  // namespace majlis::commands
