#include "lists/members/roster_view.h"

#include "lists/members/bounces/bounce_policy.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMembersPerPage = 5000;

struct FlagWord {
  store::MemberFlag flag;
  std::string_view word;
};
constexpr FlagWord kFlagWords[] = {{store::kMemberNoMail, "nomail"},
                                   {store::kMemberModerated, "moderated"},
                                   {store::kMemberConcealed, "conceal"},
                                   {store::kMemberSuspended, "suspended"},
                                   {store::kMemberDigestMime, "digest-mime"},
                                   {store::kMemberDigestPlain, "digest-plain"},
                                   {store::kMemberIndex, "index"},
                                   {store::kMemberNoRenew, "norenew"},
                                   {store::kMemberNoPost, "nopost"},
                                   {store::kMemberEditor, "editor"},
                                   {store::kMemberAlias, "alias"},
                                   {store::kMemberAck, "ack"},
                                   {store::kMemberNoRepro, "norepro"},
                                   {store::kMemberNoDupes, "nodupes"},
                                   {store::kMemberSubjectHeader, "subjecthdr"},
                                   {store::kMemberShortHeader, "shorthdr"},
                                   {store::kMemberDualHeader, "dualhdr"},
                                   {store::kMemberIetfHeader, "ietfhdr"}};

std::vector<std::string> words_for(const store::Member& member) {
  std::vector<std::string> words;
  for (const FlagWord& row : kFlagWords) {
    if ((member.flags & row.flag) != 0) words.emplace_back(row.word);
  }
  if (!member.topics.empty()) words.push_back("topics:" + member.topics);
  if (!member.language.empty()) words.push_back("language:" + member.language);
  return words;
}

std::string_view state_of(const store::BounceRecord& record) {
  if (record.suspended != 0) return "suspended";
  return record.probed != 0 ? "probed" : "counted";
}

Result<std::optional<MemberBounces>> bounces_of(const store::Reader& reader, const std::string& list,
                                                const mail::Address& address) {
  Result<std::optional<store::BounceRecord>> record = reader.find_bounces(list, address);
  if (!record) return record.error();
  if (!*record || is_clean(**record)) return std::optional<MemberBounces>();
  const store::BounceRecord& known = **record;
  return std::optional(MemberBounces{state_of(known), known.score, known.days, known.last, known.status});
}

Result<MemberView> view_of(const store::Reader& reader, const std::string& list, store::Member member,
                           Bounces bounces) {
  std::vector<std::string> flags = words_for(member);
  MemberView view{.address = std::move(member.address),
                  .name = std::move(member.display),
                  .flags = std::move(flags),
                  .is_stopped = (member.flags & store::kMemberStopped) != 0,
                  .joined = member.joined,
                  .renewed = member.renewed,
                  .bounces = std::nullopt};
  if (bounces == Bounces::left_out) return view;
  Result<std::optional<MemberBounces>> known = bounces_of(reader, list, view.address);
  if (!known) return known.error();
  view.bounces = std::move(*known);
  return view;
}

}  // namespace

Result<MemberPage> members_page(const Site& site, const std::string& list, const std::string& cursor, Bounces bounces) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<store::WalkPage> walked = (*reader)->walk_members(list, cursor, kMembersPerPage);
  if (!walked) return walked.error();
  MemberPage page;
  page.cursor = std::move(walked->cursor);
  for (store::Member& member : walked->members) {
    Result<MemberView> view = view_of(**reader, list, std::move(member), bounces);
    if (!view) return view.error();
    page.members.push_back(std::move(*view));
  }
  return page;
}

Result<std::vector<Membership>> memberships_of(const Site& site, const mail::Address& address) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<std::vector<std::string>> lists = (*reader)->lists_of(address, kMaxMemberships + 1);
  if (!lists) return lists.error();
  if (lists->size() > kMaxMemberships) {
    return Error{ErrorKind::refused, "it is on more than " + std::to_string(kMaxMemberships) + " lists"};
  }
  std::vector<Membership> memberships;
  for (const std::string& list : *lists) {
    Result<std::optional<store::Member>> member = (*reader)->find_member(list, address);
    if (!member) return member.error();
    if (!*member) continue;
    Result<MemberView> view = view_of(**reader, list, std::move(**member), Bounces::wanted);
    if (!view) return view.error();
    memberships.push_back({list, std::move(*view)});
  }
  return memberships;
}

Result<std::vector<std::uint64_t>> count_members(const Site& site, const std::vector<ListName>& lists) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  std::vector<std::uint64_t> counts;
  for (const ListName& list : lists) {
    Result<std::uint64_t> count = (*reader)->count_members(list.address());
    if (!count) return count.error();
    counts.push_back(*count);
  }
  return counts;
}

}  // namespace majlis::lists
