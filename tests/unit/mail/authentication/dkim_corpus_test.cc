// The verifier against the messages of other verifiers' tests. None passes that they refuse; where ours alone refuses,
// its reason is one of those by which it is stricter.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>
#include <map>

#include "base/file.h"
#include "base/text.h"
#include "mail/authentication/dkim.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxFileOctets = 4 << 20;

std::string load(const std::string& name) {
  const Result<std::string> file = read_file(std::string(MAJLIS_CORPUS_DIR) + "/dkim/" + name, kMaxFileOctets);
  return file ? *file : std::string();
}

std::map<std::string, std::string> keys() {
  std::map<std::string, std::string> keys;
  const std::string table = load("keys.tsv");
  std::string_view rest = table;
  while (const auto line = next_line(rest)) {
    const std::size_t tab = line->find('\t');
    if (tab != std::string_view::npos) keys[to_lower_ascii(line->substr(0, tab))] = line->substr(tab + 1);
  }
  return keys;
}

// What counts as unsigned with us, and what others no longer find a key for.
constexpr std::array kStricter = {DkimFault::other_algorithm, DkimFault::malformed, DkimFault::no_key,
                                  DkimFault::length_limit,    DkimFault::testing,   DkimFault::short_key};

bool is_pass(std::string_view word) { return word == "pass" || word == "SUCCESS" || word == "R_DKIM_ALLOW"; }

struct Row {
  std::string file;
  std::string upstream;
  std::string independent;
};

std::vector<Row> rows() {
  std::vector<Row> rows;
  const std::string table = load("expected.tsv");
  std::string_view rest = table;
  while (const auto line = next_line(rest)) {
    const std::vector<std::string_view> columns = split_at(*line, '\t');
    if (columns.size() < 7 || columns[2] != "dkim") continue;
    rows.push_back({std::string(columns[0]), std::string(columns[3]), std::string(columns[6])});
  }
  return rows;
}

TEST(DkimCorpus, NothingPassesThatOthersRefuse) {
  if (!std::filesystem::exists(MAJLIS_CORPUS_DIR)) GTEST_SKIP() << "no test corpus at " << MAJLIS_CORPUS_DIR;
  const std::map<std::string, std::string> all = keys();
  const KeyLookup lookup = [&](const std::string& name) {
    const auto found = all.find(name);
    return found == all.end() ? KeyAnswer{KeyAnswer::Kind::none, {}}
                              : KeyAnswer{KeyAnswer::Kind::found, {found->second}};
  };
  int total = 0;
  int passed = 0;
  for (const Row& row : rows()) {
    const std::vector<DkimResult> results = verify_dkim(Message::open(load(row.file)), 0, lookup);
    const auto right =
        std::count_if(results.begin(), results.end(), [](const DkimResult& each) { return each.passed(); });
    ++total;
    passed += right > 0 ? 1 : 0;
    const bool others_pass =
        row.upstream == "?" ? row.independent.find("pass") != std::string::npos : is_pass(row.upstream);
    EXPECT_TRUE(right == 0 || others_pass) << row.file;
    if (!others_pass || right > 0) continue;
    for (const DkimResult& result : results) {
      EXPECT_NE(std::find(kStricter.begin(), kStricter.end(), result.fault), kStricter.end())
          << row.file << ": " << word_for(result.fault);
    }
  }
  std::cout << total << " messages, " << passed << " pass\n";
  EXPECT_GE(total, 90);
  EXPECT_GE(passed, 15);
}

}  // namespace
}  // namespace majlis::mail
