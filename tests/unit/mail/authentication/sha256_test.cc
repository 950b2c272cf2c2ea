#include "mail/authentication/sha256.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace majlis::mail {
namespace {

TEST(Sha256, IsThatOfTheStandard) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  Sha256 hash;
  for (const char* piece : {"a", "", "bc"}) hash.add(piece);
  EXPECT_EQ(hex(hash.digest()), sha256_hex("abc"));
}

}  // namespace
}  // namespace majlis::mail
