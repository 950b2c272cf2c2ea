#include "lists/effects/scanning.h"

#include <gmock/gmock.h>

#include <thread>

#include "mail/coding/decode.h"
#include "tests/support/scripted_scanner.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using namespace std::string_literals;
using test::answering;
using test::ScriptedScanner;
using testing::ElementsAre;
using Verdict = net::Scan::Verdict;

class Scanning : public ScratchList {
 protected:
  void use(const std::string& scanner, std::int64_t seconds = 30) {
    configure_site([&](SiteConfig& config) {
      config.scanner = scanner;
      config.scanner_seconds = seconds;
    });
  }
  std::vector<std::string> pieces_of(const std::string& raw) {
    const ScriptedScanner scanner(answering("stream: OK\0"s));
    use(scanner.address());
    EXPECT_EQ(SiteScanner(*site_).scan(mail::Message::open(raw)).verdict, Verdict::clean);
    return scanner.scanned();
  }

  const std::string head_ = "From: ann@example.com\nMIME-Version: 1.0\n";
};

TEST_F(Scanning, SendsTheMessageAndItsText) {
  EXPECT_THAT(pieces_of("Subject: Rice\n\nHot.\n"), ElementsAre("Subject: Rice\n\nHot.\n", "Hot.\n"));
  EXPECT_THAT(pieces_of("Subject: Rice\n\n"), ElementsAre("Subject: Rice\n\n"));
}

TEST_F(Scanning, SendsEveryPartDecoded) {
  const std::string inner = head_ + "Content-Transfer-Encoding: quoted-printable\n\nW=61rm.";
  const std::string raw = head_ + "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHot.\n--b\n" +
                          "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\nUmljZQ==\n--b\n" +
                          "Content-Type: message/rfc822\n\n" + inner + "\n--b--\n";
  EXPECT_THAT(pieces_of(raw), ElementsAre(raw, "Hot.", "Rice", "Warm."));
}

// Against the standard, so nobody takes it apart here: the scanner may.
TEST_F(Scanning, SendsAMessageWithinThatIsEncoded) {
  const std::string raw = head_ + "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" +
                          mail::encode_base64("Subject: x\n\nPeas.");
  EXPECT_THAT(pieces_of(raw), ElementsAre(raw, "Subject: x\n\nPeas."));
}

TEST_F(Scanning, SendsTheFilesInATextDecoded) {
  const std::string text = "See:\nbegin 644 a.bin\n$4FEC90``\n`\nend\n";
  for (const std::string& raw : {"Subject: x\n\n" + text, head_ + "Content-Type: image/png\n" +
                                                              "Content-Transfer-Encoding: x-uuencode\n\n" + text}) {
    EXPECT_THAT(pieces_of(raw), ElementsAre(raw, text, "Rice"));
  }
}

TEST_F(Scanning, IsDownWhereThereIsNobodyToAsk) {
  const mail::Message message = mail::Message::open("Subject: Rice\n\nHot.\n");
  EXPECT_EQ(SiteScanner(*site_).scan(message).verdict, Verdict::down);
  use("unix:" + root_ + "/socket");
  EXPECT_EQ(SiteScanner(*site_).scan(message).verdict, Verdict::down);
}

// Moderators who accept fifty posts do not wait fifty times.
TEST_F(Scanning, BeginsNothingWhenItsSecondsHavePassed) {
  const ScriptedScanner scanner(answering("stream: X FOUND\0"s));
  use(scanner.address(), 1);
  SiteScanner run(*site_);
  const mail::Message message = mail::Message::open("\nHot.\n");
  EXPECT_EQ(run.scan(message).verdict, Verdict::found);
  std::this_thread::sleep_for(std::chrono::milliseconds(1000));
  EXPECT_EQ(run.scan(message).verdict, Verdict::down);
  EXPECT_EQ(scanner.scanned().size(), 1U);
}

TEST_F(Scanning, IsAskedForByTheListElseByTheSite) {
  for (const auto& [config, with, without] :
       {std::tuple{"", true, false}, {"antivirus = yes\n", true, true}, {"antivirus = no\n", false, false}}) {
    make_list("cooks", config);
    use("unix:/nowhere");
    EXPECT_EQ(is_scanned(*site_, list("cooks")), with) << config;
    use("");
    EXPECT_EQ(is_scanned(*site_, list("cooks")), without) << config;
  }
}

TEST_F(Scanning, SaysWhatIsInTheWay) {
  EXPECT_FALSE(obstacle_in({Verdict::clean, "", ""}));
  EXPECT_EQ(obstacle_in({Verdict::found, "Eicar", ""}), (Reason{ReasonId::infected, {{"name", "Eicar"}}}));
  EXPECT_EQ(obstacle_in({Verdict::down, "", "silence"}), Reason{ReasonId::not_scanned});
  EXPECT_EQ(obstacle_in(net::Scan{}), Reason{ReasonId::not_scanned});
}

}  // namespace
}  // namespace majlis::lists
