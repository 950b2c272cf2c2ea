#include "mail/automatic.h"

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxMessageOctets = 8 << 20;
const char kFrom[] = "From: Joe <joe@example.org>\n";

Message with(const std::string& fields) { return Message::open(fields + "\n\nHello\n"); }

std::optional<std::string> reason_for(const std::string& fields) {
  return automatic_reason(with(kFrom + fields), Address::parse("joe@example.org"));
}

TEST(Automatic, APersonsMailIsNot) {
  EXPECT_EQ(reason_for("Subject: hello"), std::nullopt);
  EXPECT_EQ(reason_for("Auto-Submitted: no"), std::nullopt);
  EXPECT_EQ(reason_for("Auto-Submitted: NO (really)"), std::nullopt);
  EXPECT_EQ(reason_for("Precedence: first-class"), std::nullopt);
  EXPECT_EQ(reason_for("Listless: x"), std::nullopt);
  EXPECT_EQ(reason_for("Content-Type: multipart/mixed; boundary=multipart/report"), std::nullopt);
}

TEST(Automatic, EveryMarkCounts) {
  const std::pair<const char*, const char*> cases[] = {
      {"Auto-Submitted: auto-replied", "auto-submitted"},
      {"Auto-Submitted: auto-generated; x=no", "auto-submitted"},
      {"Auto-Submitted: no\nAuto-Submitted: auto-replied", "auto-submitted"},
      {"Auto-Submitted: nonsense", "auto-submitted"},
      {"Auto-Submitted:", "auto-submitted"},
      {"Precedence: bulk", "precedence"},
      {"Precedence: Junk", "precedence"},
      {"Precedence: auto_reply", "precedence"},
      {"Precedence: list (x)", "precedence"},
      {"List-Id: <a.b>", "list"},
      {"list-post: NO", "list"},
      {"List-Whatever: x", "list"},
      {"Mailing-List: x", "list"},
      {"X-Mailing-List: x", "list"},
      {"X-BeenThere: x@y", "list"},
      {"X-Loop: x@y", "loop"},
      {"X-Loop: x@y\nX-Ack: yes", "loop"},
      {"Content-Type: multipart/report; boundary=x", "report"},
      {"X-Autoreply: yes", "autoreply"},
      {"X-Autorespond: x", "autoreply"},
      {"X-Auto-Response-Suppress: All", "no-reply-wanted"},
      {"X-Auto-Response-Suppress: All\r\nX-Loop: x", "loop"},
      {"X-Vacation: x", "autoreply"},
      {"X-Failed-Recipients: a@b", "bounce"},
  };
  for (const auto& [fields, reason] : cases) EXPECT_EQ(reason_for(fields), reason) << fields;
}

TEST(Automatic, RobotsAreKnownByTheirNames) {
  for (const char* local :
       {"MAILER-DAEMON", "postmaster", "owner-cooks", "cooks-owner", "cooks-request", "cooks-bounces",
        "cooks-bounces+joe=x", "majordomo", "LISTSERV", "listproc", "sympa", "mailman", "noreply", "no-reply"}) {
    const auto robot = Address::parse(std::string(local) + "@example.org");
    EXPECT_EQ(automatic_reason(with(kFrom), robot), "robot") << local;
    EXPECT_EQ(automatic_reason(with("From: " + robot->text()), Address::parse("joe@example.org")), "robot") << local;
  }
  for (const char* local : {"mailman-fan", "owner", "requests", "bouncer", "listserver", "thepostmaster"}) {
    EXPECT_EQ(automatic_reason(with(kFrom), Address::parse(std::string(local) + "@example.org")), std::nullopt)
        << local;
  }
}

TEST(Automatic, OnlyMailSystemsWriteBounces) {
  const auto joe = Address::parse("joe@example.org");
  EXPECT_TRUE(is_bounce_like(with(kFrom), std::nullopt));
  EXPECT_EQ(automatic_reason(with(kFrom), std::nullopt), "null-sender");
  EXPECT_TRUE(is_bounce_like(with("From: Mailer-Daemon@x.org"), joe));
  EXPECT_TRUE(is_bounce_like(with("Content-Type: multipart/report; boundary=x"), joe));
  EXPECT_FALSE(is_bounce_like(with("From: postmaster@x.org"), joe));
  EXPECT_FALSE(is_bounce_like(with("List-Id: <a.b>"), joe));
}

// What local delivery wrote on top, else the author, as if the MTA had said nothing helpful.
std::optional<Address> sender_of(const Message& message) {
  std::string_view lines = message.envelope_lines();
  while (const auto line = next_line(lines)) {
    if (starts_with_ignoring_case(*line, "Return-Path:")) return parse_envelope_sender(line->substr(12));
  }
  const std::vector<std::string> paths = message.fields("Return-Path");
  if (!paths.empty()) return parse_envelope_sender(paths.front());
  const auto author = message.author();
  return author ? std::optional(author->address) : Address::parse("unknown@unknown.example");
}

struct Tally {
  int all = 0;
  int automatic = 0;
  int bounce_like = 0;
  double share() const { return all == 0 ? 0 : static_cast<double>(automatic) / all; }
};

std::map<std::string, Tally> tally(const std::string& folder, std::size_t class_column,
                                   std::string_view only_extension = {}) {
  std::map<std::string, Tally> tallies;
  const std::string root = std::string(MAJLIS_CORPUS_DIR) + '/' + folder + '/';
  const Result<std::string> table = read_file(root + "expected.tsv", kMaxMessageOctets);
  if (!table) return tallies;
  std::string_view rest(*table);
  next_line(rest);
  while (const auto line = next_line(rest)) {
    const std::vector<std::string_view> columns = split_at(*line, '\t');
    if (!columns[0].ends_with(only_extension)) continue;
    Result<std::string> bytes = read_file(root + std::string(columns[0]), kMaxMessageOctets);
    if (!bytes) continue;
    const Message message = Message::open(std::move(*bytes));
    const std::optional<Address> sender = sender_of(message);
    Tally& count = tallies[std::string(columns[class_column])];
    ++count.all;
    if (automatic_reason(message, sender)) ++count.automatic;
    if (is_bounce_like(message, sender)) ++count.bounce_like;
  }
  for (const auto& [name, count] : tallies) {
    std::cout << folder << " " << name << ": " << count.automatic << " of " << count.all << " automatic, "
              << count.bounce_like << " bounce-like\n";
  }
  return tallies;
}

TEST(AutomaticCorpus, RecognisesBounces) {
  auto tallies = tally("bounce", 2);
  if (tallies.empty()) GTEST_SKIP() << "no corpus";
  EXPECT_GE(tallies["bounce"].share(), 0.94);
  EXPECT_GE(tallies["bounce?"].share(), 0.96);
  EXPECT_GE(tallies["warning"].share(), 0.88);
  EXPECT_EQ(tallies["autoreply"].share(), 1.0);
  EXPECT_LE(tallies["none"].automatic, 3);  // no bounces, but one of them is an absence note: Precedence: auto_reply
}

// Entries of a pipermail archive: what list managers add is gone again, and so are the marks of robots.
TEST(AutomaticCorpus, TakesNoPersonForARobot) {
  auto tallies = tally("admin", 2, ".mbox");
  if (tallies.empty()) GTEST_SKIP() << "no corpus";
  EXPECT_GE(tallies["request"].all + tallies["discussion"].all, 150);
  EXPECT_EQ(tallies["request"].automatic, 0);
  EXPECT_EQ(tallies["discussion"].automatic, 0);
}

// Complete messages, which list managers have marked: automatic whoever wrote them.
TEST(AutomaticCorpus, MarksWhatCameThroughAnotherList) {
  auto tallies = tally("admin", 2, ".eml");
  if (tallies.empty()) GTEST_SKIP() << "no corpus";
  for (const auto& [name, count] : tallies) EXPECT_EQ(count.automatic, count.all) << name;
}

TEST(AutomaticCorpus, ListTrafficIsMarkedByItsListManager) {
  auto tallies = tally("list", 1);
  if (tallies.empty()) GTEST_SKIP() << "no corpus";
  for (const auto& [name, count] : tallies) EXPECT_GE(count.share(), 0.9) << name;
}

}  // namespace
}  // namespace majlis::mail
