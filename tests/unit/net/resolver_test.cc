#include "net/resolver.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/scripted_dns_server.h"

namespace majlis::net {
namespace {

using test::dns_answer;
using test::dns_text_data;
using test::dns_wire_name;
using test::ScriptedDnsServer;
using testing::ElementsAre;
using Kind = TxtAnswer::Kind;
using Question = ScriptedDnsServer::Question;

constexpr std::chrono::milliseconds kPatience{10'000};
constexpr std::uint16_t kTxt = 16;
constexpr std::uint16_t kCname = 5;

TxtAnswer ask(const ScriptedDnsServer& server, std::string_view name = "_dmarc.example.test",
              std::chrono::milliseconds patience = kPatience) {
  Result<Resolver> resolver = Resolver::create(server.address(), patience);
  EXPECT_TRUE(resolver.ok());
  return resolver->txt(name);
}

test::DnsRow text_row(const std::string& name, const std::string& text, std::uint32_t seconds = 60) {
  return {name, kTxt, seconds, dns_text_data(text)};
}

TEST(Resolver, FindsTextsWithTheirPiecesJoined) {
  const std::string longer(300, 'x');
  const ScriptedDnsServer server([&](const Question& question) {
    return std::vector{
        dns_answer(question, {text_row("_DMARC.example.test", "v=DMARC1", 120), text_row(question.name, longer, 90)})};
  });
  const TxtAnswer answer = ask(server);
  EXPECT_EQ(answer.kind, Kind::found);
  EXPECT_THAT(answer.texts, ElementsAre("v=DMARC1", longer));
  EXPECT_EQ(answer.seconds, 90U);
  EXPECT_THAT(server.names(), ElementsAre("_dmarc.example.test"));
}

TEST(Resolver, TellsNoNameFromNoRecordAndRemembersForAsLongAsTheZoneSays) {
  const ScriptedDnsServer server([](const Question& question) {
    const bool is_name = question.name == "there.test";
    return std::vector{dns_answer(question, {}, is_name ? 0x8180 : 0x8183, is_name ? 30 : 40)};
  });
  const TxtAnswer there = ask(server, "there.test");
  EXPECT_EQ(there.kind, Kind::no_record);
  EXPECT_EQ(there.seconds, 30U);
  const TxtAnswer nowhere = ask(server, "nowhere.test");
  EXPECT_EQ(nowhere.kind, Kind::no_name);
  EXPECT_EQ(nowhere.seconds, 40U);
}

TEST(Resolver, AFailedServerIsNotAnAnswer) {
  for (const unsigned code : {1U, 2U, 4U, 5U}) {
    const ScriptedDnsServer server([&](const Question& question) {
      return std::vector{dns_answer(question, {}, static_cast<std::uint16_t>(0x8180U | code))};
    });
    const TxtAnswer answer = ask(server);
    EXPECT_EQ(answer.kind, Kind::failed) << code;
    EXPECT_EQ(answer.why, "net: the name server failed, code " + std::to_string(code));
    EXPECT_EQ(answer.seconds, kFailureSeconds);
    EXPECT_EQ(server.names().size(), 1U);
  }
}

TEST(Resolver, AsksTheNextServerWhereOneFails) {
  const ScriptedDnsServer broken(
      [](const Question& question) { return std::vector{dns_answer(question, {}, 0x8182)}; });
  const ScriptedDnsServer good(
      [](const Question& question) { return std::vector{dns_answer(question, {text_row(question.name, "here")})}; });
  Resolver resolver({*parse_endpoint(broken.address(), 0), *parse_endpoint(good.address(), 0)}, kPatience);
  EXPECT_THAT(resolver.txt("a.test").texts, ElementsAre("here"));
}

TEST(Resolver, SilenceEndsWhenThePatienceForAllQuestionsTogetherDoes) {
  const ScriptedDnsServer server([](const Question&) { return std::vector<std::string>(); });
  Result<Resolver> resolver = Resolver::create(server.address(), std::chrono::milliseconds(150));
  ASSERT_TRUE(resolver.ok());
  const TxtAnswer first = resolver->txt("a.test");
  EXPECT_EQ(first.kind, Kind::failed);
  EXPECT_EQ(first.why, "net: no answer in time");
  EXPECT_EQ(resolver->txt("b.test").kind, Kind::failed);
  EXPECT_THAT(server.names(), ElementsAre("a.test"));  // nothing was left for the second
}

TEST(Resolver, ALostDatagramIsSentAgainWithAnotherId) {
  std::vector<std::string> ids;
  const ScriptedDnsServer server([&](const Question& question) {
    ids.push_back(question.octets.substr(0, 2));
    if (ids.size() == 1) return std::vector<std::string>();
    return std::vector{dns_answer(question, {text_row(question.name, "late")})};
  });
  EXPECT_THAT(ask(server).texts, ElementsAre("late"));
  ASSERT_EQ(ids.size(), 2U);
  EXPECT_NE(ids[0], ids[1]);
}

TEST(Resolver, ACutAnswerIsAskedForAgainOverTcp) {
  const std::string text(3000, 't');
  const ScriptedDnsServer server([&](const Question& question) {
    if (question.way == ScriptedDnsServer::Way::datagram) return std::vector{dns_answer(question, {}, 0x8380)};
    return std::vector{dns_answer(question, {text_row(question.name, text)})};
  });
  const TxtAnswer answer = ask(server);
  EXPECT_EQ(answer.kind, Kind::found);
  EXPECT_THAT(answer.texts, ElementsAre(text));
}

TEST(Resolver, WhereTcpIsClosedOrCutAgainNothingIsKnown) {
  for (const bool answers : {false, true}) {
    const ScriptedDnsServer server([&](const Question& question) {
      const bool is_stream = question.way == ScriptedDnsServer::Way::stream;
      return is_stream && !answers ? std::vector<std::string>() : std::vector{dns_answer(question, {}, 0x8380)};
    });
    EXPECT_EQ(ask(server).kind, Kind::failed);
  }
}

TEST(Resolver, PassesOverAnswersToOtherQuestions) {
  const ScriptedDnsServer server([](const Question& question) {
    Question other = question;
    other.octets[0] = static_cast<char>(other.octets[0] + 1);
    Question elsewhere = question;
    elsewhere.octets[13] = '!';
    return std::vector{std::string("?"), dns_answer(other, {text_row(question.name, "forged id")}),
                       dns_answer(elsewhere, {text_row(question.name, "forged name")}),
                       question.octets,  // a question is no answer
                       dns_answer(question, {text_row(question.name, "true")})};
  });
  EXPECT_THAT(ask(server).texts, ElementsAre("true"));
}

TEST(Resolver, RecordsOfOtherNamesAreNoAnswer) {
  const ScriptedDnsServer server([](const Question& question) {
    return std::vector{dns_answer(question, {text_row("other.test", "not asked for")})};
  });
  EXPECT_EQ(ask(server).kind, Kind::no_record);
}

TEST(Resolver, FollowsAliasesInTheAnswerAndByAskingAgain) {
  const ScriptedDnsServer server([](const Question& question) {
    if (question.name == "a.test") {
      return std::vector{dns_answer(question, {{"a.test", kCname, 50, dns_wire_name("b.test")},
                                               {"b.test", kCname, 40, dns_wire_name("c.test")}})};
    }
    return std::vector{dns_answer(question, {text_row("c.test", "end", 60)})};
  });
  const TxtAnswer answer = ask(server, "a.test");
  EXPECT_THAT(answer.texts, ElementsAre("end"));
  EXPECT_EQ(answer.seconds, 40U);
  EXPECT_THAT(server.names(), ElementsAre("a.test", "c.test"));
}

TEST(Resolver, AnAliasOfANameThatIsNotThereIsNoName) {
  const ScriptedDnsServer server([](const Question& question) {
    return std::vector{dns_answer(question, {{"a.test", kCname, 50, dns_wire_name("b.test")}}, 0x8183, 20)};
  });
  EXPECT_EQ(ask(server, "a.test").kind, Kind::no_name);
}

TEST(Resolver, AliasesWithoutEndAreGivenUp) {
  std::size_t asked = 0;
  const ScriptedDnsServer server([&](const Question& question) {
    const std::string next = "n" + std::to_string(++asked) + ".test";
    return std::vector{dns_answer(question, {{question.name, kCname, 50, dns_wire_name(next)}})};
  });
  EXPECT_EQ(ask(server, "a.test").why, "net: aliases without end");
  EXPECT_LT(asked, 20U);
  const ScriptedDnsServer circle([](const Question& question) {
    return std::vector{dns_answer(
        question, {{"a.test", kCname, 50, dns_wire_name("b.test")}, {"b.test", kCname, 50, dns_wire_name("a.test")}})};
  });
  EXPECT_EQ(ask(circle, "a.test").kind, Kind::failed);
}

TEST(Resolver, ARefusedConnectionIsNotWaitedFor) {
  std::string address;
  {
    const ScriptedDnsServer gone([](const Question&) { return std::vector<std::string>(); });
    address = gone.address();
  }
  Result<Resolver> resolver = Resolver::create(address, std::chrono::milliseconds(60'000));
  ASSERT_TRUE(resolver.ok());
  EXPECT_EQ(resolver->txt("a.test").kind, Kind::failed);
}

TEST(Resolver, WhatIsNoNameIsNotAskedFor) {
  const ScriptedDnsServer server([](const Question& question) { return std::vector{dns_answer(question, {})}; });
  for (const std::string& name : {std::string(""), std::string("a..b"), std::string(64, 'a') + ".test",
                                  std::string("a b.test"), std::string("a\nb.test"), std::string(260, 'a')}) {
    EXPECT_EQ(ask(server, name).kind, Kind::no_name) << name;
  }
  EXPECT_TRUE(server.names().empty());
}

TEST(Resolver, FindsAddressesOfAHost) {
  const ScriptedDnsServer server([](const Question& question) {
    if (question.type == 1)
      return std::vector{dns_answer(question, {{question.name, 1, 60, std::string("\x7f\0\0\1", 4)}})};
    return std::vector{dns_answer(
        question, {{question.name, 28, 60, std::string(15, '\0') + '\1'}, {question.name, 28, 60, "broken"}})};
  });
  Result<Resolver> resolver = Resolver::create(server.address(), kPatience);
  ASSERT_TRUE(resolver.ok());
  const Result<std::vector<Endpoint>> found = resolver->addresses("scanner.test", 3310);
  ASSERT_TRUE(found.ok());
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ(found->front().address.ss_family, AF_INET);
  EXPECT_TRUE(is_loopback(found->front()));
  EXPECT_TRUE(is_loopback(found->back()));
}

TEST(Resolver, TakesItsServersFromResolvConf) {
  const std::vector<Endpoint> servers = name_servers_of(
      "# comment\nsearch x\nnameserver 192.0.2.1\nnameserver\t2001:db8::1\nnameserver fe80::1%eth0\n"
      "nameserver 192.0.2.2 # x\nnameserver 192.0.2.3\n");
  ASSERT_EQ(servers.size(), kMaxNameServers);
  EXPECT_EQ(servers[1].address.ss_family, AF_INET6);
  EXPECT_EQ(servers[2].address.ss_family, AF_INET);
  ASSERT_EQ(name_servers_of("").size(), 1U);
  EXPECT_TRUE(is_loopback(name_servers_of("options edns0\n").front()));
}

TEST(Resolver, SaysWhatIsNoAddress) {
  for (const char* server : {"ns.example.org", "127.0.0.1:", "127.0.0.1:0", "127.0.0.1:70000", "[::1", "::1:x"}) {
    EXPECT_FALSE(Resolver::create(server, kPatience).ok()) << server;
  }
  for (const char* server : {"127.0.0.1", "127.0.0.1:5353", "[::1]:53", "::1", "[::1]"}) {
    EXPECT_TRUE(Resolver::create(server, kPatience).ok()) << server;
  }
}

}  // namespace
}  // namespace majlis::net
