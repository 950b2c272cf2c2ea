#include "net/clamd.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/support/scripted_dns_server.h"
#include "tests/support/scripted_scanner.h"

namespace majlis::net {
namespace {

using namespace std::string_literals;
using test::answering;
using test::ScriptedScanner;
using test::take_stream;
using testing::ElementsAre;
using Verdict = Scan::Verdict;

constexpr std::chrono::milliseconds kPatience{10'000};
constexpr std::chrono::milliseconds kShort{150};

Scan scan(const std::string& address, const std::vector<std::string_view>& pieces,
          std::chrono::milliseconds patience = kPatience, const std::string& resolver = "") {
  const Result<Scanner> scanner = Scanner::create(address, patience, resolver);
  EXPECT_TRUE(scanner.ok());
  return scanner->scan(pieces);
}

std::string socket_path(const std::string& name) {
  return testing::TempDir() + "clamd_test." + std::to_string(getpid()) + "." + name;
}

void say(int connection, const std::string& octets) { send(connection, octets.data(), octets.size(), MSG_NOSIGNAL); }

TEST(Clamd, ReadsRepliesStrictly) {
  for (const char* clean : {"stream: OK", "fd[5]: OK", "fd[123]: OK"}) {
    EXPECT_EQ(read_scan_reply(clean).verdict, Verdict::clean) << clean;
  }
  EXPECT_EQ(read_scan_reply("stream: Eicar-Test-Signature FOUND").name, "Eicar-Test-Signature");
  EXPECT_EQ(read_scan_reply("stream: OK FOUND").verdict, Verdict::found);
  EXPECT_EQ(read_scan_reply("FOUND").name, "?");
  EXPECT_EQ(read_scan_reply("stream: \x1b[2J FOUND").name, "\\x1b[2J");
  for (const std::string& reply : {""s, "OK"s, "stream: OK\n"s, " stream: OK"s, "stream: ok"s, "stream: OK "s,
                                   "stream:  OK"s, "fd[]: OK"s, "fd[x]: OK"s, "fd[5]: OK ERROR"s, "stream: X FOUND "s,
                                   "INSTREAM size limit exceeded. ERROR"s, "UNKNOWN COMMAND"s, "1: stream: OK"s}) {
    EXPECT_EQ(read_scan_reply(reply).verdict, Verdict::down) << reply;
  }
  EXPECT_EQ(read_scan_reply("COMMAND READ TIMED OUT").why, "net: the scanner says 'COMMAND READ TIMED OUT'");
}

TEST(Clamd, SendsEachPieceAsAStreamOfItsOwn) {
  ScriptedScanner scanner(answering("stream: OK\0"s));
  const std::string large(300'000, 'x');
  EXPECT_EQ(scan(scanner.address(), {"small", large, ""}).verdict, Verdict::clean);
  EXPECT_THAT(scanner.scanned(), ElementsAre("small", large, ""));
}

TEST(Clamd, SpeaksOverASocketOfTheFileSystem) {
  ScriptedScanner scanner(socket_path("plain"), answering("stream: Some.Virus FOUND\0"s));
  const Scan found = scan(scanner.address(), {"octets"});
  EXPECT_EQ(found.verdict, Verdict::found);
  EXPECT_EQ(found.name, "Some.Virus");
}

TEST(Clamd, WhatIsTooLongAsAStreamGoesAsAFile) {
  const auto behaviour = [](int connection, ScriptedScanner& scanner) {
    const std::size_t before = scanner.scanned().size();
    if (take_stream(connection, scanner)) {
      say(connection, before == 0 ? "INSTREAM size limit exceeded. ERROR\0"s : "fd[10]: OK\0"s);
    }
  };
  ScriptedScanner here(socket_path("file"), behaviour);
  EXPECT_EQ(scan(here.address(), {"octets"}).verdict, Verdict::clean);
  EXPECT_THAT(here.scanned(), ElementsAre("octets", "octets"));
  ScriptedScanner elsewhere(behaviour);
  const Scan scanned = scan(elsewhere.address(), {"octets"});
  EXPECT_EQ(scanned.verdict, Verdict::down);
  EXPECT_EQ(scanned.why, "net: the scanner says 'INSTREAM size limit exceeded. ERROR'");
}

TEST(Clamd, AScannerThatTakesNoMoreIsHeardOut) {
  ScriptedScanner scanner([](int connection, ScriptedScanner&) {
    std::string some(1000, '\0');
    if (recv(connection, some.data(), some.size(), 0) <= 0) return;
    say(connection, "INSTREAM size limit exceeded. ERROR\0"s);
    shutdown(connection, SHUT_WR);
    while (recv(connection, some.data(), some.size(), 0) > 0) {
    }
  });
  EXPECT_EQ(scan(scanner.address(), {std::string(8'000'000, 'x')}).why,
            "net: the scanner says 'INSTREAM size limit exceeded. ERROR'");
}

TEST(Clamd, AnAnswerBeforeTheEndIsNone) {
  ScriptedScanner scanner([](int connection, ScriptedScanner& self) {
    say(connection, "stream: OK\0"s);
    take_stream(connection, self);
  });
  EXPECT_EQ(scan(scanner.address(), {std::string(8'000'000, 'x')}).verdict, Verdict::down);
}

TEST(Clamd, SilentSlowDyingAndTalkativeScannersAreDown) {
  const auto after_stream = [](const std::string& octets) {
    return [octets](int connection, ScriptedScanner& scanner) {
      if (!take_stream(connection, scanner)) return;
      say(connection, octets);
      scanner.be_silent();
    };
  };
  for (const std::string& reply : {""s, "stream: OK"s, "stream: OK\n"s}) {
    ScriptedScanner scanner(after_stream(reply));
    EXPECT_EQ(scan(scanner.address(), {"octets"}, kShort).why, "net: no answer in time") << reply;
  }
  ScriptedScanner dying(answering("stream: OK"));
  EXPECT_EQ(scan(dying.address(), {"octets"}).why, "net: the scanner closed the connection without an answer");
  ScriptedScanner deaf([](int, ScriptedScanner& scanner) { scanner.be_silent(); });
  EXPECT_EQ(scan(deaf.address(), {std::string(8'000'000, 'x')}, kShort).why, "net: no answer in time");
  ScriptedScanner endless(answering(std::string(10'000, 'x')));
  EXPECT_EQ(scan(endless.address(), {"octets"}).verdict, Verdict::down);
  ScriptedScanner twice(answering("stream: OK\0stream: OK\0"s));
  EXPECT_EQ(scan(twice.address(), {"octets"}).why, "net: the scanner says more than one answer");
}

TEST(Clamd, OneDeadlineHoldsHoweverSlowlyTheScannerTalks) {
  ScriptedScanner scanner([](int connection, ScriptedScanner& self) {
    if (!take_stream(connection, self)) return;
    for (const char c : "stream: OK\0"s) {
      usleep(50'000);
      if (send(connection, &c, 1, MSG_NOSIGNAL) != 1) return;
    }
  });
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(scan(scanner.address(), {"octets"}, kShort).why, "net: no answer in time");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::milliseconds(500));
  EXPECT_EQ(scan(scanner.address(), {"octets"}).verdict, Verdict::clean);
}

TEST(Clamd, WhereNobodyListensItIsDown) {
  EXPECT_EQ(scan("unix:/nonexistent/clamd", {"octets"}).why, "net: connect: No such file or directory");
  std::string address;
  {
    ScriptedScanner gone([](int, ScriptedScanner&) {});
    address = gone.address();
  }
  EXPECT_EQ(scan(address, {"octets"}).verdict, Verdict::down);
  EXPECT_EQ(scan(address, {}).verdict, Verdict::down);
}

TEST(Clamd, SomethingFoundBehindWhatCouldNotBeScannedIsFound) {
  ScriptedScanner scanner([](int connection, ScriptedScanner& self) {
    if (!take_stream(connection, self)) return;
    say(connection, self.scanned().size() == 1 ? "Can't open file. ERROR\0"s : "stream: V FOUND\0"s);
  });
  EXPECT_EQ(scan(scanner.address(), {"one", "two"}).verdict, Verdict::found);
}

TEST(Clamd, FindsTheScannerByItsName) {
  ScriptedScanner scanner(answering("stream: OK\0"s));
  const test::ScriptedDnsServer dns([](const test::ScriptedDnsServer::Question& question) {
    const bool is_v4 = question.type == 1;
    if (!is_v4) return std::vector{test::dns_answer(question, {})};
    return std::vector{test::dns_answer(question, {{question.name, 1, 60, "\x7f\0\0\1"s}})};
  });
  const std::string port = scanner.address().substr(scanner.address().rfind(':'));
  EXPECT_EQ(scan("tcp:scanner.test" + port, {"octets"}, kPatience, dns.address()).verdict, Verdict::clean);
  EXPECT_EQ(scan("tcp:localhost" + port, {"octets"}).verdict, Verdict::clean);
}

TEST(Clamd, KnowsItsAddresses) {
  for (const char* good :
       {"unix:/run/clamav/clamd.ctl", "tcp:127.0.0.1:3310", "tcp:[::1]:3310", "tcp:::1:3310", "tcp:av.example:3310"}) {
    EXPECT_TRUE(ScannerAddress::parse(good).ok()) << good;
  }
  for (const std::string& bad :
       {""s, "unix:"s, "unix:clamd.ctl"s, "tcp:"s, "tcp:127.0.0.1"s, "tcp::3310"s, "tcp:h:0"s, "tcp:h:99999"s,
        "tcp:a b:3310"s, "clamd"s, "/run/clamd"s, "unix:/" + std::string(200, 'x')}) {
    EXPECT_FALSE(ScannerAddress::parse(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace majlis::net
