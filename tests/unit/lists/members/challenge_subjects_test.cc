#include "lists/members/challenge_subjects.h"

#include <gmock/gmock.h>

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using ::testing::Contains;
using ::testing::Not;

class ChallengeSubjects : public ScratchList {
 protected:
  std::vector<std::string> subjects(const ChallengedAction& action, const std::string& config = "") const {
    make_list("cooks", config);
    return challenge_subjects(*site_, list("cooks"), action, *mail::Address::parse("ann@example.org"), "abc");
  }
};

TEST_F(ChallengeSubjects, AreThoseOfTheLettersThatAskForTheAction) {
  EXPECT_THAT(subjects({"subscribe", ""}), Contains("Confirmation for subscribe cooks"));
  EXPECT_THAT(subjects({"subscribe", ""}), Contains("Confirmation for subscribe cooks [abc]"));
  EXPECT_THAT(subjects({"subscribe", ""}), Not(Contains("Confirmation for unsubscribe cooks")));
  EXPECT_THAT(subjects({"set", "nomail"}), Contains("Confirmation for set cooks nomail"));
  EXPECT_THAT(subjects({"set", "mail"}), Contains("cooks: delivery to you is suspended"));
  EXPECT_THAT(subjects({"confirm", ""}), Contains("cooks: do you want to stay?"));
}

TEST_F(ChallengeSubjects, AreInTheLanguageOfTheList) {
  EXPECT_THAT(subjects({"subscribe", ""}, "language = fr\n"), Contains("Confirmation: subscribe cooks"));
}

}  // namespace
}  // namespace majlis::lists
