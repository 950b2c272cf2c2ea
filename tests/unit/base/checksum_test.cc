#include "base/checksum.h"

#include <gtest/gtest.h>

#include <string>

namespace majlis {
namespace {

TEST(Checksum, AgreesWithTheVectorsOfRfc3720) {
  EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);
  EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
  EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
}

TEST(Checksum, GoesOnWhereItStopped) {
  const std::string text = "a text that is longer than eight octets";
  for (std::size_t at = 0; at <= text.size(); ++at) {
    EXPECT_EQ(crc32c(text.substr(at), crc32c(text.substr(0, at))), crc32c(text));
  }
}

}  // namespace
}  // namespace majlis
