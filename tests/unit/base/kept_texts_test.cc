#include "base/kept_texts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace majlis {
namespace {

TEST(KeptTexts, StayWhereTheyAre) {
  KeptTexts texts;
  std::vector<std::pair<const char*, std::string>> kept;
  for (std::size_t i = 0; i < 5'000; ++i) {
    const std::string text(i % 997 == 0 ? 300'000 : i % 200, static_cast<char>('a' + i % 26));
    char* const room = texts.make_room(text.size());
    std::copy(text.begin(), text.end(), room);
    kept.emplace_back(room, text);
  }
  for (const auto& [octets, text] : kept) EXPECT_EQ(std::string(octets, text.size()), text);
}

}  // namespace
}  // namespace majlis
