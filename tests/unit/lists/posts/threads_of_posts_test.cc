// thread_days, from the first post to an answer long after; and one letter for what waits for its author.
#include "auth/secret_file.h"
#include "lists/posts/post.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kHour = 3600;
constexpr UnixTime kDay = 24 * kHour;

class ThreadsOfPosts : public ScratchList {
 protected:
  void SetUp() override { ASSERT_TRUE(auth::start_crypto().ok()); }
  Outcome arrive(const std::string& id, const std::string& answers, UnixTime now,
                 const std::string& author = "ann@example.org") const {
    const std::string raw = "From: " + author + "\nTo: cooks@lists.example.org\nSubject: soup\nMessage-ID: " + id +
                            "\nIn-Reply-To: " + answers + "\n\nIs it hot?\n";
    Arrival arrival{mail::Message::open(raw), *mail::Address::parse(kCooks), mail::Address::parse(author), now};
    Result<Outcome> outcome = receive_post(*site_, list("cooks"), arrival);
    return outcome ? *outcome : Outcome{outcome.error().what, "", ""};
  }
};

TEST_F(ThreadsOfPosts, AnAnswerIsHeldWhenItsThreadBeganLongAgo) {
  make_list("cooks", "post_access = open\nthread_days = 7\nsubject_prefix = [cooks]\n");
  EXPECT_EQ(arrive("<one@x>", "<zero@y>", kNow).verdict, "accept");
  EXPECT_EQ(arrive("<two@x>", "<one@x>", kNow + 6 * kDay).verdict, "accept");
  EXPECT_EQ(arrive("<three@x>", "<one@x>", kNow + 7 * kDay).verdict, "accept");
  EXPECT_EQ(arrive("<four@x>", "<one@x>", kNow + 7 * kDay + 1).rule, "thread_days");
  EXPECT_EQ(arrive("<five@x>", "<two@x>", kNow + 8 * kDay).rule, "thread_days");
  EXPECT_EQ(arrive("<six@x>", "<zero@y>", kNow + 8 * kDay).verdict, "accept");
  // What was held was not sent: its thread is not known by it.
  EXPECT_EQ(arrive("<seven@x>", "<four@x>", kNow + 8 * kDay).verdict, "accept");
}

TEST_F(ThreadsOfPosts, ALetterThatIsOpenIsTheOnlyOne) {
  make_list("cooks", "post_access = list\nnonmember_posts = challenge\ntoken_hours = 48\nowner = olga@example.org\n");
  const auto letters = [&] { return jobs().size(); };
  EXPECT_EQ(arrive("<one@x>", "<zero@y>", kNow).verdict, "hold");
  EXPECT_EQ(letters(), 1U);
  EXPECT_EQ(arrive("<two@x>", "<zero@y>", kNow + 47 * kHour).verdict, "hold");
  EXPECT_EQ(letters(), 1U);
  EXPECT_EQ(arrive("<three@x>", "<zero@y>", kNow, "bob@example.org").verdict, "hold");
  EXPECT_EQ(letters(), 2U);
  EXPECT_EQ(arrive("<four@x>", "<zero@y>", kNow + 50 * kHour).verdict, "hold");
  EXPECT_EQ(letters(), 3U);
  EXPECT_EQ(reader()->pending_about(kCooks, "post", "ann@example.org", 10).value().size(), 3U);
}

}  // namespace
}  // namespace majlis::lists
