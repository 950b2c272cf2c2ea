#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bin/admin/check/check.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::bin::admin {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class CheckTexts : public lists::ScratchList {
 protected:
  void put(const std::string& name, const std::string& text) const {
    ASSERT_TRUE(make_directories(site_->directory() + "/texts/fr", 0700).ok());
    ASSERT_TRUE(replace_file(path(name), text, 0600).ok());
  }
  std::string path(const std::string& name) const { return site_->directory() + "/texts/fr/" + name; }
  Findings found() const {
    Findings findings;
    check_texts(*site_, findings);
    return findings;
  }
  // The one thing that is wanting, told with its file.
  Finding wanting_in(const std::string& name) const {
    const Findings findings = found();
    EXPECT_THAT(findings, SizeIs(1));
    if (findings.empty()) return {};
    EXPECT_FALSE(findings[0].is_ok);
    EXPECT_EQ(findings[0].name, "texts");
    EXPECT_THAT(findings[0].what, HasSubstr(path(name)));
    EXPECT_NE(findings[0].mend, "");
    return findings[0];
  }
};

TEST_F(CheckTexts, AcceptsTheBuiltInOnesAndGoodOnes) {
  ASSERT_THAT(found(), SizeIs(1));
  EXPECT_TRUE(found()[0].is_ok);
  put("welcome.txt", "Subject: ${list}\n\n${address}\n");
  put("replies.txt", "# ours\nwho_head = ${list} :\nwho_count.one = ${count} seul\n");
  ASSERT_THAT(found(), SizeIs(1));
  EXPECT_TRUE(found()[0].is_ok);
  EXPECT_THAT(found()[0].what, HasSubstr("2 of the site's own"));
}

TEST_F(CheckTexts, TellsAWordThatNothingIsPutInFor) {
  put("welcome.txt", "Subject: ${liste}\n\n");
  EXPECT_THAT(wanting_in("welcome.txt").what, HasSubstr("nothing is put in for ${liste}"));
}

TEST_F(CheckTexts, RefusesAChallengeWithoutItsToken) {
  put("challenge_unsubscribe.txt", "Subject: ${list}\n\nVous partez ?\n");
  const Finding finding = wanting_in("challenge_unsubscribe.txt");
  EXPECT_THAT(finding.what, HasSubstr("${token}"));
  EXPECT_THAT(finding.mend, HasSubstr("mend " + path("challenge_unsubscribe.txt")));
}

TEST_F(CheckTexts, RefusesANoticeWithoutADecision) {
  put("held_moderator.txt", "Subject: ${list}\n\nUn message de ${author} attend.\n");
  EXPECT_THAT(wanting_in("held_moderator.txt").what, HasSubstr("${decide_lines} or ${token}"));
}

TEST_F(CheckTexts, TellsAFileThatNothingReads) {
  put("wellcome.txt", "Subject: x\n");
  EXPECT_THAT(wanting_in("wellcome.txt").what, HasSubstr("no text of that name"));
}

TEST_F(CheckTexts, TellsASentenceByItsLine) {
  put("replies.txt", "who_head = ${list} :\n\nwho_hed = ${list} :\n");
  EXPECT_THAT(wanting_in("replies.txt").what, HasSubstr("line 3: there is no sentence 'who_hed'"));
  put("replies.txt", "who_head = ${liste} :\n");
  EXPECT_THAT(wanting_in("replies.txt").what, HasSubstr("line 1: nothing is put in for ${liste}"));
}

TEST_F(CheckTexts, TellsALineThatIsNoSentence) {
  put("replies.txt", "# ours\nwho_head=${list} :\n");
  EXPECT_THAT(wanting_in("replies.txt").what, HasSubstr("line 2: it is no sentence"));
}

TEST_F(CheckTexts, TellsASentenceThatStandsTwice) {
  put("replies.txt", "who_head = ${list} :\nwho_head = ${list} !\n");
  EXPECT_THAT(wanting_in("replies.txt").what, HasSubstr("line 2: the sentence 'who_head' stands above as well"));
}

TEST_F(CheckTexts, TellsALanguageThatNoListWrites) {
  ASSERT_TRUE(make_directories(site_->directory() + "/texts/de", 0700).ok());
  ASSERT_THAT(found(), SizeIs(1));
  EXPECT_THAT(found()[0].what, HasSubstr("/texts/de is read by nothing"));
}

TEST_F(CheckTexts, PointsFromAFormerNameToTheNewOne) {
  put("part_reasons.txt", "moderated: x\n");
  EXPECT_THAT(wanting_in("part_reasons.txt").mend, HasSubstr("reasons.txt as ID = SENTENCE"));
}

TEST_F(CheckTexts, TellsAReasonByItsLine) {
  put("reasons.txt", "moderated = Un instant\nstranger = ${whom}\n");
  EXPECT_THAT(wanting_in("reasons.txt").what, HasSubstr("line 2: nothing is put in for ${whom}"));
  put("reasons.txt", "moderated = \n");
  EXPECT_THAT(wanting_in("reasons.txt").what, HasSubstr("line 1: the sentence 'moderated' is empty"));
  put("reasons.txt", "who_head = ${list} :\n");
  EXPECT_THAT(wanting_in("reasons.txt").what, HasSubstr("line 1: there is no sentence 'who_head'"));
}

TEST_F(CheckTexts, TellsATextThatIsTooLong) {
  put("welcome.txt", "Subject: x\n\n" + std::string(65 * 1024, 'x'));
  EXPECT_THAT(wanting_in("welcome.txt").what, HasSubstr("welcome.txt"));
}

TEST_F(CheckTexts, LooksIntoEveryLanguage) {
  const std::string english = site_->directory() + "/texts/en";
  ASSERT_TRUE(make_directories(english, 0700).ok());
  ASSERT_TRUE(replace_file(english + "/wellcome.txt", "x", 0600).ok());
  ASSERT_THAT(found(), SizeIs(1));
  EXPECT_THAT(found()[0].what, HasSubstr(english + "/wellcome.txt is read by nothing"));
}

TEST_F(CheckTexts, EndsAtAThousandFiles) {
  for (int i = 0; i < 1001; ++i) put("x" + std::to_string(i) + ".txt", "x");
  EXPECT_THAT(found(), SizeIs(1000));
}

}  // namespace
}  // namespace majlis::bin::admin
