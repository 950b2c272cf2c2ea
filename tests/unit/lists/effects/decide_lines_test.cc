#include "lists/effects/decide_lines.h"

#include <gtest/gtest.h>

#include <array>

#include "auth/secret_file.h"
#include "lists/effects/moderation_word.h"
#include "lists/effects/pending.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using tongues::Shown;
using tongues::Verb;
using tongues::VerbRow;

constexpr UnixTime kNow = 1'800'000'000;

constexpr std::array kVerbs = {
    VerbRow{Verb::accept, "take", 1, Shown::nothing},
    VerbRow{Verb::reject, "refuse", 1, Shown::reason},
    VerbRow{Verb::discard, "drop", 1, Shown::nothing},
};
constexpr tongues::Dialect kWords{
    .name = "short",
    .title = "Short",
    .owner = "owner-short",
    .help = "help",
    .verbs = kVerbs,
    .min_abbreviation = 9,
    .confirm_line = "yes ${token}",
    .confirm_folded = "",
    .decide_lines = "take ${token}\nrefuse (${reason}) ${token}\ndrop ${token}",
    .approve_lines = "take PASSWORD ${target} ${address}",
};

class DecideLines : public ScratchList {
 protected:
  DecideLines() { EXPECT_TRUE(auth::start_crypto().ok()); }

  static store::PendingItem item() {
    store::PendingItem post;
    post.list = kCooks;
    post.id = "f123456789";
    post.kind = kPendingPost;
    post.expires = kNow + 1000;
    return post;
  }
  TextValues values(const std::string& config, const tongues::Dialect& dialect) const {
    make_list("cooks", config);
    const Work work = Work::begin(*site_, std::string(16, 'x'), kNow).value();
    return decide_values(work, list("cooks"), item(), dialect, "part_author_reason");
  }
};

TEST_F(DecideLines, AreSpelledByTheTongueWithTheReasonInTheListsLanguage) {
  const std::string word = moderation_word(*site_, item());
  const TextValues english = values("", kWords);
  EXPECT_EQ(english.at("decide_lines"), "take " + word + "\nrefuse (your reason) " + word + "\ndrop " + word);
  EXPECT_EQ(english.at("token"), word);
  EXPECT_EQ(english.at("accept") + english.at("reject") + english.at("discard"), "takerefusedrop");
  const TextValues french = values("language = fr\n", kWords);
  EXPECT_EQ(french.at("decide_lines"), "take " + word + "\nrefuse (votre raison) " + word + "\ndrop " + word);
}

TEST_F(DecideLines, OfAListAreThoseOfItsDialect) {
  make_list("cooks", "");
  const std::string word = moderation_word(*site_, item());
  EXPECT_EQ(values("", dialect_of(list("cooks"))).at("decide_lines"),
            "accept " + word + "\nreject " + word + " your reason\ndiscard " + word);
}

}  // namespace
}  // namespace majlis::lists
