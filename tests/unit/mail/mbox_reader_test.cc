#include "mail/mbox_reader.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

#include "base/file.h"
#include "mail/mbox.h"

namespace majlis::mail {
namespace {

constexpr UnixTime kTime = 1'795'478'400;  // 2026-11-24T00:00:00Z

std::string mbox_entry(std::string_view message, std::string_view sender, UnixTime received) {
  std::string entry;
  write_mbox_entry(message, sender, received, [&](std::string_view piece) { entry += piece; });
  return entry;
}

TEST(MboxEntry, QuotesFromAndHasPlainLineEnds) {
  const auto body = [](std::string_view message) {
    const std::string entry = mbox_entry(message, "ann@example.org", kTime);
    EXPECT_EQ(entry.substr(0, entry.find('\n')), "From ann@example.org Tue Nov 24 00:00:00 2026");
    return entry.substr(entry.find('\n') + 1);
  };
  EXPECT_EQ(body(""), "\n");
  EXPECT_EQ(body("a: b\n\nFrom x\n>From y\n>> From z\nfrom\n"), "a: b\n\n>From x\n>>From y\n>> From z\nfrom\n\n");
  EXPECT_EQ(body("a: b\r\n\r\nFrom x\r\ny\r\n"), "a: b\n\n>From x\ny\n\n");
  EXPECT_EQ(body("a: b\n\r\nc\nFrom x"), "a: b\n\nc\n>From x\n\n");
  EXPECT_EQ(body("a: b\n\nc\r"), "a: b\n\nc\n\n");
  EXPECT_EQ(body("a\rb\n\r\r\n"), "a\rb\n\r\n\n");
  EXPECT_EQ(mbox_entry("a: b\n", "", kTime).substr(0, 19), "From MAILER-DAEMON ");
}

class MboxFile : public ::testing::Test {
 protected:
  MboxFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "majlis-mbox-XXXXXX").string();
    fd_ = UniqueFd(mkstemp(pattern.data()));
    path_ = pattern;
  }
  ~MboxFile() override { std::filesystem::remove(path_); }

  std::vector<MboxEntry> read(const std::string& bytes, std::size_t window, std::uint64_t begin = 0) {
    EXPECT_EQ(ftruncate(fd_.get(), 0), 0);
    EXPECT_TRUE(write_all_at(fd_.get(), bytes, 0, path_).ok());
    MboxReader reader(fd_.get(), path_, begin, bytes.size(), window);
    std::vector<MboxEntry> entries;
    for (;;) {
      Result<std::optional<MboxEntry>> entry = reader.next();
      EXPECT_TRUE(entry.ok());
      if (!entry || !*entry) return entries;
      entries.push_back(std::move(**entry));
    }
  }

  UniqueFd fd_;
  std::string path_;
};

TEST_F(MboxFile, IsReadEntryByEntryWhateverTheWindow) {
  const std::string first = mbox_entry("Subject: a\n\nFrom here\n\n\nFrom there\n", "ann@example.org", kTime);
  const std::string second = mbox_entry("Subject: b\n\n" + std::string(300, 'x') + "\n", "", kTime + 61);
  const std::string third = mbox_entry("Subject: c\n\n", "c@example.org", kTime);
  for (std::size_t window = 1; window < 400; ++window) {
    const auto entries = read(first + second + third, window);
    ASSERT_EQ(entries.size(), 3U) << window;
    EXPECT_EQ(entries[0].head, first) << window;
    EXPECT_EQ(entries[1].head, second) << window;
    EXPECT_EQ(entries[2].head, third) << window;
    EXPECT_EQ(entries[1].offset, first.size());
    EXPECT_EQ(entries[1].octets, second.size());
    EXPECT_EQ(entries[2].offset, first.size() + second.size());
    EXPECT_TRUE(entries[2].is_entry());
  }
}

TEST_F(MboxFile, OfALargePostOnlyTheBeginningIsKept) {
  const std::string large = mbox_entry("Subject: a\n\n" + std::string(200'000, '\n'), "", kTime);
  const auto entries = read(large + large, 10'000);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(entries[0].octets, large.size());
  EXPECT_EQ(entries[0].head, large.substr(0, kMaxMboxHeadOctets));
  EXPECT_EQ(entries[1].head, entries[0].head);
}

TEST_F(MboxFile, WhatIsNoEntryReachesToTheNextOne) {
  const std::string entry = mbox_entry("Subject: a\n\n", "", kTime);
  const auto entries = read("something else\n" + entry, 100);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_FALSE(entries[0].is_entry());
  EXPECT_EQ(entries[0].octets, 15U);
  EXPECT_TRUE(entries[1].is_entry());
}

TEST_F(MboxFile, ThatEndsTooSoonIsDamaged) {
  MboxReader reader(fd_.get(), path_, 0, 10);
  const auto entry = reader.next();
  ASSERT_FALSE(entry.ok());
  EXPECT_EQ(entry.error().kind, ErrorKind::damaged);
}

TEST(Mbox, TellsWhenAnEntryWasReceived) {
  EXPECT_EQ(received_time_of(mbox_entry("", "ann@example.org", kTime)), "2026-11-24T00:00:00Z");
  EXPECT_EQ(received_time_of(mbox_entry("", "", kTime - 1)), "2026-11-23T23:59:59Z");
  EXPECT_EQ(received_time_of("From ann@example.org\n"), "");
  EXPECT_EQ(received_time_of("From a Tue Nov x4 00:00:00 2026\n"), "");
  EXPECT_EQ(received_time_of("From a Tue arA 24 00:00:00 2026\n"), "");
  EXPECT_EQ(received_time_of(""), "");
}

}  // namespace
}  // namespace majlis::mail
