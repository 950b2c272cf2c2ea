#include "lists/effects/verp.h"

#include <set>

#include "lists/rounds/delivery.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kNow = 20'000 * kDay + 3'600;
constexpr int kMembers = 300;

class VerpPosts : public ScratchList {
 protected:
  VerpPosts() { EXPECT_TRUE(auth::start_crypto().ok()); }

  void enrol(const std::string& name) const {
    auto state = writer();
    for (int i = 0; i < kMembers; ++i) {
      const auto address = mail::Address::parse("user" + std::to_string(i) + "@host.example.org");
      ASSERT_TRUE(state->add_member(name + "@" + kDomain, {*address, "", 0, kNow, 0}).ok());
    }
    ASSERT_TRUE(state->commit().ok());
  }

  // The jobs of one post on a day.
  std::vector<std::string> post(const std::string& name, UnixTime day, char number) const {
    const std::size_t before = jobs().size();
    Result<Work> work = Work::begin(*site_, std::string(15, 'f') + number, kNow + day * kDay);
    EXPECT_TRUE(work.ok());
    Outgoing outgoing;
    outgoing.message = "Subject: x\n\nx\n";
    EXPECT_TRUE(send_to_members(*work, list(name), std::move(outgoing)).ok());
    EXPECT_TRUE(work->finish("accept").ok());
    std::vector<std::string> all = jobs();
    return {all.begin() + static_cast<std::ptrdiff_t>(before), all.end()};
  }

  static std::string word_behind(const std::string& job, const std::string& key) {
    const std::size_t at = job.find("\n" + key + " ");
    return at == std::string::npos ? "" : job.substr(at + key.size() + 2, job.find('\n', at + 1) - at - key.size() - 2);
  }

  std::set<std::string> members_of(const std::string& job) const {
    const std::string roster = word_behind(job, "roster");
    std::string part = roster.substr(roster.rfind(' ') + 1);
    for (std::size_t at = part.find("%20"); at != std::string::npos; at = part.find("%20")) part.replace(at, 3, " ");
    return members_for(part);
  }

  // Those of them who have a copy and a return address of their own.
  std::set<std::string> own_of(const std::vector<std::string>& post) const {
    for (const std::string& job : post) {
      if (word_behind(job, "verp") == "per-recipient") return members_of(job);
    }
    return {};
  }

  std::set<std::string> members_for(const std::string& part) const {
    const spool::FlushHelp help = flush_help(*site_);
    std::set<std::string> found;
    std::string cursor;
    do {
      const auto page = help.roster({kCooks, 1'000'000, 0, 0, 0, part}, {cursor}, 50);
      EXPECT_TRUE(page.ok());
      found.insert(page->recipients.begin(), page->recipients.end());
      cursor = page->cursor;
    } while (!cursor.empty());
    return found;
  }
};

TEST_F(VerpPosts, AShareComesBackFromItsWords) {
  const RosterShare share{RosterShare::Side::own, 20'001, 3, 30, {1, 0xABCDEF012345}};
  const auto parsed = RosterShare::parse(share.words());
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->words(), share.words());
  EXPECT_EQ(share.words(), "keyed own 20001 3 30 000000000001,abcdef012345");
  const auto unkeyed = RosterShare::parse("own 20001 3 30 000000000001,abcdef012345");
  ASSERT_TRUE(unkeyed) << "as jobs had it before references were keyed";
  EXPECT_EQ(unkeyed->kind, auth::ReferenceKind::unkeyed);
  EXPECT_EQ(unkeyed->words(), "own 20001 3 30 000000000001,abcdef012345");
  for (const char* wrong :
       {"", "own", "keyed", "keyed keyed own 1 1 30 -", "unkeyed own 1 1 30 -", "all 1 1 30 -", "own 1 31 30 -",
        "own 1 1 0 -", "own 1 1 30", "own x 1 30 -", "own 1 1 30 12", "own 1 1 30 000000000002,000000000001"}) {
    EXPECT_FALSE(RosterShare::parse(wrong)) << wrong;
  }
}

TEST_F(VerpPosts, EveryMemberHasOneDayOfTheCycle) {
  for (auth::MemberReference reference = 0; reference < 100; ++reference) {
    int days = 0;
    for (UnixTime day = 500; day < 530; ++day) {
      const RosterShare share{RosterShare::Side::own, day, 1, 30, {}};
      const RosterShare rest{RosterShare::Side::rest, day, 1, 30, {}};
      EXPECT_NE(share.holds(reference), rest.holds(reference));
      days += share.holds(reference) ? 1 : 0;
    }
    EXPECT_EQ(days, 1);
  }
}

TEST_F(VerpPosts, TheFirstPostOnlyStartsTheCycleAndTheNextTakesWhoseTurnItWas) {
  make_list("cooks", "");
  enrol("cooks");
  const auto first = post("cooks", 0, '0');
  ASSERT_EQ(first.size(), 1U);
  EXPECT_EQ(word_behind(first[0], "verp"), "none");
  EXPECT_EQ(post("cooks", 0, '1').size(), 1U) << "the same day again";

  const auto later = post("cooks", 10, '2');
  ASSERT_EQ(later.size(), 2U);
  std::set<std::string> all;
  std::size_t copies = 0;
  for (const std::string& job : later) {
    const auto members = members_of(job);
    EXPECT_GT(members.size(), 50U);
    copies += members.size();
    all.insert(members.begin(), members.end());
  }
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kMembers));
  EXPECT_EQ(copies, all.size()) << "nobody gets two";

  const auto long_after = post("cooks", 100, '3');
  ASSERT_EQ(long_after.size(), 1U);
  EXPECT_EQ(word_behind(long_after[0], "verp"), "per-recipient");
}

TEST_F(VerpPosts, OverACycleEverybodyHasOneTurn) {
  make_list("cooks", "verp_probe_days = 30\n");
  enrol("cooks");
  post("cooks", 0, '0');
  std::set<std::string> all;
  std::size_t turns = 0;
  for (const int tens : {1, 2, 3}) {
    const auto own = own_of(post("cooks", tens * UnixTime{10}, static_cast<char>('0' + tens)));
    turns += own.size();
    all.insert(own.begin(), own.end());
  }
  EXPECT_EQ(all.size(), static_cast<std::size_t>(kMembers));
  EXPECT_EQ(turns, all.size());
}

TEST_F(VerpPosts, MembersSomethingCameBackFromAlwaysHaveTheirOwn) {
  make_list("cooks", "");
  enrol("cooks");
  post("cooks", 0, '0');
  for (const auto& [name, suspended] :
       {std::pair("user7@host.example.org", UnixTime{0}), std::pair("user8@host.example.org", kNow)}) {
    const auto address = *mail::Address::parse(name);
    auto state = writer();
    store::BounceRecord record;
    record.address = address.canonical();
    record.suspended = suspended;
    ASSERT_TRUE(state->put_bounces(kCooks, address, record, kNow + 10 * kDay).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  const auto again = post("cooks", 0, '1');
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(own_of(again), std::set<std::string>{"user7@host.example.org"}) << "a suspended one gets no mail at all";
}

TEST_F(VerpPosts, AJobFromBeforeReferencesWereKeyedGoesToTheSameMembers) {
  make_list("cooks", "");
  enrol("cooks");
  const store::References references{auth::ReferenceKind::unkeyed, {}};
  const auto seven = *mail::Address::parse("user7@host.example.org");
  RosterShare own{RosterShare::Side::own, 0, 0, 30, {references.of(seven)}, auth::ReferenceKind::unkeyed};
  RosterShare rest = own;
  rest.side = RosterShare::Side::rest;
  EXPECT_EQ(members_for(own.words()), std::set<std::string>{"user7@host.example.org"});
  EXPECT_EQ(members_for(rest.words()).size(), static_cast<std::size_t>(kMembers) - 1);
}

TEST_F(VerpPosts, ASettingSwitchesThemOffOrOnForEveryNthPost) {
  make_list("cooks", "verp = no\n");
  EXPECT_EQ(word_behind(post("cooks", 0, '0').at(0), "verp"), "none");
  EXPECT_EQ(word_behind(post("cooks", 50, '1').at(0), "verp"), "none");
  make_list("bakers", "verp = always\nverp_interval = 3\n");
  std::string kinds;
  for (char number = 'a'; number < 'g'; ++number) {
    kinds += word_behind(post("bakers", 0, number).at(0), "verp") == "none" ? '-' : 'v';
  }
  EXPECT_EQ(kinds, "--v--v");
}

TEST_F(VerpPosts, EveryCopyHasTheTagOfItsRecipientAndLongNamesHaveNone) {
  make_list("cooks", "");
  const spool::FlushHelp help = flush_help(*site_);
  spool::Job job;
  job.list = kCooks;
  job.sender = "cooks-bounces@lists.example.org";
  job.created = kNow;
  const std::string sender = help.verp_sender(job, "Joe@Example.org");
  EXPECT_EQ(sender, help.verp_sender(job, "joe@example.org"));
  EXPECT_NE(sender, help.verp_sender(job, "ann@example.org"));
  const std::size_t plus = sender.find('+');
  ASSERT_NE(plus, std::string::npos);
  const auto tag =
      auth::check_verp_tag(site_->keys(), kCooks, sender.substr(plus + 1, auth::kVerpTagSymbols), kNow + kDay);
  ASSERT_TRUE(tag);
  EXPECT_EQ(tag->reference, auth::ReferenceKind::keyed);
  EXPECT_EQ(tag->member, reader()->references()->of(*mail::Address::parse("joe@example.org")));

  const std::string longest(31, 'x');
  job.list = longest + "@" + kDomain;
  job.sender = longest + "-bounces@" + kDomain;
  EXPECT_EQ(help.verp_sender(job, "joe@example.org").find('@'), 64U);
  job.sender = "x" + job.sender;
  EXPECT_EQ(help.verp_sender(job, "joe@example.org"), job.sender);
}

}  // namespace
}  // namespace majlis::lists
