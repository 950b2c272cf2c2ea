#include "lists/posts/reading/missing_fields.h"

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kNow = 1'800'000'000;

class MissingFields : public ScratchList {
 protected:
  mail::Message completed(const std::string& raw) {
    make_list("cooks", "owner = olga@example.com\n");
    const Arrival arrival{mail::Message::open(raw), *mail::Address::parse(kCooks), mail::Address::parse("a@b"), kNow};
    return with_missing_fields(list("cooks"), arrival, arrival.message);
  }
};

TEST_F(MissingFields, AreAddedOnTopAndNothingElseIsTouched) {
  const std::string raw = "From: a@b\nSubject: alarm\n\nPower lost.\n";
  const mail::Message post = completed(raw);
  EXPECT_TRUE(std::string(post.bytes()).ends_with("\n" + raw));
  EXPECT_EQ(post.field("Date"), rfc5322_date(kNow));
  EXPECT_TRUE(post.message_id().ends_with(".post@lists.example.org>")) << post.message_id();
}

TEST_F(MissingFields, AreTheSameForTheMtasSecondTryAndOthersForAnotherMessage) {
  const std::string raw = "From: a@b\n\nPower lost.\n";
  EXPECT_EQ(completed(raw).message_id(), completed(raw).message_id());
  EXPECT_NE(completed(raw).message_id(), completed("Received: by x\n" + raw).message_id());
}

TEST_F(MissingFields, NoneIsAddedWhereThereIsOneWhateverItSays) {
  const std::string raw = "From: a@b\nDate: yesterday\nmessage-id: none\n\nPower lost.\n";
  EXPECT_EQ(completed(raw).bytes(), raw);
}

}  // namespace
}  // namespace majlis::lists
