#include "net/dns_message.h"

#include <gtest/gtest.h>

#include "tests/support/scripted_dns_server.h"

namespace majlis::net {
namespace {

using test::dns_answer;
using test::dns_text_data;
using test::dns_wire_name;
using test::ScriptedDnsServer;

const DnsQuestion kQuestion{0x1234, *dns_name("a.test"), RecordType::txt};

ScriptedDnsServer::Question asked() { return {write_question(kQuestion), "a.test", 16}; }

std::string good() { return dns_answer(asked(), {{"a.test", 16, 60, dns_text_data("text")}}, 0x8180, 30); }

TEST(DnsMessage, ReadsWhatItAskedFor) {
  const DnsReading reading = read_reply(good(), kQuestion);
  ASSERT_TRUE(reading.reply.has_value());
  ASSERT_EQ(reading.reply->answers.size(), 1U);
  EXPECT_EQ(reading.reply->answers[0].data, "text");
  EXPECT_EQ(reading.reply->negative_seconds, 30U);
}

TEST(DnsMessage, CutAtAnyLengthItIsNoAnswer) {
  const std::string octets = good();
  for (std::size_t length = 0; length < octets.size(); ++length) {
    EXPECT_FALSE(read_reply(octets.substr(0, length), kQuestion).reply.has_value()) << length;
  }
}

// Header of an answer with one record, question included; then `record`.
std::string with_record(const std::string& record) {
  std::string octets = dns_answer(asked(), {});
  octets[7] = 1;
  return octets + record;
}

TEST(DnsMessage, PointersLeadBackwardsOnly) {
  const std::string rest = std::string("\0\x10\0\1\0\0\0\x3c\0\5\4text", 15);
  EXPECT_TRUE(read_reply(with_record("\xc0\x0c" + rest), kQuestion).reply.has_value());
  const std::size_t here = with_record("").size();
  const auto pointer = [](std::size_t at) { return std::string{'\xc0', static_cast<char>(at)}; };
  for (const std::string& name :
       {pointer(here), pointer(here + 2), "\1a" + pointer(here), "\1a" + pointer(here + 1), std::string("\xff\xff")}) {
    const DnsReading reading = read_reply(with_record(name + rest), kQuestion);
    EXPECT_FALSE(reading.reply.has_value());
    EXPECT_EQ(reading.fault, DnsFault::malformed);
  }
}

TEST(DnsMessage, ANameHas255Octets) {
  std::string name;
  for (int i = 0; i < 5; ++i) name += '\x3f' + std::string(63, 'x');
  name += '\0';
  EXPECT_FALSE(read_reply(with_record(name + std::string("\0\x10\0\1\0\0\0\0\0\0", 10)), kQuestion).reply);
  EXPECT_TRUE(dns_name(std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
                       std::string(61, 'd')));
  EXPECT_FALSE(dns_name(std::string(63, 'a') + "." + std::string(63, 'b') + "." + std::string(63, 'c') + "." +
                        std::string(62, 'd')));
}

TEST(DnsMessage, ATextWhosePiecesRunOutIsMalformed) {
  EXPECT_FALSE(read_reply(dns_answer(asked(), {{"a.test", 16, 60, std::string("\5text", 5)}}), kQuestion).reply);
  EXPECT_FALSE(read_reply(dns_answer(asked(), {{"a.test", 5, 60, dns_wire_name("b.test") + "x"}}), kQuestion).reply);
}

TEST(DnsMessage, ARecordOfAnotherClassIsOfNoType) {
  std::string octets = dns_answer(asked(), {{"a.test", 16, 60, dns_text_data("chaos")}});
  octets[octets.size() - 6 - 8 + 1] = 3;
  const DnsReading reading = read_reply(octets, kQuestion);
  ASSERT_TRUE(reading.reply.has_value());
  EXPECT_EQ(reading.reply->answers[0].type, 0U);
}

TEST(DnsMessage, TimesAreBounded) {
  const auto seconds_of = [](std::uint32_t seconds) {
    return read_reply(dns_answer(asked(), {{"a.test", 16, seconds, dns_text_data("x")}}), kQuestion)
        .reply->answers[0]
        .seconds;
  };
  EXPECT_EQ(seconds_of(0), 0U);
  EXPECT_EQ(seconds_of(0x7FFFFFFF), 7U * 24 * 3600);
  EXPECT_EQ(seconds_of(0xFFFFFFFF), 0U);
}

TEST(DnsMessage, AReferralIsKnownAsSuch) {
  const auto with_servers = [](std::uint16_t flags) {
    std::string octets = dns_answer(asked(), {}, flags);
    octets[9] = 1;
    return read_reply(octets + dns_wire_name("test") + std::string("\0\2\0\1\0\0\0\x3c\0\4\2ns\0", 14), kQuestion);
  };
  EXPECT_TRUE(with_servers(0x8100).reply->is_referral);
  EXPECT_FALSE(with_servers(0x8180).reply->is_referral);
  EXPECT_FALSE(with_servers(0x8500).reply->is_referral);
}

}  // namespace
}  // namespace majlis::net
