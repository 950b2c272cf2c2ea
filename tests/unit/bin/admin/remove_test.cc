#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Remove : public AdminSite {
 protected:
  Remove() { make_list("cooks", ""); }
  std::string folder() const { return site_->list_directory(*lists::ListName::parse("cooks", lists::kDomain)); }
  std::string kept() const {
    const std::vector<std::string> names = list_directory(site_->directory() + "/removed").value();
    return names.empty() ? "" : site_->directory() + "/removed/" + names.front();
  }
};

TEST_F(Remove, KeepsSettingsAndTheMembersAddresses) {
  majlis({"members", "cooks", "add", "ann@example.org", "bob@example.org"});
  const Ran ran = majlis({"remove", "cooks"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, StartsWith("removed; archive, settings and members are kept in " + kept()));
  EXPECT_FALSE(path_exists(folder()));
  EXPECT_EQ(read_file(kept() + "/members", 1000).value(), "ann@example.org\nbob@example.org\n");
  EXPECT_TRUE(path_exists(kept() + "/config"));
}

TEST_F(Remove, ANewListOfTheNameHasNoMembersAndNoHeldPosts) {
  majlis({"members", "cooks", "add", "ann@example.org"});
  add_held("aaaa", "soup");
  EXPECT_EQ(majlis({"remove", "cooks"}).status, 0);
  make_list("cooks", "");
  EXPECT_EQ(majlis({"members", "cooks", "list"}).out, "");
  EXPECT_EQ(majlis({"held", "cooks", "list"}).out, "");
}

TEST_F(Remove, WithPurgeNothingIsKept) {
  EXPECT_EQ(majlis({"remove", "cooks", "--purge"}).out, "removed for good\n");
  EXPECT_EQ(kept(), "");
}

TEST_F(Remove, IsRefusedWhileMailForItsMembersWaits) {
  const std::string id = add_job('a');
  const Ran ran = majlis({"remove", "cooks"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("1 job waits to be delivered to its members"));
  EXPECT_THAT(ran.err, HasSubstr("nothing was removed; --force"));
  EXPECT_TRUE(path_exists(folder()));
  EXPECT_THAT(majlis({"remove", "cooks", "--force"}).out, HasSubstr(id + ": cancelled; kept in spool/bad/"));
  EXPECT_FALSE(path_exists(folder()));
}

TEST_F(Remove, IsRefusedWhilePostsWaitForItsDigest) {
  auto state = writer();
  store::PendingDigest pending;
  pending.end = 10;
  pending.posts = 2;
  ASSERT_TRUE(state->set_pending_digest(lists::kCooks, pending).ok());
  ASSERT_TRUE(state->commit().ok());
  state.reset();
  EXPECT_THAT(majlis({"remove", "cooks"}).err,
              HasSubstr("2 posts wait for its digest: send it with 'mkdigest' to cooks-request@lists.example.org"));
}

TEST_F(Remove, IsRefusedWhileAnotherListMakesDigestsOfIt) {
  make_list("cooks-digest", "digest_of = cooks\n");
  EXPECT_THAT(majlis({"remove", "cooks"}).err, HasSubstr("'majlis remove cooks-digest@lists.example.org' first"));
  EXPECT_EQ(majlis({"remove", "cooks-digest"}).status, 0);
  EXPECT_EQ(majlis({"remove", "cooks"}).status, 0);
}

}  // namespace
}  // namespace majlis::bin::admin
