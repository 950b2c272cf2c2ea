#include "lists/posts/distribution/post_topics.h"

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

class PostTopics : public ScratchList {
 protected:
  PostTopics() { make_list("cooks", "topics << END\nMenus\nNews /\\bmarket\\b/i\nTools\nEND\n"); }
  std::string of(const std::string& subject, const std::string& more = "") const {
    return topics_of_post(list("cooks"), mail::Message::open("Subject: " + subject + "\n" + more + "\nx\n"));
  }
};

TEST_F(PostTopics, StandInFrontOfTheColon) {
  EXPECT_EQ(of("Menus: soup"), "menus");
  EXPECT_EQ(of("Re: menu , TOOLS : soup"), "menus,tools");
  EXPECT_EQ(of("AW: Re[2]: Fwd: Tools: knives"), "tools");
  EXPECT_EQ(of("[cooks] Re: Tools: knives"), "tools");
  EXPECT_EQ(of("fish, tools: knives"), "tools");
  EXPECT_EQ(of("All, menus: closed"), "all");
  EXPECT_EQ(of("A question: menus: which?"), "other");
  EXPECT_EQ(of("Menus for tomorrow"), "other");
  EXPECT_EQ(of("[never closed menus: x"), "other");
  EXPECT_EQ(of(""), "other");
}

TEST_F(PostTopics, AreTagsInTheSubject) {
  EXPECT_EQ(of("Dinner #menus, and #NEWS!"), "menus,news");
  EXPECT_EQ(of("Dinner #men # #other"), "other");
}

TEST_F(PostTopics, MatchThePatternInSubjectOrKeywords) {
  EXPECT_EQ(of("What the Market has"), "news");
  EXPECT_EQ(of("=?utf-8?q?What_the_m=61rket_has?="), "news");
  EXPECT_EQ(of("Soup", "Keywords: market\n"), "news");
  EXPECT_EQ(of("Supermarkets"), "other");
}

TEST_F(PostTopics, AreNoneOnAListWithout) {
  make_list("bakers", "");
  EXPECT_EQ(topics_of_post(list("bakers"), mail::Message::open("Subject: Menus: soup\n\nx\n")), "");
}

}  // namespace
}  // namespace majlis::lists
