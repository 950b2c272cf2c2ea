#include "lists/upkeep/checksums.h"

#include <gmock/gmock.h>

namespace majlis::lists {
namespace {

const std::string kSum(64, 'a');

TEST(Checksums, AreReadBackAsTheyWereWrittenWhateverThePaths) {
  const std::vector<Checksum> sums = {
      {"secret", kSum}, {"lists/a b/c\\d\ne\rf", std::string(64, '0')}, {"\xC3\xA9", kSum}};
  const auto read_back = read_checksums(checksums_text(sums));
  ASSERT_TRUE(read_back) << read_back.error().what;
  ASSERT_EQ(read_back->size(), sums.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    EXPECT_EQ((*read_back)[i].path, sums[i].path);
    EXPECT_EQ((*read_back)[i].sha256, sums[i].sha256);
  }
}

TEST(Checksums, AnythingElseIsDamagedAndNamedByItsLine) {
  for (const std::string& line :
       {std::string("\n"), kSum + "\n", kSum + "  \n", kSum + " secret\n", kSum + "  secret", kSum + "  /secret\n",
        kSum + "  a/../b\n", kSum + "  a//b\n", kSum + "  ./a\n", "A" + kSum.substr(1) + "  secret\n",
        "\\" + kSum + "  a\\x\n", "\\" + kSum + "  a\\\n"}) {
    const auto read_back = read_checksums(kSum + "  first\n" + line);
    ASSERT_FALSE(read_back) << line;
    EXPECT_EQ(read_back.error().kind, ErrorKind::damaged);
    EXPECT_THAT(read_back.error().what, testing::HasSubstr("line 2"));
  }
}

TEST(Checksums, ASealIsReadBackOrDamaged) {
  const std::string text = seal_text({1'795'478'400, 12, 3456, kSum});
  const auto seal = read_seal(text);
  ASSERT_TRUE(seal);
  EXPECT_EQ(seal->made, 1'795'478'400);
  EXPECT_EQ(seal->files, 12U);
  EXPECT_EQ(seal->octets, 3456U);
  EXPECT_EQ(seal->checksums, kSum);
  for (const std::string& other : {std::string(), text + "x", text.substr(1), text.substr(0, text.size() - 2)}) {
    EXPECT_FALSE(read_seal(other)) << other;
  }
}

}  // namespace
}  // namespace majlis::lists
