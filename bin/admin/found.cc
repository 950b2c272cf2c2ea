#include "bin/admin/found.h"

#include <algorithm>
#include <optional>

#include "bin/admin/members/member_json.h"
#include "lists/effects/bans.h"
#include "lists/pending/waiting.h"
#include "lists/site/list.h"

namespace majlis::bin::admin {
namespace {

Found found(const mail::Address& address, std::string list, std::string_view role) {
  JsonLine json;
  json.text("list", list).text("role", role).text("address", address.text());
  return {std::move(list), role, "", std::move(json)};
}

std::string text_of(const lists::MemberView& member) {
  std::string text = "since " + iso8601(member.joined);
  for (const std::string& flag : member.flags) text += "  " + flag;
  if (member.bounces)
    text += "  bounces: " + std::string(member.bounces->state) + " " + visible(member.bounces->status);
  return text;
}

Status add_memberships(const lists::Site& site, const mail::Address& address, std::vector<Found>& all) {
  Result<std::vector<lists::Membership>> memberships = lists::memberships_of(site, address);
  if (!memberships) return memberships.error();
  for (const lists::Membership& membership : *memberships) {
    Found row = found(membership.member.address, membership.list, "member");
    row.text = text_of(membership.member);
    add_member(row.json, membership.member);
    all.push_back(std::move(row));
  }
  return {};
}

bool names(const std::vector<mail::Address>& people, const mail::Address& address) {
  return std::find(people.begin(), people.end(), address) != people.end();
}

void add_offices(const lists::Site& site, const lists::ListName& name, const mail::Address& address,
                 std::vector<Found>& all) {
  const Result<lists::List> list = lists::List::open(site, name);
  if (!list) return;  // 'check' and 'lists' tell of it
  if (names(list->owners(), address)) all.push_back(found(address, name.address(), "owner"));
  if (names(list->moderators(), address)) all.push_back(found(address, name.address(), "moderator"));
}

Status add_waiting(const lists::Site& site, const mail::Address& address, std::vector<Found>& all) {
  std::optional<lists::PendingItem> last;
  for (;;) {
    Result<std::vector<lists::Waiting>> page = lists::waiting_page(site, "", last ? &*last : nullptr);
    if (!page) return page.error();
    if (page->empty()) return {};
    for (const lists::Waiting& waiting : *page) {
      const std::string canonical = address.canonical();
      if (waiting.item.address != canonical && waiting.item.asked_by != canonical) continue;
      Found row = found(address, waiting.item.list, "waits");
      row.text = visible(waiting.item.kind) + "  " + waiting.item.id + "  " + visible(waiting.description.subject);
      row.json.text("kind", waiting.item.kind)
          .text("id", waiting.item.id)
          .text("subject", waiting.description.subject)
          .text("held", iso8601(waiting.item.asked));
      all.push_back(std::move(row));
    }
    last = std::move(page->back().item);
  }
}

Status add_bans(const lists::Site& site, const std::vector<lists::ListName>& lists, const mail::Address& address,
                std::vector<Found>& all) {
  Result<std::vector<lists::BanFound>> bans = lists::bans_about(site, lists, address);
  if (!bans) return bans.error();
  for (const lists::BanFound& one : *bans) {
    Found row = found(address, one.list, "banned");
    row.text = "since " + iso8601(one.ban.since) + "  by " + visible(one.ban.by);
    if (one.ban.pattern != address.canonical()) row.text += "  as " + visible(one.ban.pattern);
    row.json.text("pattern", one.ban.pattern).text("since", iso8601(one.ban.since)).text("by", one.ban.by);
    all.push_back(std::move(row));
  }
  return {};
}

}  // namespace

Result<std::vector<Found>> find_all(const lists::Site& site, const mail::Address& address) {
  std::vector<Found> all;
  if (mail::Address::parse(site.config().postmaster) == address) all.push_back(found(address, "", "postmaster"));
  Status done = add_memberships(site, address, all);
  if (!done) return done.error();
  const Result<std::vector<lists::ListName>> lists = site.list_names();
  if (!lists) return lists.error();
  for (const lists::ListName& name : *lists) add_offices(site, name, address, all);
  if (done = add_waiting(site, address, all); !done) return done.error();
  if (done = add_bans(site, *lists, address, all); !done) return done.error();
  std::stable_sort(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.list < b.list; });
  return all;
}

}  // namespace majlis::bin::admin
