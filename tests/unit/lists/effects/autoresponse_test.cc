#include "lists/effects/autoresponse.h"

#include <gmock/gmock.h>

#include "auth/secret_file.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kDay = 24 * 3600;

class Autoresponse : public ScratchList {
 protected:
  Autoresponse() {
    make_list("cooks",
              "owner = olga@example.org\nautorespond_postings = yes\nautorespond_admin = yes\n"
              "autoresponse_graceperiod = 3\nautoresponse_postings_text << END\nPosted to $LIST.\nEND\n"
              "autoresponse_admin_text << END\nMondays.\nEND\n");
  }

  // How many letters there are then.
  std::size_t letters_after(UnixTime now, AnsweredMail mail, const std::string& author) {
    const std::string name = auth::fingerprint({std::to_string(++works_)}).substr(0, 16);
    Work work = Work::begin(*site_, name, now).value();
    const Arrival arrival{mail::Message::open("From: " + author + "\nSubject: x\n\nHello.\n"),
                          mail::Address::parse("cooks@lists.example.org").value(), mail::Address::parse(author), now};
    EXPECT_TRUE(answer_by_itself(work, list("cooks"), mail, arrival).ok());
    EXPECT_TRUE(work.finish("test").ok());
    return jobs().size();
  }

 private:
  unsigned works_ = 0;
};

TEST_F(Autoresponse, EachKindOfMailIsAnsweredOnceInItsDays) {
  EXPECT_EQ(letters_after(kNow, AnsweredMail::postings, "ann@example.com"), 1U);
  EXPECT_EQ(letters_after(kNow + 3 * kDay - 1, AnsweredMail::postings, "ann@example.com"), 1U);
  EXPECT_EQ(letters_after(kNow + 3 * kDay - 1, AnsweredMail::postings, "ann+x@example.com"), 1U) << "one mailbox";
  EXPECT_EQ(letters_after(kNow, AnsweredMail::owner_mail, "ann@example.com"), 2U);
  EXPECT_EQ(letters_after(kNow, AnsweredMail::postings, "ben@example.com"), 3U);
  EXPECT_EQ(letters_after(kNow + 3 * kDay, AnsweredMail::postings, "ann@example.com"), 4U);
  EXPECT_THAT(jobs(), testing::Contains(HasSubstr("Posted to cooks.")));
}

TEST_F(Autoresponse, AListWithoutATextAnswersAndDiscardsNothing) {
  EXPECT_EQ(letters_after(kNow, AnsweredMail::requests, "ann@example.com"), 0U);
  ListConfig config;
  EXPECT_TRUE(config.set(Setting::autorespond_requests, "discard").ok());
  EXPECT_FALSE(discards_requests(config));
  EXPECT_TRUE(config.set(Setting::autoresponse_request_text, "Nobody reads this.").ok());
  EXPECT_TRUE(discards_requests(config));
  EXPECT_TRUE(config.set(Setting::autorespond_requests, "process").ok());
  EXPECT_FALSE(discards_requests(config));
}

TEST_F(Autoresponse, AnAddressOfOursIsNotAnswered) {
  EXPECT_EQ(letters_after(kNow, AnsweredMail::postings, "cooks@lists.example.org"), 0U);
}

}  // namespace
}  // namespace majlis::lists
