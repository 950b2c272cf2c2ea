// Real list mail: what asks to join or leave is to be found, what talks about it, and everything else, is to pass.
#include <gtest/gtest.h>

#include <filesystem>
#include <iostream>

#include "base/file.h"
#include "base/text.h"
#include "lists/posts/reading/admin_request.h"
#include "lists/posts/reading/approved.h"
#include "lists/posts/reading/owner_command.h"
#include "mail/message.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxFileOctets = 16'000'000;
constexpr std::size_t kPostsPerFalseAlarm = 200;

struct Tally {
  std::size_t posts = 0;
  std::size_t found = 0;
  std::vector<std::string> files;  // those found, or those missed, as the caller wants
};

// The r-lists archive writes addresses as "ann at example.com".
std::string with_addresses(std::string bytes, const std::string& path) {
  if (path.find("/r-lists/") == std::string::npos) return bytes;
  for (std::size_t at = bytes.find(" at "); at != std::string::npos; at = bytes.find(" at ", at + 1)) {
    const std::string_view next = std::string_view(bytes).substr(at + 4);
    if (next.substr(0, next.find_first_of(" \n")).find('.') != std::string_view::npos) bytes.replace(at, 4, "@");
  }
  return bytes;
}

// What the rules of administrivia and of secrets stop.
bool is_found(const std::string& path) {
  const Result<std::string> bytes = read_file(path, kMaxFileOctets);
  EXPECT_TRUE(bytes.ok()) << path;
  if (!bytes) return false;
  const mail::Message message = mail::Message::open(with_addresses(*bytes, path));
  return find_admin_request(message, "cooks") != AdminRequest::none || begins_with_owner_command(message, "cooks") ||
         has_approved_line(message);
}

class AdminRequestCorpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!path_exists(corpus_ + "/admin/expected.tsv")) GTEST_SKIP() << "no test corpus at " << corpus_;
  }
  // Files of admin/ with this class; kept are those that are found (or not) as `kept` says.
  Tally of_class(std::string_view wanted, bool kept) {
    Tally tally;
    const Result<std::string> table = read_file(corpus_ + "/admin/expected.tsv", kMaxFileOctets);
    std::string_view rest = *table;
    while (const auto line = next_line(rest)) {
      const std::vector<std::string_view> columns = split_at(*line, '\t');
      if (columns.size() < 3 || columns[2] != wanted) continue;
      count(corpus_ + "/admin/" + std::string(columns[0]), kept, tally);
    }
    return tally;
  }
  Tally of_list_posts() {
    Tally tally;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus_ + "/list")) {
      if (entry.is_regular_file() && entry.path().extension() != ".tsv") count(entry.path(), true, tally);
    }
    return tally;
  }
  static void count(const std::string& path, bool kept, Tally& tally) {
    const bool found = is_found(path);
    ++tally.posts;
    if (found) ++tally.found;
    if (found == kept) tally.files.push_back(path.substr(path.find("/corpus/") + 8));
  }
  static void tell(const char* what, const Tally& tally) {
    std::cout << what << ": " << tally.found << " of " << tally.posts << " held\n";
    for (const std::string& file : tally.files) std::cout << "  " << file << '\n';
  }
  std::string corpus_ = MAJLIS_CORPUS_DIR;
};

TEST_F(AdminRequestCorpus, OrdinaryPostsPass) {
  const Tally posts = of_list_posts();
  tell("false alarms, ordinary posts", posts);
  ASSERT_GT(posts.posts, 200U);
  EXPECT_LT(posts.found * kPostsPerFalseAlarm, posts.posts);
}

TEST_F(AdminRequestCorpus, PostsThatOnlyTalkAboutItPass) {
  const Tally posts = of_class("discussion", true);
  tell("false alarms, posts that mention the words", posts);
  ASSERT_GT(posts.posts, 100U);
  EXPECT_LE(posts.found * 20, posts.posts) << "these are the hard ones, yet one in twenty is the limit";
}

TEST_F(AdminRequestCorpus, MostRequestsAreFound) {
  const Tally requests = of_class("request", false);
  tell("requests (listed: missed)", requests);
  ASSERT_GT(requests.posts, 20U);
  EXPECT_GE(requests.found * 4, requests.posts * 3);
}

}  // namespace
}  // namespace majlis::lists
