// What a moderator's word at the site's own address finds, whatever else waits there.
#include "commands/session.h"
#include "lists/effects/moderation_word.h"
#include "lists/effects/pending.h"
#include "lists/posts/held/held_post.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::commands {
namespace {

using lists::kCooks;

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
  }

  void keep(const std::vector<store::PendingItem>& posts) const {
    auto state = writer();
    for (const store::PendingItem& post : posts) ASSERT_TRUE(state->put_pending(post).ok());
    ASSERT_TRUE(state->commit().ok());
  }
  std::string discard(const store::PendingItem& post) const {
    const std::string word = lists::moderation_word(*site_, post);
    const lists::Arrival arrival{mail::Message::open("From: mona@example.org\nTo: majordomo@lists.example.org\n"
                                                     "Message-ID: <m@x>\n\ndiscard " +
                                                     word + "\n"),
                                 *mail::Address::parse("majordomo@lists.example.org"),
                                 mail::Address::parse("mona@example.org"), kNow};
    EXPECT_TRUE(run_commands(*site_, {lists::Role::majordomo, std::nullopt, ""}, arrival).ok());
    return jobs().empty() ? "" : jobs().back();
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

}  // namespace
}  // namespace majlis::commands
