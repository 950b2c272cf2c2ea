// Two and eight flushers at once, a peer that accepts, defers, refuses or vanishes at every third recipient, and a
// clock that is set forward and back between the runs: everybody has one copy or one failure that was told, and no
// more.

#include <fcntl.h>
#include <gtest/gtest.h>

#include <map>

#include "base/text.h"
#include "spool/backoff.h"
#include "spool/flusher.h"
#include "tests/support/scripted_smtp_server.h"
#include "tests/unit/spool/flusher_crew.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using test::ScriptedSmtpServer;

constexpr int kMaxRuns = 60;
constexpr UnixTime kDay = 24 * 3600;

enum class Peer { accepts, defers, refuses, vanishes };

struct Case {
  unsigned flushers;
  Peer peer;
  bool has_pipelining;
};

std::string name_of(const testing::TestParamInfo<Case>& info) {
  static const char* const kPeers[] = {"Accepts", "Defers", "Refuses", "Vanishes"};
  return std::to_string(info.param.flushers) + kPeers[static_cast<int>(info.param.peer)] +
         (info.param.has_pipelining ? "Pipelining" : "");
}

unsigned port_of(const ScriptedSmtpServer& server) { return static_cast<unsigned>(std::stoul(server.port())); }

struct SiteOfMany : SpoolSite {
  SiteOfMany() {
    options().recipients_per_transaction = 7;
    options().connections = 2;
    members() = 60;
    now() = 100 * kDay;
  }
};

class FlushersAtOnce : public testing::TestWithParam<Case> {
 protected:
  FlushersAtOnce() : crew_([this](const FlusherCrew::Order& order) { return flush_once(order); }), server_(script()) {}

  static bool is_every_third(const std::string& line) {
    const std::size_t at = line.find("<p");
    return at != std::string::npos && std::stoul(line.substr(at + 2)) % 3 == 1;
  }

  ScriptedSmtpServer::Script script() {
    ScriptedSmtpServer::Script made;
    if (!GetParam().has_pipelining) made.extensions = {"8BITMIME"};
    made.answer = [this](const std::string& stage, const std::string& line) -> std::string {
      if (stage != "RCPT" || !is_every_third(line)) return "";
      const int times = ++asked_[line];
      if (GetParam().peer == Peer::refuses) return "550 5.1.1 gone";
      if (times > 3) return "";
      if (GetParam().peer == Peer::defers) return "452 4.2.2 full";
      return GetParam().peer == Peer::vanishes && times == 1 ? ScriptedSmtpServer::kDrop : "";
    };
    return made;
  }

  void post_all() {
    for (unsigned number = 1; number <= 4; ++number) {
      Job job = number == 1 ? SpoolSite::roster_job(number) : SpoolSite::job(number, {});
      if (number > 1) {
        for (int i = 0; i < 25; ++i) {
          job.recipients.push_back("p" + std::to_string(i) + "@j" + std::to_string(number) + ".example");
        }
      }
      job.expires = 1'000'000'000;
      site_.post(job);
      for (const std::string& person : number == 1 ? SpoolSite::people(60) : job.recipients) all_.push_back(person);
    }
  }

  // Each tells its failures by one line at the end of a file.
  bool flush_once(const FlusherCrew::Order& order) {
    site_.now() = order.now;
    site_.use_smtp(std::to_string(order.port));
    FlushHelp help = site_.help();
    help.tell = [this](const std::vector<Failure>& failures) -> Status {
      const Result<UniqueFd> fd = open_file(site_.root() + "/told", O_WRONLY | O_CREAT | O_APPEND, 0600);
      for (const Failure& failure : failures) {
        if (Status written = write_all(fd->get(), failure.recipient + "\n", "told"); !written) return written;
      }
      return {};
    };
    return flush(site_.spool(), site_.options(), help).ok();
  }

  void run_all() { EXPECT_EQ(crew_.run({GetParam().flushers, port_of(server_), site_.now()}), GetParam().flushers); }

  bool is_empty() const { return site_.names("new").empty() && site_.names("later").empty(); }

  SiteOfMany site_;
  FlusherCrew crew_;
  std::map<std::string, int> asked_;
  ScriptedSmtpServer server_;
  std::vector<std::string> all_;
};

TEST_P(FlushersAtOnce, GiveEachOneCopyOrOneFailureWhateverTheClockDoes) {
  post_all();
  // Forward and back; no start of a run is later than all before it for long.
  constexpr UnixTime kLeaps[] = {0, kLongestDelay, -3 * kDay, 7 * kDay, -30 * kDay, 60, 31 * kDay, kLongestDelay};
  int runs = 0;
  for (; runs < kMaxRuns && !is_empty(); ++runs) {
    site_.now() += kLeaps[static_cast<std::size_t>(runs) % std::size(kLeaps)];
    run_all();
  }
  EXPECT_TRUE(is_empty()) << "after " << runs << " runs";
  EXPECT_TRUE(site_.names("bad").empty());

  std::map<std::string, int> copies;
  for (const std::string& person : server_.recipients()) ++copies[person];
  std::map<std::string, int> told;
  const Result<std::string> lines = read_file(site_.root() + "/told", 1'000'000);
  std::string_view rest = lines ? std::string_view(*lines) : std::string_view();
  while (const std::optional<std::string_view> line = next_line(rest)) ++told[std::string(*line)];
  for (const std::string& person : all_) {
    const bool is_refused = GetParam().peer == Peer::refuses && is_every_third("<" + person);
    EXPECT_EQ(copies[person], is_refused ? 0 : 1) << person;
    EXPECT_EQ(told[person], is_refused ? 1 : 0) << person;
  }
}

INSTANTIATE_TEST_SUITE_P(All, FlushersAtOnce, testing::ValuesIn([] {
                           std::vector<Case> cases;
                           for (const unsigned flushers : {1U, 2U, 8U}) {
                             for (const Peer peer : {Peer::accepts, Peer::defers, Peer::refuses, Peer::vanishes}) {
                               for (const bool has_pipelining : {false, true}) {
                                 cases.push_back({flushers, peer, has_pipelining});
                               }
                             }
                           }
                           return cases;
                         }()),
                         name_of);

// A budget that all runs share holds whatever they do.
TEST(FlushersTogether, KeepTheBudgetsOfADomain) {
  SpoolSite site;
  site.options().budgets.each = {0, 10};
  const FlusherCrew crew([&site](const FlusherCrew::Order& order) {
    site.now() = order.now;
    site.use_smtp(std::to_string(order.port));
    return flush(site.spool(), site.options(), site.help()).ok();
  });
  ScriptedSmtpServer server({});
  site.now() = 6000;
  for (unsigned number = 1; number <= 8; ++number) site.post(SpoolSite::job(number, SpoolSite::people(5)));
  for (std::size_t minute = 1; minute <= 4; ++minute) {
    EXPECT_EQ(crew.run({8, port_of(server), site.now()}), 8U);
    EXPECT_EQ(server.recipients().size(), 10 * minute);
    site.now() += 60;
  }
  EXPECT_TRUE(site.names("later").empty());
}

}  // namespace
}  // namespace majlis::spool
