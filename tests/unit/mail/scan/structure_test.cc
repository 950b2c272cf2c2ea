#include "mail/scan/structure.h"

#include <sys/resource.h>

#include <cstdio>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/sandbox_rules.h"
#include "mail/scan/structure_reading.h"

namespace majlis::mail {
namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string nested_multiparts(std::size_t levels) {
  std::string raw;
  for (std::size_t i = 0; i < levels; ++i) {
    const std::string boundary = std::to_string(i);
    raw += "Content-Type:multipart/mixed;boundary=" + boundary + "\n\n--" + boundary + "\n";
  }
  return raw;
}

Structure opinion_on(std::string_view raw) {
  const Result<Structure> structure = compare_with_mimetic(raw, scan(raw));
  EXPECT_TRUE(structure.ok());
  return structure.ok() ? *structure : Structure{Opinion::died, "no child"};
}

TEST(Structure, AgreesOnOrdinaryMessages) {
  for (const std::string_view raw : {
           "Subject: x\n\nbody\n",
           "Subject: header only",
           "",
           "Content-Type: multipart/alternative; boundary=\"b\"\n\npreamble\n--b\n\none\n--b\nContent-Type: "
           "text/html\n\n<p>two\n--b--\nepilogue\n",
           "Content-Type: message/rfc822\n\nSubject: inner\nContent-Type: text/html\n\n<p>\n",
           "Content-Type: multipart/digest; boundary=d\n\n--d\n\nSubject: x\n\nhi\n--d--\n",
           "Content-Type: multipart/report; boundary=r\r\n\r\n--r\r\n\r\nfailed\r\n--r\r\nContent-Type: "
           "message/delivery-status\r\n\r\nAction: failed\r\n--r--\r\n",
       }) {
    const Structure structure = opinion_on(raw);
    EXPECT_EQ(structure.opinion, Opinion::agrees) << structure.why << " in " << raw;
  }
}

TEST(Structure, DisagreesWhereReadersSeeDifferentMessages) {
  for (const std::string_view raw : {
           "Content-Type: multipart/mixed; boundary=\"B;B\"\n\n--B;B\n\nhidden\n--B;B--\n",
           "Content-Type: (c) multipart/mixed; boundary=b\n\n--b\n\nhidden\n--b--\n",
           "Content-Type: multipart/mixed; boundary*0=b; boundary*1=c\n\n--bc\n\nhidden\n-- \nsignature\n--bc--\n",
           "Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n\nx\n--b--\n",
       }) {
    const Structure structure = opinion_on(raw);
    EXPECT_EQ(structure.opinion, Opinion::disagrees) << raw;
    EXPECT_FALSE(structure.why.empty());
    EXPECT_EQ(structure.why.find('\n'), std::string::npos);
  }
}

// mimetic takes them apart as they are, the scan does not: only the rest is compared.
TEST(Structure, LeavesOutWhatIsInAnEncodedComposite) {
  const std::string head = "Content-Type: multipart/mixed; boundary=b\n\n--b\n";
  const std::string encoded =
      "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nRnJvbTogYUB4Cgp4Cg==\n";
  EXPECT_EQ(opinion_on(head + encoded + "--b\n\nx\n--b--\n").opinion, Opinion::agrees);
  EXPECT_EQ(opinion_on(head + encoded + "--b\n--b\n\nx\n--b--\n").opinion, Opinion::disagrees);
}

TEST(Structure, DoesNotReadWhatIsBeyondACeiling) {
  const Structure deep = opinion_on(nested_multiparts(60'000));
  EXPECT_EQ(deep.opinion, Opinion::disagrees);
  EXPECT_EQ(deep.why, "not read: too_deep");
}

// What kills mimetic kills the child only: fed to it without asking the scan.
TEST(Structure, SurvivesWhatKillsMimetic) {
  rlimit stack{};
  ASSERT_EQ(getrlimit(RLIMIT_STACK, &stack), 0);
  const bool ordinary = !kIsAddressSanitized && stack.rlim_cur <= (8UL << 20U);
  struct Lethal {
    const char* what;
    std::string raw;
    bool must_die;
  };
  const std::vector<Lethal> inputs = {
      {"nested multiparts", nested_multiparts(100'000), ordinary},
      {"nested messages", repeat("Content-Type:message/rfc822\n\n", 300'000), ordinary},
      {"a header of eight megabytes", "X: " + std::string(8'000'000, 'x') + "\n\n", true},
      {"dashes against ten thousand boundaries", nested_multiparts(10'000) + "\n" + repeat("--\n", 200'000), true},
      {"two million empty parts", "Content-Type: multipart/mixed; boundary=b\n\n" + repeat("--b\n\n", 2'000'000),
       ordinary},
      {"an open group", "Cc: a:\n\n", false},
      {"a broken route", "From: x <y@" + std::string(40, ' ') + ">\n\n", false},
      {"a bar in base64", "Content-Transfer-Encoding: base64\n\nQ|JD\n", false},
  };
  for (const Lethal& input : inputs) {
    const Result<Seen> seen = read_with_mimetic(input.raw, 1000);
    ASSERT_TRUE(seen.ok()) << input.what;
    std::printf("%s: %s\n", input.what, seen->outcome.why.empty() ? "finished" : seen->outcome.why.c_str());
    if (input.must_die) {
      EXPECT_NE(seen->outcome.end, SandboxEnd::finished) << input.what;
      EXPECT_TRUE(seen->parts.empty()) << input.what;
    } else if (!kIsAddressSanitized) {
      EXPECT_EQ(seen->outcome.end, SandboxEnd::finished) << input.what;
    }
  }
}

}  // namespace
}  // namespace majlis::mail
