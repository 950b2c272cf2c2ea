#include "lists/effects/copy_wishes.h"

#include <gmock/gmock.h>

#include "lists/posts/distribution/distribution.h"
#include "lists/posts/held/author_letters.h"
#include "spool/job/job_head.h"
#include "tests/unit/lists/posts/copies_of.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr UnixTime kNow = 1'795'478'400;

class CopyWishes : public ScratchList {
 protected:
  CopyWishes() { make_list("cooks", ""); }

  void join(const std::string& address, std::uint32_t flags) const {
    auto state = writer();
    ASSERT_TRUE(state->add_member(kCooks, {*mail::Address::parse(address), "", flags, kNow, 0}).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  Work work() { return Work::begin(*site_, std::string(15, 'w') + static_cast<char>('A' + works_++), kNow).value(); }
  std::vector<std::string> left_out(const PostPeople& people) {
    Work asked = work();
    return members_without_copy(asked, list("cooks"), people).value();
  }
  static mail::Message post(const std::string& fields) {
    return mail::Message::open("From: Ann <ann@example.com>\nMessage-ID: <1@x>\nSubject: soup\n" + fields +
                               "\nRice.\n");
  }
  // The jobs of the members' copies and of letters.
  std::vector<spool::Job> distributed(const mail::Message& message, const std::string& sender = "ann@example.com") {
    const List cooks = list("cooks");
    Copies copies = copies_of(*site_, cooks, message, sender, kNow);
    Work doing = work();
    EXPECT_TRUE(acknowledge(doing, cooks, copies.people).ok());
    EXPECT_TRUE(distribute(doing, cooks, std::move(copies)).ok());
    EXPECT_TRUE(doing.finish("accept").ok());
    std::vector<spool::Job> read;
    for (const std::string& bytes : jobs()) read.push_back(spool::parse_job_head(bytes)->job);
    return read;
  }

 private:
  int works_ = 0;
};

TEST_F(CopyWishes, PeopleAreTheAuthorAndWhoIsNamedInToAndCc) {
  const PostPeople people = people_of(post("To: cooks@lists.example.org, \"Joe, B.\" <JOE@example.org>\nCc: G: "
                                           "a@b.example, joe@Example.org;, no address\n"),
                                      "ann@example.com");
  EXPECT_EQ(people.author->text(), "ann@example.com");
  std::vector<std::string> named;
  for (const mail::Address& address : people.named) named.push_back(address.text());
  EXPECT_THAT(named, ElementsAre("cooks@lists.example.org", "JOE@example.org", "a@b.example"));
  EXPECT_FALSE(people.is_from_robot);
  EXPECT_TRUE(people_of(post("Auto-Submitted: auto-replied\n"), "ann@example.com").is_from_robot);
  EXPECT_TRUE(people_of(post(""), "").is_from_robot);
}

TEST_F(CopyWishes, NoMoreAreLookedUpThanOneJobTakes) {
  std::string many;
  for (int i = 0; i < 2000; ++i) many += (i == 0 ? "" : ",\n a") + std::to_string(i) + "@example.net";
  EXPECT_THAT(people_of(post("To: " + many + "\nCc: b@example.net\n"), "x@y.example").named,
              SizeIs(spool::kMaxExcept - 1));
}

TEST_F(CopyWishes, OnlyThoseWhoWantItAreLeftOutInTheSpellingOfTheRoster) {
  join("Joe@example.org", store::kMemberNoDupes);
  join("bob@example.org", 0);
  join("ann@example.com", store::kMemberNoRepro);
  const PostPeople people = people_of(post("To: joe@EXAMPLE.org, bob@example.org, eve@example.net\n"), "x@y.example");
  EXPECT_THAT(left_out(people), ElementsAre("Joe@example.org", "ann@example.com"));
}

TEST_F(CopyWishes, EachWishIsForItsOwnCase) {
  join("ann@example.com", store::kMemberNoDupes);
  join("joe@example.org", store::kMemberNoRepro);
  EXPECT_THAT(left_out(people_of(post("To: joe@example.org\n"), "x@y.example")), IsEmpty());
  EXPECT_THAT(left_out(people_of(post("To: joe@example.org, ann@example.com\n"), "x@y.example")),
              ElementsAre("ann@example.com"));
  join("both@example.org", store::kMemberNoDupes | store::kMemberNoRepro);
}

TEST_F(CopyWishes, TheJobSaysWhoGetsNoCopy) {
  join("joe@example.org", store::kMemberNoDupes);
  const std::vector<spool::Job> jobs = distributed(post("To: cooks@lists.example.org, joe@example.org\n"));
  ASSERT_THAT(jobs, SizeIs(1));
  EXPECT_THAT(jobs[0].roster->except, ElementsAre("joe@example.org"));
}

TEST_F(CopyWishes, AnAuthorIsToldThatAPostWentOut) {
  join("ann@example.com", store::kMemberAck);
  const std::vector<spool::Job> jobs = distributed(post(""));
  ASSERT_THAT(jobs, SizeIs(2));
  const spool::Job& letter = jobs[0].roster ? jobs[1] : jobs[0];
  EXPECT_THAT(letter.recipients, ElementsAre("ann@example.com"));
  EXPECT_EQ(letter.sender, "");
  EXPECT_THAT(letter.message, HasSubstr("Subject: Your post to cooks was sent"));
  EXPECT_THAT(letter.message, HasSubstr("In-Reply-To: <1@x>"));
}

TEST_F(CopyWishes, NobodyElseIsToldAndNoRobot) {
  join("joe@example.org", store::kMemberAck);
  EXPECT_THAT(distributed(post("")), SizeIs(1));
  join("ann@example.com", store::kMemberAck);
  EXPECT_THAT(distributed(post("Precedence: bulk\n")), SizeIs(2));  // with the one before
}

TEST_F(CopyWishes, TheseLettersCountWithAllOthersToAuthors) {
  join("ann@example.com", store::kMemberAck);
  make_list("cooks", "author_letters_per_day = 2\n");
  std::size_t letters = 0;
  for (int i = 0; i < 4; ++i) letters = distributed(post("X: " + std::to_string(i) + "\n")).size();
  EXPECT_EQ(letters, 4U + 2U);
}

}  // namespace
}  // namespace majlis::lists
