#include "lists/effects/verp.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxLocalPartOctets = 64;  // RFC 5321 4.5.3.1.1
constexpr std::size_t kReferenceDigits = 12;
constexpr std::size_t kMaxCycleDays = 365;
constexpr std::string_view kKeyed = "keyed";

// Posts and digests have each a cycle of their own, because they have other readers.
std::string last_day_fact(const List& list, const Outgoing& post) {
  return "verp_day " + list.address() + " " + std::to_string(post.with_any) + " " + std::to_string(post.without);
}
std::string posts_fact(const List& list) { return "verp_posts " + list.address(); }

std::optional<auth::MemberReference> parse_reference(std::string_view digits) {
  auth::MemberReference reference = 0;
  const char* end = digits.data() + digits.size();
  if (digits.size() != kReferenceDigits) return std::nullopt;
  const auto [at, error] = std::from_chars(digits.data(), end, reference, 16);
  if (error != std::errc() || at != end) return std::nullopt;
  return reference;
}

bool has_room_for_tag(std::string_view bounces_address) {
  return bounces_address.find('@') + 1 + auth::kVerpTagSymbols <= kMaxLocalPartOctets;
}

// Members that are not suspended and something came back from: the next failure must be theirs for certain.
Result<std::vector<auth::MemberReference>> watched_members(Work& work, const List& list,
                                                           const store::References& references) {
  Result<std::vector<store::BounceRecord>> records = work.state().bounces_of(list.address(), kMaxWatched);
  if (!records) return records.error();
  std::vector<auth::MemberReference> watched;
  for (const store::BounceRecord& record : *records) {
    const auto address = mail::Address::parse(record.address);
    if (address && record.suspended == 0) watched.push_back(references.of(*address));
  }
  std::sort(watched.begin(), watched.end());
  return watched;
}

// Whose turn it is in the cycle since the last post. A list's first post only starts it.
Result<RosterShare> share_of_today(Work& work, const List& list, const Outgoing& post) {
  RosterShare share;
  share.cycle_days = list.config().integer(Setting::verp_probe_days);
  const UnixTime today = auth::day_of(work.now());
  Result<std::uint64_t> fact = work.state().fact(last_day_fact(list, post));
  if (!fact) return fact.error();
  const auto last = static_cast<UnixTime>(*fact);
  // A day in the future was written under a wrong clock.
  if (last > 0 && last <= today) {
    share.first_day = last + 1;
    share.days = std::min(today - last, share.cycle_days);
  }
  if (last != today) {
    Status noted = work.state().set_fact(last_day_fact(list, post), static_cast<std::uint64_t>(today));
    if (!noted) return noted.error();
  }
  Result<store::References> references = work.state().references();
  if (!references) return references.error();
  share.kind = references->kind;
  Result<std::vector<auth::MemberReference>> watched = watched_members(work, list, *references);
  if (!watched) return watched.error();
  share.watched = std::move(*watched);
  return share;
}

Result<bool> is_nth_post(Work& work, const List& list) {
  const auto interval = static_cast<std::uint64_t>(list.config().integer(Setting::verp_interval));
  if (interval == 1) return true;
  Result<std::uint64_t> posts = work.state().fact(posts_fact(list));
  if (!posts) return posts.error();
  Status counted = work.state().set_fact(posts_fact(list), *posts + 1);
  if (!counted) return counted.error();
  return (*posts + 1) % interval == 0;
}

}  // namespace

bool RosterShare::holds(auth::MemberReference reference) const {
  const UnixTime own_day = static_cast<UnixTime>(reference % static_cast<auth::MemberReference>(cycle_days));
  const UnixTime behind = (((own_day - first_day) % cycle_days) + cycle_days) % cycle_days;
  const bool is_own = behind < days || std::binary_search(watched.begin(), watched.end(), reference);
  return is_own == (side == Side::own);
}

std::string RosterShare::words() const {
  std::string text = kind == auth::ReferenceKind::keyed ? std::string(kKeyed) + " " : std::string();
  text += side == Side::own ? "own " : "rest ";
  text += std::to_string(first_day) + " " + std::to_string(days) + " " + std::to_string(cycle_days) + " ";
  for (std::size_t i = 0; i < watched.size(); ++i) {
    std::array<char, 24> digits{};
    std::snprintf(digits.data(), digits.size(), "%s%012llx", i == 0 ? "" : ",",
                  static_cast<unsigned long long>(watched[i]));
    text += digits.data();
  }
  if (watched.empty()) text += "-";
  return text;
}

std::optional<RosterShare> RosterShare::parse(std::string_view words) {
  std::vector<std::string_view> parts = split_words(words);
  const bool is_keyed = !parts.empty() && parts.front() == kKeyed;
  if (is_keyed) parts.erase(parts.begin());
  if (parts.size() != 5 || (parts[0] != "own" && parts[0] != "rest")) return std::nullopt;
  const auto first_day = parse_number(parts[1]);
  const auto days = parse_number(parts[2]);
  const auto cycle_days = parse_number(parts[3]);
  if (!first_day || !days || !cycle_days || *cycle_days < 1 || *cycle_days > kMaxCycleDays || *days > *cycle_days ||
      *first_day > INT64_MAX / 2) {
    return std::nullopt;
  }
  RosterShare share{parts[0] == "own" ? Side::own : Side::rest,
                    static_cast<UnixTime>(*first_day),
                    static_cast<UnixTime>(*days),
                    static_cast<UnixTime>(*cycle_days),
                    {},
                    is_keyed ? auth::ReferenceKind::keyed : auth::ReferenceKind::unkeyed};
  if (parts[4] == "-") return share;
  for (const std::string_view digits : split_at(parts[4], ',')) {
    const auto reference = parse_reference(digits);
    if (!reference || share.watched.size() == kMaxWatched) return std::nullopt;
    share.watched.push_back(*reference);
  }
  if (!std::is_sorted(share.watched.begin(), share.watched.end())) return std::nullopt;
  return share;
}

bool watches_members(const List& list) {
  return list.config().choice(Setting::verp) == "probe" && has_room_for_tag(list.role_address("bounces"));
}

namespace {

// `is_turn`: with verp = always, whether this is one of those posts.
Status send_copy(Work& work, const List& list, Outgoing post, bool is_turn) {
  post.to_members = true;
  post.list = list.address();
  post.sender = list.role_address("bounces");
  const std::string_view mode = list.config().choice(Setting::verp);
  if (mode == "no" || !has_room_for_tag(post.sender)) {
    work.send(std::move(post));
    return {};
  }
  if (mode == "probe" && !post.points.empty()) {
    // Every copy is a transaction of its own anyhow.
    post.verp = spool::Verp::per_recipient;
    work.send(std::move(post));
    return {};
  }
  if (mode == "always") {
    post.verp = is_turn ? spool::Verp::per_recipient : spool::Verp::none;
    work.send(std::move(post));
    return {};
  }
  Result<RosterShare> share = share_of_today(work, list, post);
  if (!share) return share.error();
  const bool is_for_nobody = share->days == 0 && share->watched.empty();
  const bool is_for_all = share->days == share->cycle_days;
  if (is_for_nobody || is_for_all) {
    if (is_for_all) post.verp = spool::Verp::per_recipient;
    work.send(std::move(post));
    return {};
  }
  Outgoing own = post;
  own.verp = spool::Verp::per_recipient;
  own.part = share->words();
  share->side = RosterShare::Side::rest;
  post.part = share->words();
  work.send(std::move(post));
  work.send(std::move(own));
  return {};
}

}  // namespace

Status send_to_members(Work& work, const List& list, std::vector<Outgoing> copies) {
  Result<bool> is_turn = false;
  if (list.config().choice(Setting::verp) == "always" && has_room_for_tag(list.role_address("bounces"))) {
    is_turn = is_nth_post(work, list);
    if (!is_turn) return is_turn.error();
  }
  for (Outgoing& copy : copies) {
    Status sent = send_copy(work, list, std::move(copy), *is_turn);
    if (!sent) return sent;
  }
  return {};
}

Status send_to_members(Work& work, const List& list, Outgoing post) {
  std::vector<Outgoing> copies;
  copies.push_back(std::move(post));
  return send_to_members(work, list, std::move(copies));
}

auth::VerpTag tag_for(const store::References& references, auth::VerpKind kind, const mail::Address& address,
                      UnixTime day) {
  return {.kind = kind, .member = references.of(address), .day = day, .reference = references.kind};
}

std::optional<std::string> sender_with_tag(const Site& site, std::string_view list, std::string_view bounces_address,
                                           const auth::VerpTag& tag) {
  const std::size_t at = bounces_address.find('@');
  if (at == std::string_view::npos || !has_room_for_tag(bounces_address)) return std::nullopt;
  std::string sender(bounces_address.substr(0, at));
  sender += '+';
  sender += auth::make_verp_tag(site.keys().front(), list, tag);
  sender += bounces_address.substr(at);
  return sender;
}

}  // namespace majlis::lists
