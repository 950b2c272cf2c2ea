#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "mail/bounces/bounce.h"
#include "mail/bounces/bounce_blame.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxFileOctets = 64UL << 20U;
using Row = std::map<std::string, std::string>;

std::vector<Row> rows_of(const std::string& folder) {
  std::ifstream file(std::string(MAJLIS_CORPUS_DIR) + "/" + folder + "/expected.tsv");
  std::vector<Row> rows;
  std::vector<std::string> columns;
  for (std::string line; std::getline(file, line);) {
    const auto cells = split_at(line, '\t');
    if (columns.empty()) {
      columns.assign(cells.begin(), cells.end());
      continue;
    }
    Row& row = rows.emplace_back();
    for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) row[columns[i]] = std::string(cells[i]);
  }
  return rows;
}

std::string file_of(const std::string& folder, const std::string& file) {
  return std::string(MAJLIS_CORPUS_DIR) + "/" + folder + "/" + file;
}

std::optional<Report> report_on(const std::string& folder, const std::string& file) {
  Result<std::string> bytes = read_file(file_of(folder, file), kMaxFileOctets);
  if (!bytes) return std::nullopt;
  return read_report(Message::open(std::move(*bytes)));
}

std::set<std::string> failed(const Report& report) {
  std::set<std::string> addresses;
  for (const ReportedRecipient& recipient : report.recipients) {
    if (recipient.outcome == Outcome::failure) addresses.insert(to_lower_ascii(recipient.address.text()));
  }
  return addresses;
}

bool is_named(const Report& report, const std::string& address) {
  return std::any_of(report.recipients.begin(), report.recipients.end(), [&](const ReportedRecipient& recipient) {
    return to_lower_ascii(recipient.address.text()) == address;
  });
}

std::set<std::string> expected_of(const Row& row) {
  std::set<std::string> addresses;
  const std::string& cell = row.at("recipients");
  if (cell == "?" || cell == "-") return addresses;
  for (const std::string_view address : split_at(cell, ',')) addresses.insert(to_lower_ascii(address));
  return addresses;
}

std::string joined(const std::set<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out += (out.empty() ? "" : ",") + text;
  return out.empty() ? "-" : out;
}

struct Tally {
  std::size_t expected = 0;
  std::size_t found = 0;
  std::size_t wrong = 0;
  std::size_t named = 0;            // found, or named as one whose mail is still being tried
  std::size_t not_to_be_found = 0;  // of those not found: see why_not_to_be_found()
  double share_of(std::size_t all) const {
    return all == 0 ? 0 : 100.0 * static_cast<double>(found) / static_cast<double>(all);
  }
  double recall() const { return share_of(expected); }
  double share_named() const {
    return expected == 0 ? 0 : 100.0 * static_cast<double>(named) / static_cast<double>(expected);
  }
  double recall_of_findable() const { return share_of(expected - not_to_be_found); }
};

// True when the address stands in the file, not as a piece of a longer word.
bool stands_in(std::string_view bytes, std::string_view address) {
  const auto is_end = [](char c) { return std::string_view(" \t\r\n<>()[]\"',;:|").find(c) != std::string_view::npos; };
  const std::string lower = to_lower_ascii(bytes);
  for (std::size_t at = lower.find(address); at != std::string::npos; at = lower.find(address, at + 1)) {
    const std::size_t end = at + address.size();
    if ((at == 0 || is_end(lower[at - 1])) && (end == lower.size() || is_end(lower[end]))) return true;
  }
  return false;
}

// The answers come from other programs' tests and from a tool: some cannot be right, and some are warnings to us.
std::string why_not_to_be_found(const Row& row, const Report& report, const std::string& address) {
  if (report.kind == ReportKind::delay) return "the letter calls itself a warning";
  if (!Address::parse(address)) return "it is no address";
  if (!stands_in(read_file(file_of("bounce", row.at("file")), kMaxFileOctets).value(), address)) {
    return "it does not stand in the file";
  }
  return {};
}

// Prints what differs, because that is what one looks at when a rule changes.
void judge(const Row& row, const Report& report, Tally& tally) {
  const std::set<std::string> wanted = expected_of(row);
  const std::set<std::string> got = failed(report);
  std::string doubtful_domain = "?";
  for (const std::string& address : wanted) {
    ++tally.expected;
    if (is_named(report, address)) ++tally.named;
    if (got.count(address) != 0) {
      ++tally.found;
      continue;
    }
    const std::string why = why_not_to_be_found(row, report, address);
    if (!why.empty()) ++tally.not_to_be_found;
    if (why == "it does not stand in the file") doubtful_domain = address.substr(address.find('@'));
    std::printf("  missed %s %s%s\n", row.at("file").c_str(), address.c_str(), why.empty() ? "" : (": " + why).c_str());
  }
  for (const std::string& address : got) {
    if (wanted.count(address) != 0) continue;
    const bool is_in_fields = to_lower_ascii(row.at("dsn_final_recipient")).find(address) != std::string::npos;
    const bool is_wrong = !address.ends_with(doubtful_domain) && !is_in_fields;
    if (is_wrong) ++tally.wrong;
    std::printf("  %s %s %s\n", is_wrong ? "WRONG" : "the file says otherwise:", row.at("file").c_str(),
                address.c_str());
  }
}

class BounceCorpus : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(MAJLIS_CORPUS_DIR)) GTEST_SKIP() << "no test corpus at " << MAJLIS_CORPUS_DIR;
  }
};

TEST_F(BounceCorpus, FindsNearlyAllFailedAddressesAndNoOthers) {
  Tally sure;
  Tally likely;
  for (const Row& row : rows_of("bounce")) {
    const std::string& kind = row.at("class");
    if ((kind != "bounce" && kind != "bounce?") || row.at("recipients") == "?") continue;
    const std::optional<Report> report = report_on("bounce", row.at("file"));
    ASSERT_TRUE(report) << row.at("file");
    judge(row, *report, kind == "bounce" ? sure : likely);
  }
  for (const auto& [name, tally] : {std::pair("bounce", sure), std::pair("bounce?", likely)}) {
    std::printf(
        "%s: %zu of %zu addresses named (%.1f %%), %zu of them as failed (%.1f %%; %.1f %% without %zu that "
        "cannot be found), %zu wrong\n",
        name, tally.named, tally.expected, tally.share_named(), tally.found, tally.recall(), tally.recall_of_findable(),
        tally.not_to_be_found, tally.wrong);
  }
  ASSERT_GT(sure.expected, 300U);
  EXPECT_GE(sure.recall_of_findable(), 97.0);
  EXPECT_GE(sure.share_named(), 97.0);
  EXPECT_GE(sure.recall(), 95.0);
  EXPECT_EQ(sure.wrong, 0U);
  EXPECT_GE(likely.recall(), 97.0);
  EXPECT_EQ(likely.wrong, 0U);
}

// The answer's third number is made up by the tool where the letter tells none: those are left out.
TEST_F(BounceCorpus, TellsTheStatusThatTheLetterTells) {
  std::size_t compared = 0;
  std::size_t equal = 0;
  for (const Row& row : rows_of("bounce")) {
    const std::string& status = row.at("status");
    if (row.at("class") != "bounce" || status.size() < 5 || status.size() > 7 || row.at("recipients") == "?" ||
        status.find(".0.9") != std::string::npos || status.find(',') != std::string::npos) {
      continue;
    }
    const std::optional<Report> report = report_on("bounce", row.at("file"));
    if (!report || failed(*report).empty()) continue;
    ++compared;
    if (report->recipients.front().status == status) ++equal;
  }
  std::printf("status: %zu of %zu as expected\n", equal, compared);
  ASSERT_GT(compared, 150U);
  EXPECT_GT(equal * 100, compared * 85);
}

// The reasons are those of the tool that judged the letters: what is nobody's mailbox's fault must never count against
// one; of the unknown users most are to be seen.
TEST_F(BounceCorpus, BlamesTheMessageForPolicyAndTheMailboxForAnUnknownUser) {
  const std::set<std::string> kPolicy = {"policyviolation", "spamdetected", "virusdetected", "mesgtoobig",
                                         "emailtoolarge",   "contenterror", "authfailure",   "blocked",
                                         "badreputation",   "norelaying",   "exceedlimit"};
  std::map<std::string, std::map<std::string, std::size_t>> blamed;
  for (const Row& row : rows_of("bounce")) {
    const std::string& reason = row.at("reason");
    if (row.at("class") != "bounce" || (reason != "userunknown" && kPolicy.count(reason) == 0)) continue;
    const std::optional<Report> report = report_on("bounce", row.at("file"));
    ASSERT_TRUE(report) << row.at("file");
    for (const ReportedRecipient& recipient : report->recipients) {
      if (recipient.outcome != Outcome::failure) continue;
      const Blame blame = blame_for(recipient.status, recipient.reason);
      ++blamed[reason == "userunknown" ? "unknown user" : "policy"][std::string(word_for(blame))];
      if (blame != (reason == "userunknown" ? Blame::mailbox : Blame::message)) {
        std::printf("  %s %s %s \"%s\"\n", reason.c_str(), std::string(word_for(blame)).c_str(),
                    recipient.status.c_str(), recipient.reason.c_str());
      }
    }
  }
  for (const auto& [reason, words] : blamed) {
    for (const auto& [word, count] : words) std::printf("%s: %zu blamed on %s\n", reason.c_str(), count, word.c_str());
  }
  EXPECT_EQ(blamed["policy"]["mailbox"], 0U);
  EXPECT_GE(blamed["policy"]["message"], 40U);
  EXPECT_GE(blamed["unknown user"]["mailbox"], 65U);
}

// Nobody wrote down the answer for these: what is found is compared with the fields of the delivery status, or printed.
TEST_F(BounceCorpus, AgreesWithTheStatusFieldsWhereNoAnswerIsKnown) {
  std::size_t files = 0;
  std::size_t silent = 0;
  std::size_t beyond_fields = 0;
  for (const Row& row : rows_of("bounce")) {
    const std::string& kind = row.at("class");
    if ((kind != "bounce" && kind != "bounce?") || row.at("recipients") != "?") continue;
    const std::optional<Report> report = report_on("bounce", row.at("file"));
    ASSERT_TRUE(report) << row.at("file");
    ++files;
    const std::set<std::string> got = failed(*report);
    if (got.empty()) ++silent;
    const std::string fields = to_lower_ascii(row.at("dsn_final_recipient") + "," + row.at("dsn_original_recipient"));
    const bool has_fields = row.at("dsn_final_recipient") != "-";
    for (const std::string& address : got) {
      if (has_fields && fields.find(address) == std::string::npos) ++beyond_fields;
    }
    if (got.empty() || !has_fields) std::printf("  %s: %s\n", row.at("file").c_str(), joined(got).c_str());
  }
  std::printf("bounce without answer: %zu files, %zu name nobody, %zu addresses beyond the fields\n", files, silent,
              beyond_fields);
  EXPECT_EQ(beyond_fields, 0U);
  EXPECT_LT(silent * 10, files);
}

TEST_F(BounceCorpus, CountsNoWarningNoAnswerAndNoComplaint) {
  std::map<std::string, std::size_t> files;
  std::map<std::string, std::size_t> misclassified;
  for (const Row& row : rows_of("bounce")) {
    const std::string& kind = row.at("class");
    if (kind.starts_with("bounce")) continue;
    const std::optional<Report> report = report_on("bounce", row.at("file"));
    ASSERT_TRUE(report) << row.at("file");
    ++files[kind];
    if (failed(*report).empty()) continue;
    // Some are warnings by the name of the file alone, while their own fields say that delivery was given up.
    const bool is_doubtful = row.at("truth") == "DSN fields only" && row.at("dsn_action") == "failed";
    if (!is_doubtful) ++misclassified[kind];
    std::printf("  %s %s %s: %s\n", is_doubtful ? "doubtful" : "MISCLASSIFIED", kind.c_str(), row.at("file").c_str(),
                joined(failed(*report)).c_str());
  }
  for (const auto& [kind, count] : files) {
    std::printf("%s: %zu of %zu taken for failures\n", kind.c_str(), misclassified[kind], count);
    EXPECT_EQ(misclassified[kind], 0U) << kind;
  }
  EXPECT_GT(files["warning"], 10U);
}

// Reports that came to a public list by mistake. Nobody wrote down whom they name; in some the archive has overwritten
// it.
TEST_F(BounceCorpus, NamesSomebodyInMostReportsThatCameToAList) {
  std::size_t files = 0;
  std::size_t named = 0;
  for (const Row& row : rows_of("admin")) {
    if (row.at("class") != "auto" || row.at("subclass") != "bounce") continue;
    const std::optional<Report> report = report_on("admin", row.at("file"));
    ASSERT_TRUE(report) << row.at("file");
    ++files;
    if (!failed(*report).empty()) ++named;
    std::printf("  %s: %s\n", row.at("file").c_str(), joined(failed(*report)).c_str());
  }
  ASSERT_GE(files, 10U);
  EXPECT_GE(named * 100, files * 80);
}

TEST_F(BounceCorpus, SeesNoFailureInOrdinaryListTraffic) {
  for (const char* folder : {"list", "admin"}) {
    std::size_t taken = 0;
    for (const Row& row : rows_of(folder)) {
      if (row.count("subclass") != 0 && row.at("subclass") == "bounce") continue;
      const std::optional<Report> report = report_on(folder, row.at("file"));
      ASSERT_TRUE(report) << row.at("file");
      if (failed(*report).empty()) continue;
      ++taken;
      std::printf("  %s %s: %s\n", folder, row.at("file").c_str(), joined(failed(*report)).c_str());
    }
    EXPECT_EQ(taken, 0U) << folder;
  }
}

}  // namespace
}  // namespace majlis::mail
