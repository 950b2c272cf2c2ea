#include "mail/authentication/believed_results.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kTop =
    "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=top.example\n"
    "authentication-results: MX.example.org; dkim=pass header.d=top.example\n";
constexpr std::string_view kReceived = "Received: from a by mx.example.org; Mon, 1 Jan 2024 00:00:00 +0000\n";
constexpr std::string_view kForged = "Authentication-Results: mx.example.org; dmarc=pass header.from=victim.example\n";
constexpr std::string_view kForeign = "Authentication-Results: other.example; dkim=pass header.d=other.example\n";
constexpr std::string_view kRest = "From: ann@top.example\n\nbody\n";

std::string text(std::initializer_list<std::string_view> pieces) {
  std::string joined;
  for (const std::string_view piece : pieces) joined += piece;
  return joined;
}

std::vector<std::string> methods(const BelievedResults& read) {
  std::vector<std::string> words;
  for (const AuthenticationResult& result : read.results) words.push_back(result.method);
  return words;
}

using Words = std::vector<std::string>;

TEST(BelievedResults, AreAllOfOurServersAboveItsReceivedField) {
  const Message message = Message::open(text({kTop, kReceived, kForged, kForeign, kReceived, kForged, kRest}));
  const BelievedResults read = read_believed_results(message, "mx.EXAMPLE.org", BelievedAbove::first_received);
  EXPECT_EQ(methods(read), (Words{"spf", "dkim"}));
  EXPECT_EQ(read.foreign.size(), 3U);
}

TEST(BelievedResults, StandBelowItWhereForeignOnesAreKnownToBeRemoved) {
  const Message message = Message::open(text({kReceived, kTop, kForeign, kReceived, kForged, kRest}));
  EXPECT_EQ(methods(read_believed_results(message, "mx.example.org", BelievedAbove::second_received)),
            (Words{"spf", "dkim"}));
  const BelievedResults strict = read_believed_results(message, "mx.example.org", BelievedAbove::first_received);
  EXPECT_TRUE(strict.results.empty());
  EXPECT_EQ(strict.foreign.size(), 4U);
}

TEST(BelievedResults, AreNoneOfAnotherHostOrWithoutAName) {
  const Message message = Message::open(text({kForeign, kTop, kReceived, kRest}));
  EXPECT_EQ(read_believed_results(message, "", BelievedAbove::first_received).foreign.size(), 3U);
  EXPECT_TRUE(read_believed_results(message, "", BelievedAbove::first_received).results.empty());
  EXPECT_TRUE(read_believed_results(message, "example.org", BelievedAbove::first_received).results.empty());
  EXPECT_EQ(read_believed_results(message, "mx.example.org", BelievedAbove::first_received).foreign.size(), 1U);
}

TEST(BelievedResults, AMalformedFieldIsForeignWhateverItsName) {
  const Message message = Message::open(
      text({"Authentication-Results: mx.example.org; dkim=pass (\nAuthentication-Results:\n", kTop, kRest}));
  const BelievedResults read = read_believed_results(message, "mx.example.org", BelievedAbove::first_received);
  EXPECT_EQ(methods(read), (Words{"spf", "dkim"}));
  EXPECT_EQ(read.foreign.size(), 2U);
}

TEST(BelievedResults, OtherFieldsAreNone) {
  const Message message =
      Message::open(text({"X-Authentication-Results: mx.example.org; dkim=pass header.d=a.example\n"
                          "ARC-Authentication-Results: i=1; mx.example.org; dkim=pass header.d=a.example\n",
                          kRest}));
  const BelievedResults read = read_believed_results(message, "mx.example.org", BelievedAbove::second_received);
  EXPECT_TRUE(read.results.empty() && read.foreign.empty());
}

TEST(BelievedResults, HaveACeiling) {
  std::string many;
  for (int i = 0; i < 51; ++i) many += kTop.substr(0, kTop.find('\n') + 1);
  const Message message = Message::open(many + std::string(kRest));
  const BelievedResults read = read_believed_results(message, "mx.example.org", BelievedAbove::first_received);
  EXPECT_EQ(read.results.size(), 50U);
  EXPECT_EQ(read.foreign.size(), 1U);
}

}  // namespace
}  // namespace majlis::mail
