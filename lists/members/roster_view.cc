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
constexpr FlagWord kFlagWords[] = {
    {store::kMemberNoMail, "nomail"},          {store::kMemberModerated, "moderated"},
    {store::kMemberConcealed, "concealed"},    {store::kMemberSuspended, "suspended"},
    {store::kMemberDigestMime, "digest-mime"}, {store::kMemberDigestPlain, "digest-plain"},
    {store::kMemberNoRenew, "norenew"}};

std::vector<std::string_view> words_for(std::uint32_t flags) {
  std::vector<std::string_view> words;
  for (const FlagWord& row : kFlagWords) {
    if ((flags & row.flag) != 0) words.push_back(row.word);
  }
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

}  // namespace

Result<MemberPage> members_page(const Site& site, const std::string& list, const std::string& cursor, Bounces bounces) {
  Result<std::unique_ptr<store::Reader>> reader = site.open_reader();
  if (!reader) return reader.error();
  Result<store::WalkPage> walked = (*reader)->walk_members(list, cursor, kMembersPerPage);
  if (!walked) return walked.error();
  MemberPage page;
  page.cursor = std::move(walked->cursor);
  for (store::Member& member : walked->members) {
    MemberView view{.address = std::move(member.address),
                    .name = std::move(member.display),
                    .flags = words_for(member.flags),
                    .joined = member.joined,
                    .renewed = member.renewed,
                    .bounces = std::nullopt};
    if (bounces == Bounces::wanted) {
      Result<std::optional<MemberBounces>> known = bounces_of(**reader, list, view.address);
      if (!known) return known.error();
      view.bounces = std::move(*known);
    }
    page.members.push_back(std::move(view));
  }
  return page;
}

}  // namespace majlis::lists
