#include "lists/upkeep/erased_message.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

std::optional<std::string> without(std::string_view message, std::vector<std::string> names = {}) {
  return message_without(message, PersonWords(*mail::Address::parse("carl@example.org"), names));
}

TEST(ErasedMessage, LosesAddressAndNameInFieldsAndText) {
  EXPECT_EQ(without("From: \"Quill, Carl\" <carl@example.org>\nSubject: Quill, Carl\nMessage-ID: <1.quill@host>\n\n"
                    "Yours, Quill, Carl (carl@example.org)\n"),
            "From: \"erased\" <erased>\nSubject: erased\nMessage-ID: <1.quill@host>\n\nYours, erased (erased)\n");
}

TEST(ErasedMessage, LosesWhatIsEncoded) {
  EXPECT_EQ(without("From: =?utf-8?q?Carl_Quill?= <carl@example.org>\nSubject: =?utf-8?q?by_Carl_Quill?=\n"
                    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
                    "Carl=20Quill writes from carl@exam=\nple.org\n"),
            "From: erased <erased>\nSubject: =?UTF-8?Q?by_erased?=\n"
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
            "erased writes from erased\n");
}

TEST(ErasedMessage, LosesItInSignedPartsToo) {
  const auto changed = without(
      "From: carl@example.org\nContent-Type: multipart/signed; boundary=b\n\npreamble carl@example.org\n--b\n"
      "Content-Type: text/plain\n\nI am carl@example.org\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n");
  ASSERT_TRUE(changed);
  EXPECT_EQ(changed->find("carl"), std::string::npos);
  EXPECT_NE(changed->find("I am erased\n"), std::string::npos);
}

TEST(ErasedMessage, OfOthersKeepsNamesOfOneWord) {
  EXPECT_EQ(without("From: bob@example.net\nTo: carl@example.org\n\nCarl, Carl Quill\n", {"Carl", "Carl Quill"}),
            "From: bob@example.net\nTo: erased\n\nCarl, erased\n");
}

TEST(ErasedMessage, WithoutTheAddressStays) {
  EXPECT_EQ(without("From: bob@example.net\n\nCarl Quill\n", {"Carl Quill"}), std::nullopt);
  EXPECT_EQ(without("From: bob@example.net\nSubject: =?utf-8?q?joecarl=40example.org?=\n\nsoup\n"), std::nullopt);
}

TEST(ErasedMessage, ThreadsHold) {
  const std::string fields = "Message-ID: <carl.1@host>\nIn-Reply-To: <Carl@host>\nReferences: <Carl@host>\n";
  const auto changed = without("From: Carl <carl@example.org>\n" + fields + "\nCarl\n");
  EXPECT_EQ(changed, "From: erased <erased>\n" + fields + "\nerased\n");
}

TEST(ErasedMessage, TakesAnyOctets) {
  EXPECT_EQ(without(std::string_view("\0carl@example.org\0", 18)), std::string("\0erased\0", 8));
  EXPECT_EQ(without(""), std::nullopt);
}

}  // namespace
}  // namespace majlis::lists
