// What becomes of posts when what is kept of them and mailed about them has come to its ceilings.
#include <gmock/gmock.h>

#include "lists/pending/settle.h"
#include "lists/posts/held/notice.h"
#include "lists/posts/post.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kDay = 24 * 3600;
constexpr const char* kModerated =
    "moderate = yes\npost_access = open\nowner = olga@example.org\nmoderators << END\nmona@example.org\nEND\n";
constexpr const char* kTooMany = "Why: as many posts as the list keeps wait for its moderators already";

class CeilingsOfPosts : public ScratchList {
 protected:
  void make(const std::string& settings) { make_list("cooks", kModerated + settings); }

  static std::string post(const std::string& from, unsigned number, const std::string& fields = "") {
    return "From: " + from + "\nTo: cooks@lists.example.org\nSubject: soup\nMessage-ID: <" + std::to_string(number) +
           "@example.org>\n" + fields + "\nIs it hot?\n";
  }
  // What the log would say: verdict and rule; or why the MTA is to keep it.
  std::string arrive_at(UnixTime now, const std::string& raw) {
    const mail::Message message = mail::Message::open(raw);
    const auto author = message.author();
    const Arrival arrival{message, *mail::Address::parse(kCooks),
                          author ? std::optional(author->address) : std::nullopt, now};
    Result<Outcome> outcome = receive_post(*site_, list("cooks"), arrival);
    if (!outcome) return outcome.error().kind == ErrorKind::again ? outcome.error().what : "another error";
    return outcome->verdict + " " + outcome->rule;
  }
  std::string arrive(const std::string& from, const std::string& fields = "") {
    return arrive_at(kNow, post(from, ++posts_, fields));
  }
  std::vector<std::string> letters_to(const std::string& address) const {
    std::vector<std::string> found;
    for (const std::string& job : jobs()) {
      if (job.find("\nto " + address + "\n") != std::string::npos) found.push_back(job);
    }
    return found;
  }
  std::vector<store::PendingItem> held() const { return reader()->pending_items(kCooks, 100).value(); }
  void settle(Settlement settlement) {
    const std::string id = held().front().id;
    Work work = Work::begin(*site_, auth::fingerprint({id}).substr(0, 16), kNow).value();
    EXPECT_TRUE(settle_pending(work, list("cooks"), id, {settlement, "no soup today"}).ok());
    EXPECT_TRUE(work.finish("test").ok());
  }

 private:
  unsigned posts_ = 0;
};

TEST_F(CeilingsOfPosts, OneMoreThanMayWaitIsRefusedAndTheModeratorsHearOnceADay) {
  make("max_held_posts = 2\n");
  EXPECT_EQ(arrive("ann@example.org"), "hold moderated");
  EXPECT_EQ(arrive("bob@example.org"), "hold moderated");
  EXPECT_EQ(arrive("eve@example.org"), "reject max_held_posts");
  EXPECT_EQ(arrive("dan@example.org"), "reject max_held_posts");
  EXPECT_EQ(held().size(), 2U);
  EXPECT_THAT(letters_to("eve@example.org"), Contains(HasSubstr(kTooMany)));
  EXPECT_THAT(letters_to("dan@example.org"), Contains(HasSubstr(kTooMany)));
  EXPECT_EQ(letters_to("mona@example.org").size(), 3U) << "two notices, and one letter about the ceiling";
  EXPECT_THAT(letters_to("mona@example.org"), Contains(HasSubstr("max_held_posts: 2")));
  settle(Settlement::discard);
  EXPECT_EQ(arrive("eve@example.org"), "hold moderated");
}

TEST_F(CeilingsOfPosts, WhatWaitsIsCountedInOctetsToo) {
  make("max_held_octets = 1024\n");
  EXPECT_EQ(arrive("ann@example.org", "Comments: " + std::string(700, 'x') + "\n"), "hold moderated");
  EXPECT_EQ(arrive("bob@example.org", "Comments: " + std::string(700, 'x') + "\n"), "reject max_held_octets");
  EXPECT_EQ(arrive("bob@example.org"), "hold moderated");
  EXPECT_THAT(letters_to("mona@example.org"), Contains(HasSubstr("max_held_octets: 1024")));
}

TEST_F(CeilingsOfPosts, WhereNobodyCanBeToldThePostStaysWithTheMta) {
  make("max_held_posts = 1\n");
  EXPECT_EQ(arrive("ann@example.org"), "hold moderated");
  const std::string by_robot = post("robot@example.org", 77, "Auto-Submitted: auto-generated\n");
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(arrive_at(kNow + i, by_robot),
              "lists: max_held_posts of cooks@lists.example.org is reached: the mail server keeps it");
  }
  EXPECT_EQ(held().size(), 1U);
  EXPECT_TRUE(letters_to("robot@example.org").empty());
  EXPECT_EQ(letters_to("mona@example.org").size(), 2U);
  settle(Settlement::discard);
  EXPECT_THAT(arrive_at(kNow + 9, by_robot), HasSubstr("hold "));
}

TEST_F(CeilingsOfPosts, TheLastLetterOfADayToAnAuthorSaysSoAndAModeratorIsHeardAfterIt) {
  configure_site([](SiteConfig& site) { site.replies_per_day = 2; });
  make("");
  const char* const kLast = "This is the last letter of a day to your address about posts.";
  EXPECT_EQ(arrive("ann@example.org"), "hold moderated");
  EXPECT_THAT(letters_to("ann@example.org"), Not(Contains(HasSubstr(kLast))));
  EXPECT_EQ(arrive("ann+1@example.org"), "hold moderated");
  EXPECT_THAT(letters_to("ann+1@example.org"), Contains(HasSubstr(kLast)));
  EXPECT_EQ(arrive("Ann+2@example.org"), "hold moderated");
  EXPECT_TRUE(letters_to("Ann+2@example.org").empty());
  for (int i = 0; i < 3; ++i) settle(Settlement::reject);
  std::size_t told = 0;
  for (const std::string& job : jobs()) told += job.find("Why: no soup today") == std::string::npos ? 0 : 1;
  EXPECT_EQ(told, 3U);
}

TEST_F(CeilingsOfPosts, BeyondTheListsLettersAPostIsHeldWithoutOneAndNoneIsRefusedInSilence) {
  make("author_letters_per_day = 1\nnonmember_posts = reject\npost_access = list\n");
  EXPECT_EQ(arrive("ann@example.org"), "reject not_member");
  EXPECT_EQ(arrive("bob@example.org"),
            "lists: author_letters_per_day of cooks@lists.example.org is reached: the mail server keeps it");
  EXPECT_TRUE(letters_to("bob@example.org").empty());
  EXPECT_THAT(letters_to("olga@example.org"), Contains(HasSubstr("author_letters_per_day")));
  make("author_letters_per_day = 1\npost_access = open\n");
  EXPECT_EQ(arrive("eve@example.org"), "hold moderated");
  EXPECT_TRUE(letters_to("eve@example.org").empty());
  EXPECT_EQ(letters_to("olga@example.org").size(), 1U) << "once a day";
  EXPECT_EQ(arrive_at(kNow + kDay, post("eve@example.org", 99)), "hold moderated");
  EXPECT_EQ(letters_to("eve@example.org").size(), 1U);
}

TEST_F(CeilingsOfPosts, NoLetterGoesToAnAddressOfOurs) {
  make("");
  make_list("dogs", "");
  const std::vector<std::string> ours = {"dogs@lists.example.org", "dogs+1@lists.example.org",
                                         "Cooks@LISTS.example.org", "cooks%lists.example.org@lists.example.org"};
  for (const std::string& address : ours) arrive(address);
  while (!held().empty()) settle(Settlement::reject);
  for (const std::string& job : jobs()) {
    for (const std::string& address : ours) EXPECT_THAT(job, Not(HasSubstr("\nto " + address + "\n")));
    EXPECT_THAT(job, HasSubstr("\nto mona@example.org\n"));
  }
}

TEST_F(CeilingsOfPosts, AWrongPasswordOfAPostThatStaysWithTheMtaIsCounted) {
  make("max_held_posts = 1\n");
  ASSERT_TRUE(auth::start_crypto().ok());
  EXPECT_EQ(arrive("ann@example.org"), "hold moderated");
  const std::string guess = post("robot@example.org", 78, "Auto-Submitted: auto-generated\nApproved: rice-and-tea\n");
  for (int i = 0; i < 2; ++i) EXPECT_THAT(arrive_at(kNow, guess), HasSubstr("the mail server keeps it"));
  EXPECT_EQ(reader()->counted("wrong-password:cooks@lists.example.org", kNow, 3600).value(), 1U);
}

TEST_F(CeilingsOfPosts, NoticesOfSinglePostsEndInOneLetter) {
  make("held_notices_per_day = 2\n");
  for (int i = 0; i < 5; ++i) EXPECT_EQ(arrive("ann" + std::to_string(i) + "@example.org"), "hold moderated");
  EXPECT_EQ(held().size(), 5U);
  EXPECT_EQ(letters_to("mona@example.org").size(), 3U);
  EXPECT_THAT(letters_to("mona@example.org"),
              Contains(AllOf(HasSubstr("Subject: cooks: no more notices of single"), HasSubstr("has sent 2 notices"))));
  EXPECT_TRUE(reader()->find_due_item(kHoldSummary, kCooks, "").value());
  EXPECT_EQ(arrive_at(kNow + kDay, post("bob@example.org", 99)), "hold moderated");
  EXPECT_EQ(letters_to("mona@example.org").size(), 4U);
}

TEST_F(CeilingsOfPosts, ModeratorsMayHaveTheReminderAlone) {
  make("held_notices_per_day = 0\n");
  EXPECT_EQ(arrive("ann@example.org"), "hold moderated");
  EXPECT_TRUE(letters_to("mona@example.org").empty());
}

TEST_F(CeilingsOfPosts, ALongPostIsCutInItsNoticeAndWholeOnTheServer) {
  make("held_notice_octets = 1024\n");
  std::string text;
  for (int i = 0; i < 100; ++i) text += "line " + std::to_string(1000 + i) + " of the post\n";
  EXPECT_EQ(arrive("ann@example.org", "\n" + text), "hold moderated");
  const std::string notice = letters_to("mona@example.org").front();
  EXPECT_THAT(notice, AllOf(HasSubstr("Of the post the first 10"), HasSubstr("octets are attached"),
                            HasSubstr("line 1030 of the post\n"), Not(HasSubstr("line 1060 of the post"))));
  const std::string file = list("cooks").directory() + "/held/" + held().front().id + ".eml";
  EXPECT_THAT(read_file(file, 100'000).value(), HasSubstr("line 1099 of the post\n"));
  make("");
  EXPECT_EQ(arrive("bob@example.org"), "hold moderated");
  EXPECT_THAT(letters_to("mona@example.org"), Contains(HasSubstr("The post is attached as it came.")));
}

TEST_F(CeilingsOfPosts, ANoticeThatHasThePostTwiceHasHalfInEachPlace) {
  make("held_notice_octets = 2048\ndialect = listserv\n");
  std::string text;
  for (int i = 0; i < 100; ++i) text += "line " + std::to_string(1000 + i) + " of the post\n";
  EXPECT_EQ(arrive("ann@example.org", "\n" + text), "hold moderated");
  const std::string notice = letters_to("mona@example.org").front();
  EXPECT_THAT(notice, AllOf(HasSubstr("Of the post the first"), HasSubstr("line 1030 of the post\n"),
                            Not(HasSubstr("line 1060 of the post"))));
  EXPECT_LT(notice.size(), 6000U);
}

TEST(BeginningOf, EndsWithALineWhereThatIsPossible) {
  EXPECT_EQ(beginning_of("ab\ncd\n", 6), "ab\ncd\n");
  EXPECT_EQ(beginning_of("ab\ncd\n", 5), "ab\n");
  EXPECT_EQ(beginning_of("ab\ncd\n", 3), "ab\n");
  EXPECT_EQ(beginning_of("ab\ncd\n", 2), "ab");
  EXPECT_EQ(beginning_of("abcdef", 4), "abcd");
  EXPECT_EQ(beginning_of("", 4), "");
}

}  // namespace
}  // namespace majlis::lists
