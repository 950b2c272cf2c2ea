#include "lists/pending/approvals.h"

#include <gmock/gmock.h>

#include "base/log.h"
#include "lists/effects/moderation_word.h"
#include "lists/pending/settle.h"
#include "lists/posts/held/held_post.h"
#include "tests/support/scripted_scanner.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using namespace std::string_literals;
using test::answering;
using test::ScriptedScanner;
using testing::HasSubstr;
using testing::Not;

constexpr UnixTime kNow = 1'800'000'000;
constexpr UnixTime kDay = 24 * 3600;
constexpr const char* kMadeWhileOthersWait = "made=under_lock";

class ApprovalsMade : public ScratchList {
 protected:
  ApprovalsMade() {
    make_list("cooks", "");
    make_list("bakers", "");
    EXPECT_TRUE(auth::start_crypto().ok());
    open_log("lists_tests", root_ + "/log");
  }
  ~ApprovalsMade() override { open_log("lists_tests"); }

  store::PendingItem keep(const std::string& id, const std::string& name = "cooks") const {
    const std::string folder = list(name).directory() + "/held";
    EXPECT_TRUE(make_directories(folder, 0700).ok());
    EXPECT_TRUE(replace_file(folder + "/" + id + ".eml", "From: ann@example.org\nSubject: soup\n\nHot.\n", 0600).ok());
    store::PendingItem item;
    item.list = list(name).address();
    item.id = id;
    item.kind = kPendingPost;
    item.expires = kNow + kDay;
    item.details = details_of({});
    auto state = writer();
    EXPECT_TRUE(state->put_pending(item).ok());
    EXPECT_TRUE(state->commit().ok());
    return item;
  }
  std::string log_written() const {
    Result<std::string> text = read_file(root_ + "/log", 1'000'000);
    return text ? *text : "";
  }
  Status approve(const std::string& id, std::optional<Copies> copies) const {
    Work work = Work::begin(*site_, std::string(16, 'x'), kNow).value();
    Status done = settle_pending(work, list("cooks"), id, {Settlement::approve}, std::move(copies));
    return done ? work.finish("accept") : done;
  }
};

// Somebody else holds the site's lock meanwhile: a word sent to a list says where to look.
TEST_F(ApprovalsMade, NeedNoLockWhereTheListIsKnown) {
  const std::string word = moderation_word(*site_, keep("f123456789"));
  const auto held = writer();
  Approvals approvals = Approvals::by_words(*site_, list("cooks").name(), {word}, kNow).value();
  EXPECT_TRUE(approvals.take(list("cooks"), "f123456789"));
}

TEST_F(ApprovalsMade, FindTheListOfAWordSentToTheSite) {
  const std::string word = moderation_word(*site_, keep("f123456789"));
  keep("f123456789", "bakers");
  Approvals approvals = Approvals::by_words(*site_, std::nullopt, {word, "f123456789.wrong", ""}, kNow).value();
  EXPECT_FALSE(approvals.take(list("bakers"), "f123456789"));
  EXPECT_TRUE(approvals.take(list("cooks"), "f123456789"));
  EXPECT_FALSE(approvals.take(list("cooks"), "f123456789")) << "taken before";
  EXPECT_THAT(log_written(), Not(HasSubstr(kMadeWhileOthersWait)));
}

TEST_F(ApprovalsMade, AreThoseOfRightWordsOnly) {
  store::PendingItem item = keep("f123456789");
  item.id = "a123456789";
  const std::string of_another = moderation_word(*site_, item);
  const std::string wrong = "f123456789" + of_another.substr(of_another.find('.'));
  Approvals approvals = Approvals::by_words(*site_, list("cooks").name(), {wrong, of_another}, kNow).value();
  EXPECT_FALSE(approvals.take(list("cooks"), "f123456789"));
}

TEST_F(ApprovalsMade, AreSoManyAndNoMore) {
  std::vector<std::string> words(kMaxApprovals - 1, "wrong");
  words.push_back(moderation_word(*site_, keep("f123456789")));
  words.push_back(moderation_word(*site_, keep("f223456789")));
  Approvals approvals = Approvals::by_words(*site_, list("cooks").name(), words, kNow).value();
  EXPECT_TRUE(approvals.take(list("cooks"), "f123456789"));
  EXPECT_FALSE(approvals.take(list("cooks"), "f223456789"));
}

// The held message is gone: what goes out was made before.
TEST_F(ApprovalsMade, AreWhatGoesOut) {
  keep("f123456789");
  Approvals approvals = Approvals::of_item(*site_, "", "f123456789", kNow).value();
  std::filesystem::remove(list("cooks").directory() + "/held/f123456789.eml");
  ASSERT_TRUE(approve("f123456789", approvals.take(list("cooks"), "f123456789")).ok());
  ASSERT_EQ(jobs().size(), 1U);
  EXPECT_THAT(jobs().front(), HasSubstr("Hot."));
  EXPECT_THAT(log_written(), Not(HasSubstr(kMadeWhileOthersWait)));
}

// It began to wait behind the look.
TEST_F(ApprovalsMade, AreMadeUnderTheLockWhereThereWasNothingToMakeYet) {
  Approvals approvals = Approvals::of_item(*site_, "", "f123456789", kNow).value();
  keep("f123456789");
  ASSERT_TRUE(approve("f123456789", approvals.take(list("cooks"), "f123456789")).ok());
  EXPECT_EQ(jobs().size(), 1U);
  EXPECT_THAT(log_written(), HasSubstr(kMadeWhileOthersWait));
}

TEST_F(ApprovalsMade, AreOfWhatTheScannerCallsClean) {
  keep("f123456789");
  const ScriptedScanner scanner(answering("stream: OK\0"s));
  configure_site([&](SiteConfig& config) { config.scanner = scanner.address(); });
  Approvals approvals = Approvals::of_item(*site_, "", "f123456789", kNow).value();
  EXPECT_FALSE(approvals.obstacle(list("cooks"), "f123456789"));
  ASSERT_TRUE(approve("f123456789", approvals.take(list("cooks"), "f123456789")).ok());
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(ApprovalsMade, AreNoneOfWhatTheScannerFindsSomethingIn) {
  keep("f123456789");
  const ScriptedScanner scanner(answering("stream: Eicar FOUND\0"s));
  configure_site([&](SiteConfig& config) { config.scanner = scanner.address(); });
  Approvals approvals = Approvals::of_item(*site_, "", "f123456789", kNow).value();
  EXPECT_EQ(approvals.obstacle(list("cooks"), "f123456789"), (Reason{ReasonId::infected, {{"name", "Eicar"}}}));
  const Status approved = approve("f123456789", approvals.take(list("cooks"), "f123456789"));
  ASSERT_FALSE(approved.ok());
  EXPECT_EQ(approved.error().kind, ErrorKind::again);
  EXPECT_TRUE(jobs().empty());
}

// It began to wait behind the look, and nobody waits under the lock for a scanner.
TEST_F(ApprovalsMade, AreNotMadeUnderTheLockWhereTheyWouldHaveToBeScanned) {
  const ScriptedScanner scanner(answering("stream: OK\0"s));
  configure_site([&](SiteConfig& config) { config.scanner = scanner.address(); });
  Approvals approvals = Approvals::of_item(*site_, "", "f123456789", kNow).value();
  keep("f123456789");
  EXPECT_FALSE(approve("f123456789", approvals.take(list("cooks"), "f123456789")).ok());
  EXPECT_TRUE(scanner.scanned().empty());
  EXPECT_TRUE(jobs().empty());
}

TEST_F(ApprovalsMade, SayOfWhatIsBeyondTheCeilingThatItWasNotScanned) {
  const ScriptedScanner scanner(answering("stream: OK\0"s));
  configure_site([&](SiteConfig& config) { config.scanner = scanner.address(); });
  // A word for all about the first 50, then words for the last ones.
  std::vector<std::string> words = {moderation_word_for_all(*site_, list("cooks"), kNow, kNow + kDay)};
  for (std::size_t i = 0; i < kMaxApprovals + 2; ++i) {
    words.insert(words.begin() + 1, moderation_word(*site_, keep("f1234567" + std::to_string(10 + i))));
  }
  Approvals approvals = Approvals::by_words(*site_, list("cooks").name(), words, kNow).value();
  for (std::size_t i = 0; i < kMaxApprovals + 2; ++i) {
    const std::string id = "f1234567" + std::to_string(10 + i);
    const bool is_made = i < kMaxApprovals;
    EXPECT_EQ(approvals.take(list("cooks"), id).has_value(), is_made) << id;
    EXPECT_EQ(approvals.obstacle(list("cooks"), id).has_value(), !is_made) << id;
  }
  EXPECT_FALSE(approvals.obstacle(list("cooks"), "f000000000")) << "no post";
}

TEST_F(ApprovalsMade, SendNothingWhereTheItemHadItsAnswerMeanwhile) {
  keep("f123456789");
  Approvals approvals = Approvals::of_item(*site_, "", "f123456789", kNow).value();
  auto state = writer();
  ASSERT_TRUE(state->remove_pending(kCooks, "f123456789").ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  const Status approved = approve("f123456789", approvals.take(list("cooks"), "f123456789"));
  ASSERT_FALSE(approved.ok());
  EXPECT_EQ(approved.error().kind, ErrorKind::refused);
  EXPECT_TRUE(jobs().empty());
}

}  // namespace
}  // namespace majlis::lists
