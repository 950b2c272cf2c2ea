// What becomes of a post's author where the domain asks for it: munge and wrap, and when nobody is asked.
#include <gmock/gmock.h>

#include "auth/secret_file.h"
#include "mail/coding/decode.h"
#include "tests/unit/lists/posts/copies_of.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr UnixTime kNow = 1'800'000'000;
const std::string kTag = "subject_prefix = [cooks]\n";
const std::string kRest = "To: cooks@lists.example.org\nSubject: soup\nMessage-ID: <soup@example.com>\n\nIs it hot?\n";

class Munged : public ScratchList {
 protected:
  Munged() : dns_(test::dns_texts({{"_dmarc.example.com", "v=DMARC1; p=reject"}})) {
    EXPECT_TRUE(auth::start_crypto().ok());
    configure_site([this](SiteConfig& config) { config.resolver = dns_.address(); });
  }

  Copies copies(const std::string& config, const std::string& raw) const {
    make_list("cooks", config);
    return copies_of(*site_, list("cooks"), mail::Message::open(raw), "ann@example.com", kNow);
  }
  // As the members get it.
  mail::Message copy(const std::string& config, const std::string& raw) const {
    const Copies all = copies(config, raw);
    return mail::Message::open(all.for_members.value_or(all.for_all));
  }
  static std::string shown(const mail::Message& message, std::string_view field) {
    return mail::decode_words(message.field(field).value_or("(none)"));
  }

  test::ScriptedDnsServer dns_;
};

TEST_F(Munged, HaveTheListInFromAndTheAuthorInReplyTo) {
  const mail::Message copy = this->copy(kTag, "From: Ann Rice <ann@example.com>\n" + kRest);
  EXPECT_EQ(copy.field("From"), "Ann Rice via cooks <cooks@lists.example.org>");
  EXPECT_EQ(copy.field("Reply-To"), "Ann Rice <ann@example.com>");
  EXPECT_EQ(copy.field("Author"), "Ann Rice <ann@example.com>");
  EXPECT_FALSE(copy.has_field("Cc"));
}

TEST_F(Munged, AreTheMembersCopiesAlone) {
  const Copies all = copies(kTag, "From: Ann Rice <ann@example.com>\n" + kRest);
  EXPECT_THAT(all.for_all, HasSubstr("From: Ann Rice <ann@example.com>\n"));
  EXPECT_THAT(all.for_all, Not(HasSubstr("via cooks")));
}

TEST_F(Munged, AreNotAskedForWhereNothingIsChanged) {
  const Copies all = copies("", "From: Ann <ann@example.com>\n" + kRest);
  EXPECT_FALSE(all.for_members);
  EXPECT_THAT(dns_.names(), IsEmpty());
}

TEST_F(Munged, HaveTheNameThatWasWrittenWithoutAnAddress) {
  struct Case {
    std::string written;
    std::string name;
  };
  const Case cases[] = {
      {"ann@example.com", "ann"},
      {"<ann@example.com>", "ann"},
      {"\"ann@example.com\" <ann@example.com>", "ann"},
      {"\"'ann@example.com' (Ann)\" <ann@example.com>", "ann (Ann)"},
      {"\"Ann Rice <ann@example.com>\" <ann@example.com>", "Ann Rice ann"},
      {"=?utf-8?q?ann=40example=2Ecom?= <ann@example.com>", "ann"},
      {"=?utf-8?q?ann=EF=BC=A0example=2Ecom?= <ann@example.com>", "ann"},
      {"=?utf-8?q?=3D=3Futf-8=3Fq=3Fann=3D40x=2Eorg=3F=3D?= <ann@example.com>", "ann"},
      {"=?utf-8?q?A=E2=80=8Bnn=E2=80=AE?= <ann@example.com>", "Ann"},
      {"\"@\" <ann@example.com>", "ann"},
      {"\"\" <ann@example.com>", "ann"},
      {"\"R, Ann\" <ann@example.com>", "R, Ann"},
      {"ann@example.com (Ann Rice)", "Ann Rice"},
      {"=?iso-8859-1?q?Ren=E9?= <ann@example.com>", "Ren\xC3\xA9"},
      {"=?gb2312?b?wO7D9w==?= <ann@example.com>", "\xE6\x9D\x8E\xE6\x98\x8E"},
      {"=?koi8-r?b?4c7OwQ==?= <ann@example.com>", "\xD0\x90\xD0\xBD\xD0\xBD\xD0\xB0"},
      {"Ren\xC3\xA9 <ann@example.com>", "Ren\xC3\xA9"},
      {"Ren\xE9 <ann@example.com>", "Ren\xC3\xA9"},
      {"\"@x\"@example.com", "?"},
  };
  for (const Case& each : cases) {
    const mail::Message copy = this->copy(kTag, "From: " + each.written + "\n" + kRest);
    const std::optional<mail::Mailbox> author = copy.author();
    ASSERT_TRUE(author) << each.written << " gave " << copy.field("From").value_or("");
    EXPECT_EQ(author->address.text(), kCooks) << each.written;
    EXPECT_EQ(mail::decode_words(author->display), each.name + " via cooks") << each.written;
    EXPECT_THAT(copy.field("Reply-To").value_or(""), HasSubstr("@example.com")) << each.written;
  }
}

TEST_F(Munged, HaveNoNameWithoutEnd) {
  const mail::Message copy = this->copy(kTag, "From: " + std::string(5000, 'a') + " <ann@example.com>\n" + kRest);
  EXPECT_LT(copy.field("From")->size(), 300U);
  EXPECT_THAT(*copy.field("From"), HasSubstr("a via cooks <cooks@"));
}

TEST_F(Munged, AddToTheAuthorsOwnReplyTo) {
  const std::string post = "From: Ann <ann@example.com>\nReply-To: Bob <bob@example.net>\n" + kRest;
  EXPECT_EQ(copy(kTag, post).field("Reply-To"), "Bob <bob@example.net>, Ann <ann@example.com>");
  const std::string own = "From: Ann <ann@example.com>\nReply-To: Ann <ann@example.com>\n" + kRest;
  EXPECT_EQ(copy(kTag, own).field("Reply-To"), "Ann <ann@example.com>");
  const std::string odd = "From: Ann <ann@example.com>\nReply-To: friends: bob@example.net;\n" + kRest;
  EXPECT_EQ(copy(kTag, odd).field("Reply-To"), "friends: bob@example.net;");
  EXPECT_EQ(copy(kTag, odd).field("Cc"), "Ann <ann@example.com>");
}

TEST_F(Munged, HaveTheAuthorInCcWhereReplyToIsTheLists) {
  const std::string to_list = "reply_to = cooks\n";
  mail::Message copy = this->copy(to_list, "From: Ann <ann@example.com>\n" + kRest);
  EXPECT_EQ(copy.field("From"), "Ann via cooks <cooks@lists.example.org>");
  EXPECT_EQ(copy.field("Reply-To"), kCooks);
  EXPECT_EQ(copy.field("Cc"), "Ann <ann@example.com>");
  copy = this->copy(to_list, "From: Ann <ann@example.com>\nCc: bob@example.net,\n  \"O, P\" <o@example.net>\n" + kRest);
  EXPECT_EQ(mail::parse_mailbox_list(*copy.field("Cc"))->size(), 3U);
  EXPECT_THAT(*copy.field("Cc"), HasSubstr("Ann <ann@example.com>, bob@example.net, "));
  for (const char* cc : {"\n bob@example.net", "bob@example.net", " bob@example.net"}) {
    copy = this->copy(to_list, std::string("From: Ann <ann@example.com>\nCc:") + cc + "\n" + kRest);
    EXPECT_THAT(copy.bytes(), HasSubstr("\nCc: Ann <ann@example.com>,\n bob@example.net\n")) << cc;
  }
  copy = this->copy(to_list, "From: Ann <ann@example.com>\nCc:\n" + kRest);
  EXPECT_EQ(copy.field("Cc"), "Ann <ann@example.com>");
  copy = this->copy(to_list, "From: Ann <ann@example.com>\nCc: ANN@example.com\n" + kRest);
  EXPECT_EQ(copy.field("Cc"), "ANN@example.com");
  copy = this->copy("reply_to = $SENDER\n", "From: Ann <ann@example.com>\n" + kRest);
  EXPECT_EQ(copy.field("Reply-To"), "ann@example.com");
  EXPECT_FALSE(copy.has_field("Cc"));
}

TEST_F(Munged, AreEachMembersOwnCopiesToo) {
  const std::string footer = "personalize = yes\nmessage_footer << END\nFor $USER_ADDRESS\nEND\n";
  const Copies all = copies(footer, "From: Ann <ann@example.com>\n" + kRest);
  ASSERT_TRUE(all.personal);
  EXPECT_THAT(all.personal->text, HasSubstr("From: Ann via cooks <cooks@lists.example.org>\n"));
  // The footer is in nobody else's copy.
  EXPECT_THAT(all.for_all, HasSubstr("From: Ann <ann@example.com>\n"));
  EXPECT_THAT(all.for_all, Not(HasSubstr("For ")));
}

TEST_F(Munged, StayTheAuthorsWhereTheListWantsNone) {
  const Copies all = copies(kTag + "dmarc = none\n", "From: Ann <ann@example.com>\n" + kRest);
  EXPECT_FALSE(all.for_members);
  EXPECT_THAT(dns_.names(), IsEmpty());
}

// What it sends is its own already.
TEST_F(Munged, AreNotThoseOfAnAnonymousList) {
  const Copies all = copies(kTag + "anonymous = yes\ndmarc = reject\n", "From: Ann <ann@example.com>\n" + kRest);
  EXPECT_FALSE(all.is_against_policy);
  EXPECT_THAT(dns_.names(), IsEmpty());
}

TEST_F(Munged, StayAsTheyAreWithoutOneAuthor) {
  const Copies all = copies(kTag, "From: ann@example.com, bob@example.com\n" + kRest);
  EXPECT_FALSE(all.for_members);
  EXPECT_THAT(dns_.names(), IsEmpty());
}

TEST_F(Munged, AreWhatAModeratorApprovesOfARefusedPost) {
  const Copies all = copies(kTag + "dmarc = reject\n", "From: Ann <ann@example.com>\n" + kRest);
  EXPECT_TRUE(all.is_against_policy);
  EXPECT_THAT(all.for_members.value_or(""), HasSubstr("From: Ann via cooks"));
}

TEST_F(Munged, AreRememberedByDomain) {
  const Copies all = copies(kTag, "From: Ann <ann@example.com>\n" + kRest);
  ASSERT_TRUE(all.asked);
  EXPECT_EQ(all.asked->domain, "example.com");
  EXPECT_EQ(all.asked->until, kNow + 600);
  {
    Work work = Work::begin(*site_, std::string(16, 'x'), kNow).value();
    ASSERT_TRUE(remember_policy(work, all.asked).ok());
    ASSERT_TRUE(work.finish("post").ok());
  }
  const std::size_t asked = dns_.names().size();
  const Copies next = copies(kTag, "From: Bob <bob@example.com>\n" + kRest);
  EXPECT_TRUE(next.for_members);
  EXPECT_FALSE(next.asked);
  EXPECT_EQ(dns_.names().size(), asked);
  EXPECT_TRUE(
      copies_of(*site_, list("cooks"), mail::Message::open("From: ann@example.com\n" + kRest), "", kNow + 600).asked);
}

TEST_F(Munged, BelieveOurOwnMailServer) {
  configure_site([](SiteConfig& config) { config.authserv_id = "mx.example.org"; });
  const std::string trusted = "Authentication-Results: mx.example.org; dmarc=";
  const std::string from = "From: Ann <ann@example.net>\n" + kRest;
  for (const auto& [says, is_munged] : {std::pair("fail header.from=example.net policy.dmarc=reject", true),
                                        std::pair("pass header.from=example.net policy.dmarc=quarantine", true),
                                        std::pair("none header.from=example.net", false)}) {
    EXPECT_EQ(copies(kTag, trusted + says + "\n" + from).for_members.has_value(), is_munged) << says;
    EXPECT_THAT(dns_.names(), IsEmpty()) << says;
  }
  // Of a post that passed nothing was to be done: that says nothing about what is published.
  EXPECT_FALSE(copies(kTag, trusted + "pass header.from=example.net policy.dmarc=none\n" + from).for_members);
  EXPECT_THAT(dns_.names(), ElementsAre("_dmarc.example.net", "_dmarc.net"));
}

TEST_F(Munged, AreWrappedWhereTheListWantsIt) {
  const std::string raw =
      "Received: from a by b; Tue, 24 Nov 2026 10:00:00 +0000\nFrom: Ann <ann@example.com>\nDate: Tue, 24 Nov 2026 "
      "10:00:00 +0000\nReferences: <rice@example.com>\nMIME-Version: 1.0\nContent-Type: text/plain; "
      "charset=utf-8\nContent-Transfer-Encoding: 8bit\n" +
      kRest + "\xC3\xA9\n";
  const mail::Message copy = this->copy(kTag + "dmarc = wrap\n", raw);
  EXPECT_EQ(copy.field("From"), "Ann via cooks <cooks@lists.example.org>");
  EXPECT_EQ(copy.field("Reply-To"), "Ann <ann@example.com>");
  EXPECT_EQ(copy.subject(), "[cooks] soup");
  EXPECT_EQ(copy.field("Date"), "Tue, 24 Nov 2026 10:00:00 +0000");
  EXPECT_EQ(copy.field("References"), "<rice@example.com> <soup@example.com>");
  EXPECT_NE(copy.message_id(), "<soup@example.com>");
  EXPECT_THAT(copy.message_id(), HasSubstr("@lists.example.org>"));
  EXPECT_EQ(copy.field("Content-Type"), "message/rfc822");
  EXPECT_EQ(copy.field("Content-Transfer-Encoding"), "8bit");
  EXPECT_TRUE(copy.has_field("List-Id"));
  EXPECT_TRUE(copy.has_field("Received"));
  EXPECT_FALSE(copy.scan().is_ambiguous());
  const mail::Message inside = mail::Message::open(std::string(copy.body()));
  EXPECT_EQ(inside.field("From"), "Ann <ann@example.com>");
  EXPECT_EQ(inside.message_id(), "<soup@example.com>");
  EXPECT_EQ(inside.body(), mail::Message::open(raw).body());
  EXPECT_FALSE(inside.has_field("List-Id"));
  EXPECT_EQ(this->copy(kTag + "dmarc = wrap\n", raw).message_id(), copy.message_id());
}

TEST_F(Munged, AreMungedWhereNothingCanBeWrapped) {
  const mail::Message copy = this->copy(kTag + "dmarc = wrap\n", "From: Ann <ann@example.com>\nSubject: soup\n");
  EXPECT_EQ(copy.field("From"), "Ann via cooks <cooks@lists.example.org>");
  EXPECT_FALSE(copy.has_field("Content-Type"));
}

}  // namespace
}  // namespace majlis::lists
