#include "lists/effects/threads.h"

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kNow = 1'800'000'000;

using Threads = ScratchList;

ThreadPlace place_of(const std::string& fields) {
  return thread_place(mail::Message::open("From: ann@example.com\n" + fields + "\nRice.\n"));
}

TEST_F(Threads, AnAnswerNamesWhatItAnswers) {
  const ThreadPlace place =
      place_of("Message-ID: <three@x>\nIn-Reply-To: Ann's message of Monday <two@x>\nReferences: <one@x>\n <two@x>\n");
  EXPECT_EQ(place.own, thread_digest("<three@x>"));
  EXPECT_EQ(place.answered, (std::vector<std::string>{thread_digest("<one@x>"), thread_digest("<two@x>")}));
  EXPECT_TRUE(place_of("Message-ID: <one@x>\nReferences: <one@x> <\n").answered.empty());
}

// Whoever writes many of them gets no more looks into the store for it.
TEST_F(Threads, OfManyTheFirstAndTheLastCount) {
  std::string references = "References:";
  for (int i = 0; i < 200; ++i) references += " <" + std::to_string(i) + "@x>\n";
  const std::vector<std::string> answered = place_of("Message-ID: <me@x>\n" + references).answered;
  EXPECT_EQ(answered.size(), 6U);
  EXPECT_EQ(answered.front(), thread_digest("<0@x>"));
  EXPECT_EQ(answered.back(), thread_digest("<199@x>"));
}

TEST_F(Threads, AnAnswerBelongsToTheOldestThreadItNames) {
  make_list("cooks", "thread_days = 7\n");
  const List cooks = list("cooks");
  auto state = writer();
  ASSERT_TRUE(keep_thread(*state, cooks, {"one"}, {}, kNow).ok());
  ASSERT_TRUE(keep_thread(*state, cooks, {"other"}, {"unknown"}, kNow + kDay).ok());
  ASSERT_TRUE(keep_thread(*state, cooks, {"two", "two-as-sent"}, {"other", "one"}, kNow + 2 * kDay).ok());
  EXPECT_EQ(thread_begin(*state, cooks, {"other"}).value(), kNow + kDay);
  EXPECT_EQ(thread_begin(*state, cooks, {"two-as-sent"}).value(), kNow);
  EXPECT_FALSE(thread_begin(*state, cooks, {"unknown"}).value());
}

TEST_F(Threads, NothingIsKeptWithoutTheSetting) {
  make_list("cooks", "thread_days = 0\n");
  auto state = writer();
  ASSERT_TRUE(keep_thread(*state, list("cooks"), {"one"}, {}, kNow).ok());
  EXPECT_FALSE(state->thread_begin(kCooks, "one").value());
}

}  // namespace
}  // namespace majlis::lists
