// What a moderator's word at the site's own address finds, whatever else waits there.
#include <gmock/gmock.h>

#include <cctype>

#include "base/log.h"
#include "commands/session.h"
#include "lists/effects/moderation_word.h"
#include "lists/effects/pending.h"
#include "lists/posts/held/held_post.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::commands {
namespace {

using lists::kCooks;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kDay = 24 * 3600;

store::PendingItem held(const std::string& list, const std::string& id) {
  lists::HeldPost post;
  post.message_id = "<" + id + "@x>";
  store::PendingItem item;
  item.list = list;
  item.id = id;
  item.kind = lists::kPendingPost;
  item.asked = kNow;
  item.expires = kNow + kDay;
  item.details = lists::details_of(post);
  return item;
}

class Moderate : public lists::ScratchList {
 protected:
  Moderate() {
    make_list("bakers", "");
    make_list("cooks", "");
    EXPECT_TRUE(auth::start_crypto().ok());
    open_log("commands_tests", root_ + "/log");
  }
  ~Moderate() override { open_log("commands_tests"); }

  void keep(const std::vector<store::PendingItem>& posts) const {
    auto state = writer();
    for (const store::PendingItem& post : posts) ASSERT_TRUE(state->put_pending(post).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  void keep_message(const std::string& id) const {
    const std::string folder = list("cooks").directory() + "/held";
    ASSERT_TRUE(make_directories(folder, 0700).ok());
    ASSERT_TRUE(replace_file(folder + "/" + id + ".eml", "From: ann@example.org\nSubject: soup\n\nHot.\n", 0600).ok());
  }
  void mail(const std::string& commands, const std::string& to = "majordomo@lists.example.org") const {
    const auto recipient = mail::Address::parse(to).value();
    const lists::Arrival arrival{
        mail::Message::open("From: mona@example.org\nTo: " + to + "\nMessage-ID: <m@x>\n\n" + commands), recipient,
        mail::Address::parse("mona@example.org"), kNow};
    EXPECT_TRUE(run_commands(*site_, lists::find_destination(*site_, recipient).value(), arrival).ok());
  }
  std::string discard(const store::PendingItem& post) const {
    mail("discard " + lists::moderation_word(*site_, post) + "\n");
    return jobs().empty() ? "" : jobs().back();
  }
  // The first job that went to `address`.
  std::string letter_to(const std::string& address) const {
    for (const std::string& job : jobs()) {
      if (job.find("\nTo: " + address + "\r\n") != std::string::npos) return job;
    }
    return "";
  }
  bool waits(const store::PendingItem& post) const {
    return reader()->find_pending(post.list, post.id).value().has_value();
  }
};

TEST_F(Moderate, FindsAPostBehindAThousandOthers) {
  std::vector<store::PendingItem> posts;
  for (int i = 0; i < 1001; ++i)
    posts.push_back(held("bakers@lists.example.org", "a" + std::to_string(100'000'000 + i)));
  const store::PendingItem last = held(kCooks, "f123456789");
  posts.push_back(last);
  keep(posts);
  EXPECT_NE(discard(last).find("Succeeded."), std::string::npos);
  EXPECT_FALSE(waits(last));
}

TEST_F(Moderate, TellsPostsOfOneIdApartByTheirWords) {
  const store::PendingItem one = held("bakers@lists.example.org", "f123456789");
  const store::PendingItem other = held(kCooks, "f123456789");
  keep({one, other});
  discard(other);
  EXPECT_TRUE(waits(one));
  EXPECT_FALSE(waits(other));
}

// What goes out is made while nobody waits, wherever the words were sent; what is made under the lock is logged.
TEST_F(Moderate, PostsAreCopiedBeforeTheStoreIsOpened) {
  for (const char* to : {"majordomo@lists.example.org", "cooks-request@lists.example.org"}) {
    std::string commands;
    const std::vector<store::PendingItem> posts = {held(kCooks, "f123456789"), held(kCooks, "e123456789")};
    keep(posts);
    for (const store::PendingItem& post : posts) {
      keep_message(post.id);
      commands += "accept " + lists::moderation_word(*site_, post) + "\n";
    }
    const std::size_t before = jobs().size();
    mail(commands, to);
    for (const store::PendingItem& post : posts) EXPECT_FALSE(waits(post)) << to;
    EXPECT_EQ(jobs().size(), before + 3) << to;  // and the answer
  }
  const std::string log = read_file(root_ + "/log", 1'000'000).value();
  EXPECT_THAT(log, HasSubstr("verdict=accept"));
  EXPECT_THAT(log, Not(HasSubstr("made=under_lock")));
}

TEST_F(Moderate, TellsTheAuthorTheReasonThatStandsBehindOrBelow) {
  store::PendingItem post = held(kCooks, "f123456789");
  post.address = "ann@example.org";
  for (const char* written : {" far too hot\n", "\nfar too hot\n"}) {
    keep({post});
    mail("reject " + lists::moderation_word(*site_, post) + written);
    EXPECT_FALSE(waits(post));
    EXPECT_NE(letter_to("ann@example.org").find("far too hot"), std::string::npos) << written;
    std::filesystem::remove_all(site_->directory() + "/spool/new");
    ASSERT_TRUE(make_directory(site_->directory() + "/spool/new", 0700).ok());
  }
}

TEST_F(Moderate, TheAnswerGoesOnWithTheThreadOfTheNotice) {
  const store::PendingItem one = held(kCooks, "f123456789");
  const store::PendingItem other = held(kCooks, "e123456789");
  keep({one, other});
  const std::string notice = lists::notice_message_id(list("cooks"), one.id);
  EXPECT_THAT(discard(one), HasSubstr("\r\nIn-Reply-To: <m@x>\r\nReferences: " + notice + " <m@x>\r\n"));
  // Who comes too late hears so there, too; an answer about several is in no thread but its own.
  mail("discard " + lists::moderation_word(*site_, one) + "\n", "cooks-request@lists.example.org");
  EXPECT_THAT(jobs(), ElementsAre(HasSubstr(notice), HasSubstr(notice)));
  mail("discard " + lists::moderation_word(*site_, one) + "\ndiscard " + lists::moderation_word(*site_, other) + "\n",
       "cooks-request@lists.example.org");
  EXPECT_THAT(jobs(), Contains(HasSubstr("\r\nReferences: <m@x>\r\n")));
}

TEST_F(Moderate, WhoDiscardsTellsNobody) {
  store::PendingItem post = held(kCooks, "f123456789");
  post.address = "ann@example.org";
  keep({post});
  discard(post);
  EXPECT_FALSE(waits(post));
  EXPECT_EQ(letter_to("ann@example.org"), "");
}

TEST_F(Moderate, WhoAcceptsSendsThePostToTheMembers) {
  const store::PendingItem post = held(kCooks, "f123456789");
  keep({post});
  keep_message(post.id);
  mail("accept " + lists::moderation_word(*site_, post) + "\n");
  EXPECT_FALSE(waits(post));
  bool is_sent = false;
  for (const std::string& job : jobs()) is_sent = is_sent || job.find("\nHot.\n") != std::string::npos;
  EXPECT_TRUE(is_sent);
}

// One message decides about so many; the rest of what the reminder lists waits for another one.
TEST_F(Moderate, AWordForAllDecidesAboutTheOldestOfWhatItsLetterLists) {
  std::vector<store::PendingItem> posts;
  for (int i = 0; i < 55; ++i) {
    posts.push_back(held(kCooks, "f1234567" + std::to_string(10 + i)));
    posts.back().asked = kNow - 100 + i;
  }
  posts.push_back(held(kCooks, "f000000001"));  // behind the letter
  keep(posts);
  const std::string word = lists::moderation_word_for_all(*site_, list("cooks"), kNow, kNow + kDay);
  mail("discard " + word + "\n", "cooks-request@lists.example.org");
  EXPECT_TRUE(waits(posts.front())) << "without a star";
  mail("discard * " + word + "\n", "cooks-request@lists.example.org");
  EXPECT_FALSE(waits(posts[49]));
  EXPECT_TRUE(waits(posts[50]));
  EXPECT_THAT(letter_to("mona@example.org"), HasSubstr("discard *"));
  EXPECT_THAT(jobs(), Contains(HasSubstr("5 more of those in that letter wait still")));
  mail("discard * " + word + "\n\n", "cooks-request@lists.example.org");
  EXPECT_FALSE(waits(posts[54]));
  EXPECT_TRUE(waits(posts[55]));
}

TEST_F(Moderate, AWordForAllOfAnotherListDecidesNothing) {
  const store::PendingItem post = held(kCooks, "f123456789");
  keep({post});
  const std::string word = lists::moderation_word_for_all(*site_, list("bakers"), kNow + 1, kNow + kDay);
  mail("discard * " + word + "\n", "cooks-request@lists.example.org");
  EXPECT_TRUE(waits(post));
}

// Mail programs and people change the letters' case.
TEST_F(Moderate, FindsAPostByAWordInCapitals) {
  const store::PendingItem post = held(kCooks, "f123456789");
  keep({post});
  std::string word = lists::moderation_word(*site_, post);
  for (char& c : word) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  mail("discard " + word + "\n");
  EXPECT_FALSE(waits(post));
}

TEST_F(Moderate, AListThatIsGoneHidesNoOther) {
  const store::PendingItem gone = held("bakers@lists.example.org", "f123456789");
  const store::PendingItem post = held(kCooks, "f123456789");
  keep({gone, post});
  std::filesystem::remove_all(list("bakers").directory());
  discard(post);
  EXPECT_FALSE(waits(post));
}

}  // namespace
}  // namespace majlis::commands
