#include "mail/authentication/lost_signatures.h"

#include <gmock/gmock.h>

#include "mail/authentication/canonical_form.h"

namespace majlis::mail {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

const std::string kHead = "From: Ann <ann@example.com>\r\nTo: cooks@lists.example.org\r\nSubject: soup\r\n";
const std::string kBody = "\r\nIs it hot?\r\n";

std::string signature(const std::string& fields, const std::string& forms = "relaxed/relaxed",
                      const std::string& name = "DKIM-Signature") {
  return name + ": v=1; a=rsa-sha256; d=example.com; s=s;\r\n c=" + forms + "; h=" + fields +
         ";\r\n bh=AAAA; b=AAAA\r\n";
}

SignatureLosses compare(const std::string& original, const std::string& copy) {
  return compare_signed(Message::open(original), copy);
}

TEST(LostSignatures, AreNoneWhereOnlyUnsignedFieldsAreAdded) {
  const std::string post = signature("from:to:subject:subject") + kHead + kBody;
  const SignatureLosses losses = compare(post, "List-Id: <cooks.lists.example.org>\r\n" + post);
  EXPECT_FALSE(losses.is_changed);
  EXPECT_THAT(losses.lost, IsEmpty());
}

TEST(LostSignatures, AreThoseWhoseFieldsOrBodyDiffer) {
  const std::string post = signature("from:to:subject") + kHead + kBody;
  std::string other = post;
  other.replace(other.find("soup"), 4, "soap");
  EXPECT_TRUE(compare(post, other).is_changed);
  EXPECT_THAT(compare(post, other).lost, SizeIs(1));
  EXPECT_THAT(compare(post, post + "-- \r\nof cooks\r\n").lost, SizeIs(1));
  EXPECT_FALSE(compare(post, post + "\r\n\r\n").is_changed);
}

TEST(LostSignatures, AreReadInTheFormThatWasSigned) {
  const std::string folded = "From: Ann\r\n  <ann@example.com>\r\nTo: cooks@lists.example.org\r\nSUBJECT:  soup\r\n";
  for (const auto& [forms, is_lost] : {std::pair("relaxed/simple", false), std::pair("simple/simple", true)}) {
    const std::string post = signature("from:to:subject", forms) + kHead + kBody;
    EXPECT_EQ(compare(post, signature("from:to:subject", forms) + folded + kBody).is_changed, is_lost) << forms;
  }
  for (const auto& [forms, is_lost] : {std::pair("simple/relaxed", false), std::pair("relaxed", true)}) {
    const std::string post = signature("from:to:subject", forms) + kHead;
    EXPECT_EQ(compare(post + kBody, post + "\r\nIs  it hot? \r\n").is_changed, is_lost) << forms;
  }
}

// Against the hashes, which are what counts.
TEST(LostSignatures, ComparesBodiesAsTheirHashesDo) {
  const char* kPieces[] = {"", "a", "a b", "a  b", "a b ", " a", " ", "\t", "\n", "\r\n", "\n\n", "a\r", "\r"};
  std::vector<std::string> bodies;
  for (const char* first : kPieces) {
    for (const char* second : kPieces) {
      for (const char* third : {"", "\n", "\r\n", "c\n"}) bodies.push_back(std::string(first) + second + third);
    }
  }
  for (const Canonicalization form : {Canonicalization::simple, Canonicalization::relaxed}) {
    for (const std::string& one : bodies) {
      for (const std::string& other : bodies) {
        ASSERT_EQ(is_same_body(one, other, form), body_hash(one, form) == body_hash(other, form))
            << testing::PrintToString(one) << testing::PrintToString(other) << static_cast<int>(form);
      }
    }
  }
}

TEST(LostSignatures, AreThoseThatSignWhatWasAbsent) {
  const std::string added = "List-Id: <cooks.lists.example.org>\r\nReply-To: cooks@lists.example.org\r\n";
  for (const auto& [fields, is_lost] : {std::pair("from", false), std::pair("from:list-id", true),
                                        std::pair("from:Reply-To", true), std::pair("from:sender", false)}) {
    const std::string post = signature(fields) + kHead + kBody;
    EXPECT_EQ(compare(post, added + post).is_changed, is_lost) << fields;
  }
}

TEST(LostSignatures, LeaveTheOthersAlone) {
  const std::string weak = signature("from:date");
  const std::string post = signature("from:subject") + weak + kHead + kBody;
  std::string copy = post;
  copy.replace(copy.find("soup"), 4, "[cooks] soup");
  const SignatureLosses losses = compare(post, copy);
  EXPECT_THAT(losses.lost, testing::ElementsAre(0));
  const std::string renamed = with_renamed(copy, losses.lost);
  EXPECT_TRUE(renamed.starts_with("X-Majlis-Original-DKIM-Signature: v=1;"));
  EXPECT_NE(renamed.find("\r\n" + weak), std::string::npos);
}

TEST(LostSignatures, TakeThoseAlongThatCoverThem) {
  const std::string post = signature("from:dkim-signature") + signature("from:subject") + kHead + kBody;
  std::string copy = post;
  copy.replace(copy.find("soup"), 4, "[cooks] soup");
  EXPECT_THAT(compare(post, copy).lost, SizeIs(2));
}

TEST(LostSignatures, OfArcAreAllOfItOrNothing) {
  const std::string set = "ARC-Seal: i=1; a=rsa-sha256; cv=none; d=x.example; s=s; b=AAAA\r\n" +
                          signature("from:subject", "relaxed/relaxed", "ARC-Message-Signature") +
                          "ARC-Authentication-Results: i=1; x.example; dkim=pass\r\n";
  const std::string post = set + kHead + kBody;
  EXPECT_THAT(compare(post, "List-Id: <c>\r\n" + post).lost, IsEmpty());
  EXPECT_THAT(compare(post, post + "of cooks\r\n").lost, SizeIs(3));
  const std::string newer = signature("from", "relaxed/relaxed", "ARC-Message-Signature");
  std::string copy = newer + post;
  copy.replace(copy.find("soup"), 4, "soap");
  EXPECT_THAT(compare(newer + post, copy).lost, IsEmpty()) << "only the newest is to hold";
}

TEST(LostSignatures, ThatNobodyReadsAreLostWithWhatAnyWouldCover) {
  const std::string post = "DKIM-Signature: nonsense\r\nDomainKey-Signature: a=rsa-sha1; b=AAAA\r\n" + kHead + kBody;
  EXPECT_THAT(compare(post, "List-Id: <c>\r\n" + post).lost, IsEmpty());
  EXPECT_THAT(compare(post, post + "of cooks\r\n").lost, SizeIs(2));
}

TEST(LostSignatures, AreNotNeededForAPostToBeChanged) {
  const std::string post = kHead + kBody;
  EXPECT_FALSE(compare(post, "List-Id: <c>\r\nSender: cooks-owner@lists.example.org\r\n" + post).is_changed);
  EXPECT_TRUE(compare(post, "Reply-To: cooks@lists.example.org\r\n" + post).is_changed);
  EXPECT_TRUE(compare(post, post + "of cooks\r\n").is_changed);
  EXPECT_FALSE(compare(post, "Subject: soap\r\n" + post).is_changed) << "the lowest is the one that is signed";
}

TEST(LostSignatures, ThatAreTakenAwayAreAChange) {
  const std::string post = signature("from") + kHead + kBody;
  EXPECT_TRUE(compare(post, kHead + kBody).is_changed);
}

TEST(LostSignatures, CostLittleHoweverManyThereAre) {
  std::string post;
  for (int i = 0; i < 400; ++i) post += signature("from:subject:dkim-signature");
  post += kHead + kBody;
  EXPECT_THAT(compare(post, post + "of cooks\r\n").lost, SizeIs(400));
}

}  // namespace
}  // namespace majlis::mail
