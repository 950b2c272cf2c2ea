#include "lists/posts/reading/given_words.h"

#include <gmock/gmock.h>

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

mail::Message post(const std::string& subject, const std::string& text, const std::string& fields = "") {
  return mail::Message::open("From: ann@example.org\nSubject: " + subject + "\n" + fields + "\n" + text);
}
std::vector<std::string> words_in(const std::string& text) { return given_words(post("Rice", text), "cooks"); }

TEST(GivenWords, StandWhereACommandTakesAPassword) {
  EXPECT_THAT(words_in("set authenticate sesame address=ann@example.org\nset delivery off\n"), ElementsAre("sesame"));
  EXPECT_THAT(words_in("Unsubscribe sesame"), ElementsAre("sesame"));
  EXPECT_THAT(words_in("leave sesame address=ann@example.org"), ElementsAre("sesame"));
  EXPECT_THAT(words_in("password sesame quince88"), ElementsAre("sesame", "quince88"));
  EXPECT_THAT(words_in("pw change quince88 PW=sesame"), ElementsAre("sesame", "quince88"));
  EXPECT_THAT(words_in("quiet add cooks ann@example.org Ann Lee PW= sesame"), ElementsAre("sesame"));
  EXPECT_THAT(words_in("approve sesame subscribe cooks ann@example.org"), ElementsAre("sesame"));
  EXPECT_THAT(words_in("passwd cooks sesame quince88"), ElementsAre("sesame", "quince88"));
  EXPECT_THAT(given_words(post("unsubscribe sesame", ""), "cooks"), ElementsAre("sesame"));
}

TEST(GivenWords, AreNoListsAddressesAndSentences) {
  EXPECT_THAT(words_in("unsubscribe cooks\nsubscribe ann@example.org\nsignoff\nset digest plain\n"), IsEmpty());
  EXPECT_THAT(words_in("unsubscribe me from this list\nWe set authenticate\n"), IsEmpty());
}

TEST(GivenWords, AreBlankedAsWholeWords) {
  EXPECT_EQ(without_given_words("sesame, sesames <sesame>", {"sesame"}), "***, sesames <***>");
  const mail::Message message = post("sesame", "leave sesame\n");
  const mail::Message blanked = without_given_words(message, {"sesame"});
  EXPECT_EQ(blanked.subject(), "***");
  EXPECT_THAT(std::string(blanked.bytes()), HasSubstr("leave ***\n"));
}

TEST(GivenWords, AreTakenOutOfWhatIsEncoded) {
  const mail::Message message = post("=?UTF-8?B?c2VzYW1l?=", "bGVhdmUgc2VzYW1lCg==\n",
                                     "MIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\n"
                                     "Content-Transfer-Encoding: base64\n");
  const mail::Message blanked = without_given_words(message, given_words(message, "cooks"));
  EXPECT_EQ(blanked.subject(), "***");
  EXPECT_EQ(blanked.first_text(100), "leave ***\n");
  EXPECT_THAT(std::string(blanked.bytes()), Not(HasSubstr("bGVhdmU")));
}

TEST(GivenWords, AnyOctetsCanBeRead) {
  EXPECT_THAT(words_in(std::string("\0\xFF\x80\n\xC3", 5)), IsEmpty());
  EXPECT_THAT(words_in("PW=\n* *\n"), IsEmpty());
}

}  // namespace
}  // namespace majlis::lists
