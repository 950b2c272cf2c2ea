#include "mail/client_network.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

TEST(ClientNetwork, IsWhatOneSubscriberOfAProviderMayHave) {
  EXPECT_EQ(client_network("192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(client_network("2001:db8:1:2::3"), "2001:db8:1::/48");
  EXPECT_EQ(client_network("2001:DB8:1:ffff::"), "2001:db8:1::/48");
  EXPECT_EQ(client_network("::ffff:192.0.2.77"), "192.0.2.0/24");
  EXPECT_EQ(client_network("172.32.0.1"), "172.32.0.0/24");
}

TEST(ClientNetwork, IsNoneWhereAnybodyMayBe) {
  for (const char* address : {"",
                              "unknown",
                              "localhost",
                              "127.0.0.1",
                              "10.1.2.3",
                              "172.16.0.1",
                              "172.31.255.255",
                              "192.168.1.1",
                              "169.254.0.1",
                              "0.0.0.0",
                              "::",
                              "::1",
                              "fd00::1",
                              "fe80::1",
                              "::ffff:127.0.0.1",
                              "192.0.2.77/24",
                              "192.0.2",
                              "2001:db8::1%eth0",
                              "[2001:db8::1]",
                              " 192.0.2.77"}) {
    EXPECT_EQ(client_network(address), "") << address;
  }
  EXPECT_EQ(client_network(std::string(1000, '1')), "");
}

}  // namespace
}  // namespace majlis::mail
