#include "lists/effects/ceilings.h"

#include <gmock/gmock.h>

#include "auth/secret_file.h"
#include "lists/effects/letters.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kDay = 24 * 3600;

class Ceilings : public ScratchList {
 protected:
  Ceilings() { make_list("cooks", "owner = olga@example.org\nmoderators << END\nmona@example.org\nEND\n"); }

  template <typename Function>
  void work_at(UnixTime now, Function function) {
    Work work = Work::begin(*site_, auth::fingerprint({std::to_string(++works_)}).substr(0, 16), now).value();
    function(work);
    EXPECT_TRUE(work.finish("test").ok());
  }
  // The place of the share that was used up; -1: all were taken.
  int take(UnixTime now, const std::vector<Share>& shares) {
    int place = -1;
    work_at(now, [&](Work& work) {
      const std::optional<std::size_t> used_up = take_shares(work, shares).value();
      if (used_up) place = static_cast<int>(*used_up);
    });
    return place;
  }

 private:
  unsigned works_ = 0;
};

TEST_F(Ceilings, SharesAreTakenTogetherOrNotAtAll) {
  EXPECT_EQ(take(kNow, {{"number", 3}, {"octets", 10, 6}}), -1);
  EXPECT_EQ(take(kNow, {{"number", 3}, {"octets", 10, 5}}), 1);
  EXPECT_EQ(take(kNow, {{"number", 3}, {"octets", 10, 4}}), -1) << "to the last of it";
  EXPECT_EQ(take(kNow, {{"number", 3}, {"octets", 10, 0}}), 1);
  EXPECT_EQ(take(kNow, {{"number", 3}}), -1) << "what was refused was not counted";
  EXPECT_EQ(take(kNow, {{"number", 3}}), 0);
  EXPECT_EQ(take(kNow, {{"number", 0}}), 0);
  EXPECT_EQ(take(kNow + kDay, {{"number", 3}, {"octets", 10, 10}}), -1);
}

TEST_F(Ceilings, AnAmountThatIsBeyondEveryNumberIsRefused) {
  EXPECT_EQ(take(kNow, {{"octets", 10, 1}}), -1);
  EXPECT_EQ(take(kNow, {{"octets", 10, UINT64_MAX}}), 0);
}

TEST_F(Ceilings, AreToldOnceADayToWhoIsConcerned) {
  const List cooks = list("cooks");
  for (int i = 0; i < 3; ++i) {
    work_at(kNow + i, [&](Work& work) {
      EXPECT_TRUE(tell_of_ceiling(work, &cooks, {Ceiling::challenges, 7}).ok());
      EXPECT_TRUE(tell_of_ceiling(work, &cooks, {Ceiling::requests, 8}).ok());
      EXPECT_TRUE(tell_of_ceiling(work, nullptr, {Ceiling::file_octets, 9}).ok());
    });
  }
  const std::vector<std::string> letters = jobs();
  ASSERT_EQ(letters.size(), 3U);
  EXPECT_THAT(letters, testing::Contains(testing::AllOf(HasSubstr("to olga@example.org"), HasSubstr("mailed 7 "))));
  EXPECT_THAT(letters, testing::Contains(testing::AllOf(HasSubstr("to mona@example.org"), HasSubstr(": 8"))));
  EXPECT_THAT(letters,
              testing::Contains(testing::AllOf(HasSubstr("to postmaster@example.org"), HasSubstr(" 9 octets"))));
  work_at(kNow + kDay, [&](Work& work) { EXPECT_TRUE(tell_of_ceiling(work, &cooks, {Ceiling::challenges, 7}).ok()); });
  EXPECT_EQ(jobs().size(), 4U);
}

TEST(MailboxKey, IsOneForWhatDiffersBehindThePlusOrInLetterCase) {
  for (const char* same : {"ann@example.org", "ANN@Example.ORG", "ann+1@example.org", "Ann+a+b@example.org"}) {
    EXPECT_EQ(mailbox_key(*mail::Address::parse(same)), "ann@example.org") << same;
  }
  EXPECT_EQ(mailbox_key("ann@example.org"), "ann@example.org");
  EXPECT_EQ(mailbox_key("no address+1"), "no address+1");
  EXPECT_EQ(mailbox_key(""), "");
}

}  // namespace
}  // namespace majlis::lists
