#include "spool/queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <fstream>
#include <functional>

#include "spool/agenda.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

using testing::HasSubstr;

constexpr UnixTime kDue = 5000;

// Jobs 1 to 3 wait in later/.
class QueueWithADamagedJob : public testing::Test {
 protected:
  QueueWithADamagedJob() {
    for (unsigned number = 1; number <= 3; ++number) {
      const Job job = SpoolSite::job(number, SpoolSite::people(4));
      site_.post(job);
      std::filesystem::rename(site_.root() + "/spool/new/" + job.id, path(number));
    }
  }

  std::string path(unsigned number) const {
    return site_.root() + "/spool/later/" + later_name(kDue, SpoolSite::job(number, {}).id);
  }

  QueueEntry entry(unsigned number) const { return list_queue(site_.spool()).value().at(number - 1); }

  void write(unsigned number, const std::string& bytes) const { std::ofstream(path(number)) << bytes; }
  std::string read(unsigned number) const { return read_file(path(number), 10'000).value(); }

  SpoolSite site_;
};

TEST_F(QueueWithADamagedJob, TellsWhichAndWhyWhateverTheDamage) {
  EXPECT_TRUE(find_damage(site_.spool()).value().empty());
  const std::string whole = read(2);
  std::string other = whole;
  other[whole.find("soup")] = 'S';
  const std::vector<std::pair<std::function<void()>, std::string>> damages = {
      {[&] { write(2, other); }, "checksum"},
      {[&] { write(2, whole.substr(0, whole.size() - 1)); }, "shorter than its head"},
      {[&] { write(2, ""); }, "no job of version 1"},
      {[&] { write(2, whole + "00000000 claim\n00000000 claim\n" + whole.substr(0, 9)); }, ""},
      {[&] { std::filesystem::create_directory(path(2)); }, "not a regular file"},
      {[&] { mkfifo(path(2).c_str(), 0600); }, "not a regular file"},
      {[&] { std::filesystem::create_symlink(path(1), path(2)); }, "not a regular file"},
      {[&] { std::filesystem::create_hard_link(path(3), site_.root() + "/other"), write(2, whole); }, "one name"},
  };
  for (const auto& [damage, why] : damages) {
    std::filesystem::remove(path(2));
    damage();
    const std::vector<Damage> found = find_damage(site_.spool()).value();
    if (why.empty()) {
      EXPECT_TRUE(found.empty()) << "a torn tail is no damage";
      continue;
    }
    ASSERT_EQ(found.size(), 1U) << why;
    EXPECT_THAT(found[0].why, HasSubstr(why));
    const Result<std::optional<JobView>> view = view_job(site_.spool(), found[0].entry);
    EXPECT_TRUE(is_damaged(view));
  }
}

TEST_F(QueueWithADamagedJob, CancelsItLikeAnyOther) {
  write(2, "not a job\n");
  ASSERT_EQ(cancel_job(site_.spool(), entry(2), "why it went").value(), Change::done);
  EXPECT_FALSE(path_exists(path(2)));
  const std::vector<QueueEntry> bad = list_bad(site_.spool()).value();
  ASSERT_EQ(bad.size(), 1U);
  EXPECT_EQ(bad[0].job_id, SpoolSite::job(2, {}).id);
  EXPECT_EQ(why_bad(site_.spool(), bad[0]), "why it went");
  EXPECT_EQ(list_queue(site_.spool()).value().size(), 2U);
}

TEST_F(QueueWithADamagedJob, LeavesARunWhatItIsAtWorkOn) {
  write(2, "not a job\n");
  const Result<UniqueFd> fd = open_file(path(2), O_RDONLY);
  ASSERT_EQ(flock(fd->get(), LOCK_EX), 0);
  EXPECT_EQ(cancel_job(site_.spool(), entry(2), "why").value(), Change::busy);
  EXPECT_TRUE(path_exists(path(2)));
}

TEST_F(QueueWithADamagedJob, DoesNotRetryIt) {
  write(2, "not a job\n");
  const Result<Change> change = retry_job(site_.spool(), entry(2), kDue);
  ASSERT_FALSE(change.ok());
  EXPECT_EQ(change.error().kind, ErrorKind::damaged);
  EXPECT_TRUE(path_exists(path(2)));
}

}  // namespace
}  // namespace majlis::spool
