#include "bin/admin/call/input.h"

#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

class Input : public AdminSite {
 protected:
  std::string file(const std::string& text) const {
    EXPECT_TRUE(replace_file(root_ + "/text", text, 0600).ok());
    return root_ + "/text";
  }
  void type(const std::string& text) const { ASSERT_NE(std::freopen(file(text).c_str(), "r", stdin), nullptr); }
};

TEST_F(Input, IsAFileOrStandardInput) {
  EXPECT_EQ(read_input(file("a\nb"), 100).value(), "a\nb");
  type("typed");
  EXPECT_EQ(read_input("-", 100).value(), "typed");
}

TEST_F(Input, FollowsALinkThatThePersonNamed) {
  ASSERT_EQ(symlink(file("linked").c_str(), (root_ + "/link").c_str()), 0);
  EXPECT_EQ(read_input(root_ + "/link", 100).value(), "linked");
}

TEST_F(Input, MoreThanItMayBeIsRefused) {
  EXPECT_TRUE(read_input(file("12345"), 5).ok());
  EXPECT_EQ(read_input(file("123456"), 5).error().kind, ErrorKind::refused);
}

TEST_F(Input, AFileThatIsNotThereIsMissing) {
  EXPECT_EQ(read_input(root_ + "/none", 5).error().kind, ErrorKind::missing);
}

TEST_F(Input, OfALineOnlyTheFirstCountsWithoutItsEnd) {
  type("secret\r\nsecond\n");
  EXPECT_EQ(read_line_from_stdin(100).value(), "secret");
  type("no end");
  EXPECT_EQ(read_line_from_stdin(100).value(), "no end");
  type("");
  EXPECT_EQ(read_line_from_stdin(100).value(), "");
}

}  // namespace
}  // namespace majlis::bin::admin
