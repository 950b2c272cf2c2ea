#include "lists/effects/letters.h"

#include <gmock/gmock.h>

#include "auth/secret_file.h"
#include "lists/site/directory.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr UnixTime kNow = 1'800'000'000;

class Letters : public ScratchList {
 protected:
  static mail::Address address_of(const std::string& text) { return *mail::Address::parse(text); }

  void send(const List& list, const Correspondence& letter) {
    Work work = Work::begin(*site_, auth::fingerprint({std::to_string(++works_)}).substr(0, 16), kNow).value();
    send_letter(work, list, letter);
    EXPECT_TRUE(work.finish("test").ok());
  }
  static Correspondence letter_to(std::vector<mail::Address> to) {
    Correspondence letter;
    letter.text_name = "notice_subscribe";
    letter.values = {{"address", "ann@example.com"}};
    letter.to = std::move(to);
    return letter;
  }

 private:
  unsigned works_ = 0;
};

TEST_F(Letters, DoNotGoToPostingAddressesOfOurs) {
  make_list("cooks", "");
  make_list("dogs", "");
  ASSERT_TRUE(make_directories(site_->directory() + "/lists/other.example.net/cats", 0700).ok());
  ASSERT_TRUE(replace_file(site_->directory() + "/lists/other.example.net/cats/config", "", 0600).ok());
  const std::vector<std::string> posting = {"cooks@lists.example.org",     "DOGS@lists.example.org",
                                            "dogs+bone@lists.example.org", "cats@other.example.net",
                                            "cats+tail@Other.example.net", "x%dogs@lists.example.org",
                                            "x!y@other.example.net"};
  for (const std::string& address : posting) {
    EXPECT_TRUE(takes_posts(*site_, address_of(address))) << address;
    send(list("cooks"), letter_to({address_of(address)}));
  }
  EXPECT_TRUE(jobs().empty());
  for (const char* address : {"dogs-owner@lists.example.org", "cats@lists.example.org", "x%y@example.org"}) {
    EXPECT_FALSE(takes_posts(*site_, address_of(address))) << address;
  }
  send(list("cooks"), letter_to({address_of("dogs@lists.example.org"), address_of("ann@example.com")}));
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_THAT(jobs().front(), HasSubstr("\nto ann@example.com\n"));
  EXPECT_THAT(jobs().front(), Not(HasSubstr("dogs@")));
}

TEST_F(Letters, ToOwnersWhoAreAListGoToThePostmaster) {
  make_list("cooks", "owner = dogs@lists.example.org\n");
  make_list("dogs", "");
  send(list("cooks"), letter_to(list("cooks").owners()));
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_THAT(jobs().front(), HasSubstr("\nto postmaster@example.org\n"));
}

TEST_F(Letters, EndWithClosingWords) {
  make_list("cooks", "");
  Correspondence letter = letter_to({address_of("ann@example.com")});
  letter.closing_words = "That was all.";
  send(list("cooks"), letter);
  EXPECT_THAT(jobs().front(), testing::EndsWith("\r\n\r\nThat was all.\r\n"));
}

}  // namespace
}  // namespace majlis::lists
