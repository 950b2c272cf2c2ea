#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include <gtest/gtest.h>

#include "base/file.h"
#include "base/text.h"
#include "mail/message.h"
#include "mail/scan/structure.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxFileBytes = 64UL << 20U;

// The rows of a folder's expected.tsv as maps from column name to value.
std::vector<std::map<std::string, std::string>> rows_of(const std::string& folder) {
  std::ifstream file(std::string(MAJLIS_CORPUS_DIR) + "/" + folder + "/expected.tsv");
  std::vector<std::map<std::string, std::string>> rows;
  std::vector<std::string> columns;
  for (std::string line; std::getline(file, line);) {
    const auto cells = split_at(line, '\t');
    if (columns.empty()) {
      columns.assign(cells.begin(), cells.end());
      continue;
    }
    std::map<std::string, std::string>& row = rows.emplace_back();
    for (std::size_t i = 0; i < std::min(cells.size(), columns.size()); ++i) row[columns[i]] = std::string(cells[i]);
  }
  return rows;
}

std::optional<Message> message_of(const std::string& folder, const std::string& file) {
  Result<std::string> bytes = read_file(std::string(MAJLIS_CORPUS_DIR) + "/" + folder + "/" + file, kMaxFileBytes);
  if (!bytes) return std::nullopt;
  return Message::open(std::move(*bytes));
}

struct Share {
  double ambiguous = 0;
  double agreeing_with_mimetic = 0;
  std::size_t files = 0;
};

// Prints what was noted, because the figures are what one looks at when a rule changes.
Share share_of(const std::string& folder) {
  std::map<std::string, int> words;
  std::size_t ambiguous = 0;
  std::size_t agreeing = 0;
  Share share;
  for (auto& row : rows_of(folder)) {
    const std::optional<Message> message = message_of(folder, row["file"]);
    if (!message) continue;
    ++share.files;
    if (message->scan().is_ambiguous()) ++ambiguous;
    for (const Ambiguity which : message->scan().ambiguities) ++words[word_for(which)];
    const Result<Structure> structure = compare_with_mimetic(message->bytes(), message->scan());
    if (structure && structure->opinion == Opinion::agrees) ++agreeing;
  }
  const auto percent = [&](std::size_t count) {
    return share.files == 0 ? 0.0 : 100.0 * static_cast<double>(count) / static_cast<double>(share.files);
  };
  share.ambiguous = percent(ambiguous);
  share.agreeing_with_mimetic = percent(agreeing);
  std::printf("%s: %zu messages, %.1f %% ambiguous, %.1f %% agree with mimetic\n", folder.c_str(), share.files,
              share.ambiguous, share.agreeing_with_mimetic);
  for (const auto& [word, count] : words) std::printf("  %5d %s\n", count, word.c_str());
  return share;
}

class ScanCorpus : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(MAJLIS_CORPUS_DIR)) GTEST_SKIP() << "no test corpus at " << MAJLIS_CORPUS_DIR;
  }
};

TEST_F(ScanCorpus, FindsNothingToHoldInOrdinaryListTraffic) {
  const Share list = share_of("list");
  ASSERT_GT(list.files, 250U);
  EXPECT_LT(list.ambiguous, 1.0);
  EXPECT_GT(list.agreeing_with_mimetic, 99.0);
}

TEST_F(ScanCorpus, FindsLittleToHoldInPostsOfOtherFolders) {
  const Share admin = share_of("admin");
  ASSERT_GT(admin.files, 250U);
  EXPECT_LT(admin.ambiguous, 1.0);
  EXPECT_GT(admin.agreeing_with_mimetic, 98.0);
  // Many of these were made with a field repeated on purpose.
  const Share dkim = share_of("dkim");
  ASSERT_GT(dkim.files, 150U);
  EXPECT_LT(dkim.ambiguous, 25.0);
  EXPECT_GT(dkim.agreeing_with_mimetic, 98.0);
  EXPECT_GT(share_of("mime").agreeing_with_mimetic, 85.0);
}

// The leaves as Python's parser counts them: a message/delivery-status is a list of header blocks to it.
std::string leaf_types(const Scan& scan) {
  std::vector<bool> has_child(scan.parts.size());
  for (const Part& part : scan.parts) {
    if (part.parent >= 0) has_child[static_cast<std::size_t>(part.parent)] = true;
  }
  std::string types;
  for (std::size_t i = 0; i < scan.parts.size(); ++i) {
    if (!has_child[i]) types += (types.empty() ? "" : ",") + scan.parts[i].type;
  }
  return types;
}

TEST_F(ScanCorpus, SeesTheLeavesThatPythonSees) {
  std::size_t compared = 0;
  std::size_t equal = 0;
  for (auto& row : rows_of("mime")) {
    const std::string expected = row["ref_leaf_types"];
    if (expected.empty() || expected == "?" || expected == "-") continue;
    const std::optional<Message> message = message_of("mime", row["file"]);
    if (!message || leaf_types(message->scan()).find("message/delivery-status") != std::string::npos) continue;
    ++compared;
    if (leaf_types(message->scan()) == expected) {
      ++equal;
    } else if (std::getenv("MAJLIS_SHOW_DIFFERENCES") != nullptr) {
      std::printf("%s\n  python %s\n  scan   %s\n", row["file"].c_str(), expected.c_str(),
                  leaf_types(message->scan()).c_str());
    }
  }
  std::printf("mime: leaves equal in %zu of %zu messages\n", equal, compared);
  ASSERT_GT(compared, 400U);
  EXPECT_GT(equal * 100, compared * 90);
}

}  // namespace
}  // namespace majlis::mail
