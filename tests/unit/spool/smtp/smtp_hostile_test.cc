// A peer that spoils one answer of a dialogue, every answer in turn, in every way and in every form of the protocol.
#include <gtest/gtest.h>

#include <map>

#include "spool/backoff.h"
#include "tests/support/scripted_smtp_server.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using test::ScriptedSmtpServer;

constexpr std::size_t kPeople = 10;
constexpr std::size_t kTogether = 3;
constexpr int kMostRuns = 6;

struct Form {
  const char* name;
  bool is_lmtp;
  std::size_t per_transaction;
  Verp verp;
  std::vector<std::string> extensions;
};

const std::vector<Form>& forms() {
  static const std::vector<Form> all = {
      {"Plain", false, kTogether, Verp::none, {"8BITMIME"}},
      {"Pipelining", false, kTogether, Verp::none, {"PIPELINING", "SIZE"}},
      {"Chunking", false, kTogether, Verp::none, {"PIPELINING", "CHUNKING", "DSN"}},
      {"ChunkingOneEach", false, kTogether, Verp::per_recipient, {"PIPELINING", "CHUNKING"}},
      {"PipeliningOneEach", false, kTogether, Verp::per_recipient, {"PIPELINING"}},
      {"LmtpPlain", true, kTogether, Verp::none, {}},
      {"LmtpPipelining", true, kTogether, Verp::none, {"PIPELINING"}},
      {"LmtpChunking", true, kTogether, Verp::none, {"PIPELINING", "CHUNKING"}},
  };
  return all;
}

// What became of everybody when answer number `point` was `mischief` and all the others were as usual.
struct Outcomes {
  bool was_reached = false;
  std::string stage;
  std::map<std::string, int> copies;
  std::map<std::string, int> failures;
  std::size_t doubled = 0;
  bool is_spool_empty = false;
};

Outcomes play(const Form& form, int point, const std::string& mischief) {
  Outcomes outcomes;
  int answers = 0;
  ScriptedSmtpServer::Script script;
  script.extensions = form.extensions;
  script.answer = [&](const std::string& stage, const std::string&) -> std::string {
    if (answers++ != point) return "";
    outcomes.was_reached = true;
    outcomes.stage = stage;
    return mischief;
  };
  SpoolSite site;
  {
    ScriptedSmtpServer server(std::move(script));
    if (form.is_lmtp) site.use_lmtp(server.port());
    if (!form.is_lmtp) site.use_smtp(server.port());
    site.options().connections = 1;
    site.options().recipients_per_transaction = form.per_transaction;
    Job job = SpoolSite::job(1, SpoolSite::people(kPeople));
    job.verp = form.verp;
    site.post(job);
    for (int run = 0; run < kMostRuns && !site.is_empty(); ++run) {
      for (const Failure& failure : site.flush().failures) ++outcomes.failures[failure.recipient];
      site.now() += kLongestDelay;
    }
    for (const std::string& recipient : server.recipients()) ++outcomes.copies[recipient];
    EXPECT_FALSE(server.saw_bare_line_end());
    for (const ScriptedSmtpServer::Received& each : server.received()) {
      const std::string& sender = form.verp == Verp::none ? "<cooks-bounces@lists.example.org>" : "<signed+p";
      EXPECT_NE(each.mail.find(sender), std::string::npos) << each.mail;
      // Nobody's copy may go out under somebody else's sender.
      EXPECT_TRUE(form.verp == Verp::none || each.recipients.size() == 1U);
    }
  }
  for (const auto& [recipient, count] : outcomes.copies) outcomes.doubled += count > 1 ? 1 : 0;
  outcomes.is_spool_empty = site.is_empty();
  return outcomes;
}

class SmtpPeerThatSpoilsAnyAnswer : public testing::TestWithParam<Form> {
 protected:
  // Calls `check` for every point of the dialogue.
  template <typename Check>
  void at_every_point(const std::string& mischief, const Check& check) {
    int point = 0;
    for (;; ++point) {
      const Outcomes outcomes = play(GetParam(), point, mischief);
      if (!outcomes.was_reached) break;
      SCOPED_TRACE(mischief + " at answer " + std::to_string(point) + ", " + outcomes.stage);
      EXPECT_TRUE(outcomes.is_spool_empty);
      check(outcomes);
      if (testing::Test::HasFailure()) return;
    }
    EXPECT_GT(point, 20) << "the dialogue has more answers";
  }
};

TEST_P(SmtpPeerThatSpoilsAnyAnswer, LosesAndRepeatsNobody) {
  for (const std::string mischief : {ScriptedSmtpServer::kDrop, "421 4.3.2 going down"}) {
    at_every_point(mischief, [](const Outcomes& outcomes) {
      EXPECT_EQ(outcomes.copies.size(), kPeople);
      EXPECT_EQ(outcomes.doubled, 0U);
      EXPECT_TRUE(outcomes.failures.empty());
    });
  }
}

TEST_P(SmtpPeerThatSpoilsAnyAnswer, RefusesForGoodWhomItNamesAndNobodyElse) {
  at_every_point("554 5.7.1 no", [](const Outcomes& outcomes) {
    EXPECT_EQ(outcomes.copies.size() + outcomes.failures.size(), kPeople);
    // Who refuses RSET may do anything with what is on its way behind it.
    EXPECT_LE(outcomes.doubled, outcomes.stage == "RSET" ? kTogether : 0U);
    for (const auto& [recipient, count] : outcomes.failures) {
      EXPECT_EQ(outcomes.copies.count(recipient), 0U);
      EXPECT_EQ(count, 1);
    }
    EXPECT_LE(outcomes.failures.size(), kTogether);
  });
}

TEST_P(SmtpPeerThatSpoilsAnyAnswer, RefusesForNowAndTakesEverybodyOnce) {
  at_every_point("451 4.3.0 not now", [](const Outcomes& outcomes) {
    EXPECT_EQ(outcomes.copies.size(), kPeople);
    EXPECT_LE(outcomes.doubled, outcomes.stage == "RSET" ? kTogether : 0U);
    EXPECT_TRUE(outcomes.failures.empty());
  });
}

// It may have kept what was under way when we stopped listening to it.
TEST_P(SmtpPeerThatSpoilsAnyAnswer, IsNotUnderstoodAndRepeatsOneTransactionAtMost) {
  for (const std::string mischief : {ScriptedSmtpServer::kKeepAndDrop, ScriptedSmtpServer::kFallSilent, "nonsense"}) {
    at_every_point(mischief, [](const Outcomes& outcomes) {
      EXPECT_EQ(outcomes.copies.size(), kPeople);
      EXPECT_LE(outcomes.doubled, kTogether) << "the window that doc/SPOOL.md names";
      for (const auto& [recipient, count] : outcomes.copies) EXPECT_LE(count, 2) << recipient;
    });
  }
}

INSTANTIATE_TEST_SUITE_P(InEveryForm, SmtpPeerThatSpoilsAnyAnswer, testing::ValuesIn(forms()),
                         [](const testing::TestParamInfo<Form>& form) { return std::string(form.param.name); });

}  // namespace
}  // namespace majlis::spool
