#include "lists/moving/moving_letters.h"

#include <algorithm>
#include <vector>

#include "auth/fingerprint.h"
#include "lists/effects/bans.h"
#include "lists/effects/list_change.h"
#include "lists/effects/new_member.h"
#include "lists/effects/token_letter.h"
#include "lists/members/challenges.h"
#include "lists/members/join_as.h"
#include "lists/members/welcome.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kLettersOfOneWork = 50;
constexpr std::size_t kMembersOfOneLook = 5'000;

class Mailing {
 public:
  Mailing(const Site& site, const List& list, MovingLetters letters, UnixTime now)
      : site_(&site), list_(&list), letters_(letters), now_(now) {}

  // Of these.
  Result<std::vector<const MovedMember*>> find_due(std::span<const MovedMember> members) const {
    Result<std::unique_ptr<store::Reader>> reader = site_->open_reader();
    if (!reader) return reader.error();
    std::vector<const MovedMember*> due;
    for (const MovedMember& member : members) {
      Result<bool> is = is_due(**reader, member);
      if (!is) return is.error();
      if (*is) due.push_back(&member);
    }
    return due;
  }

  // How many of them left.
  Result<std::size_t> send(std::span<const MovedMember* const> members) const {
    Result<Work> work = begin_change(*site_, now_);
    if (!work) return work.error();
    std::size_t sent = 0;
    for (const MovedMember* member : members) {
      Result<bool> is = is_due(work->state(), *member);
      if (!is) return is.error();
      if (!*is) continue;
      Result<bool> left = letters_ == MovingLetters::welcome ? welcome(*work, *member) : invite(*work, *member);
      if (!left) return left.error();
      sent += *left ? 1 : 0;
    }
    Status done = work->finish("import");
    return done ? Result<std::size_t>(sent) : done.error();
  }

 private:
  std::string invited(const mail::Address& address) const {
    return auth::keyed_fingerprint(site_->keys().front(), {"invited", address.canonical()});
  }

  Result<bool> is_remembered(const store::View& state, const std::string& name) const {
    Result<std::optional<UnixTime>> until = state.seen_until(list_->address(), name);
    return until ? Result<bool>(until->value_or(0) > now_) : until.error();
  }

  Result<bool> is_due(const store::View& state, const MovedMember& member) const {
    const mail::Address& address = member.person.address;
    if (letters_ == MovingLetters::welcome) return is_remembered(state, owed_welcome(*site_, address));
    if ((member.flags & store::kMemberSuspended) != 0) return false;
    Result<std::optional<store::Member>> there = state.find_member(list_->address(), address);
    if (!there) return there.error();
    if (*there) return false;
    Result<bool> is_out = is_banned(state, list_->address(), address);
    if (!is_out || *is_out) return is_out ? Result<bool>(false) : is_out;
    Result<bool> had = is_remembered(state, invited(address));
    return had ? Result<bool>(!*had) : had;
  }

  Result<bool> welcome(Work& work, const MovedMember& member) const {
    const mail::Address& address = member.person.address;
    Status done = send_welcome(work, *list_, "welcome", address);
    if (done) done = work.state().forget_seen(list_->address(), owed_welcome(*site_, address));
    work.note(address.canonical(), "welcome list=" + list_->address() + " by=administrator");
    return done ? Result<bool>(true) : done.error();
  }

  // false: the mailbox was asked often enough today.
  Result<bool> invite(Work& work, const MovedMember& member) const {
    const mail::Address& address = member.person.address;
    Result<bool> within = is_within_share(work, "challenge", address);
    if (!within || !*within) return within;
    const std::string& name = member.person.display;
    const JoinAs as{.keeps_name = !name.empty(),
                    .flags = member.flags,
                    .clears = flags_of_new_member(list_->config()) & ~member.flags & kMaxJoinFlags,
                    .is_invited = true};
    const ChallengedAction action{std::string(verb_of(MembershipChange::join)), "", join_details(as, name)};
    Result<TokenLetter> letter =
        write_token_letter(work, *list_, action, address, answer_place_of(*list_), now_ + kInvitationLife);
    if (!letter) return letter.error();
    letter->letter.text_name = "invitation";
    send_letter(work, *list_, letter->letter);
    work.note(address.canonical(), "invite list=" + list_->address() + " by=administrator");
    Status marked = work.state().mark_seen(list_->address(), invited(address), now_ + kInvitedLife);
    return marked ? Result<bool>(true) : marked.error();
  }

  const Site* site_;
  const List* list_;
  MovingLetters letters_;
  UnixTime now_;
};

}  // namespace

Result<std::size_t> send_moving_letters(const Site& site, const List& list, std::span<const MovedMember> members,
                                        MovingLetters letters, UnixTime now,
                                        const std::function<void(std::size_t done)>& told) {
  if (letters == MovingLetters::none) return std::size_t{0};
  const Mailing mailing(site, list, letters, now);
  std::size_t sent = 0;
  std::size_t left = 0;
  for (std::size_t from = 0; from < members.size(); from += kMembersOfOneLook) {
    const auto due = mailing.find_due(members.subspan(from, std::min(kMembersOfOneLook, members.size() - from)));
    if (!due) return due.error();
    const std::span<const MovedMember* const> all(*due);
    for (std::size_t at = 0; at < all.size(); at += kLettersOfOneWork) {
      const std::size_t count = std::min(kLettersOfOneWork, all.size() - at);
      Result<std::size_t> mailed = std::size_t{0};
      if (sent < kMaxMovingLetters) mailed = mailing.send(all.subspan(at, count));
      if (!mailed) return mailed;
      sent += *mailed;
      left += count - *mailed;
      told(sent);
    }
  }
  return left;
}

}  // namespace majlis::lists
