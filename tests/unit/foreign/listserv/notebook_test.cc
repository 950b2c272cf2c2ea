#include "foreign/listserv/notebook.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "base/file.h"

namespace majlis::foreign {
namespace {

TEST(Notebook, GoesOnBehindAPostThatIsTooLarge) {
  const std::string rule(73, '=');
  const std::string path = testing::TempDir() + "notebook_test";
  const std::string line(kMaxPostOctets + 1024, 'x');
  ASSERT_TRUE(replace_file(
      path, rule + "\nSubject: a\n\nOne\n" + rule + "\nSubject: b\n\n" + line + "\n" + rule + "\nSubject: c\n\nThree\n",
      0600));
  auto reader = open_notebook(path);
  ASSERT_TRUE(reader);
  std::vector<OldPost> posts;
  for (auto post = (*reader)->next(); post && *post; post = (*reader)->next()) posts.push_back(**post);
  std::filesystem::remove(path);
  ASSERT_EQ(posts.size(), 3U);
  EXPECT_EQ(posts[0].message, "Subject: a\n\nOne\n");
  EXPECT_TRUE(posts[1].is_too_large);
  EXPECT_EQ(posts[2].message, "Subject: c\n\nThree\n");
}

}  // namespace
}  // namespace majlis::foreign
