// A job file that is cut at every length, and one in which every octet is changed: what is read is what the records
// before the damage say, nothing else; or the file is damaged and says why.

#include <fcntl.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <map>
#include <set>

#include "base/checksum.h"
#include "base/text.h"
#include "spool/job/job_file.h"
#include "spool/job/job_head.h"
#include "spool/job/progress.h"
#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kPeople = 12;

// Whole job files, and what each beginning of whole records means.
struct Specimen {
  std::string name;
  std::string octets;
  std::size_t head_octets = 0;
  std::vector<std::size_t> ends;  // of the head and of every record
};

DeliveryOutcome of(DeliveryOutcome::Kind kind) {
  const bool has_answer = kind == DeliveryOutcome::Kind::deferred || kind == DeliveryOutcome::Kind::failed;
  return {kind, has_answer ? DeliveryStatus{"4.2.2", "452 mailbox 50% full"} : DeliveryStatus{}};
}

class Writer {
 public:
  Writer(std::string name, const Job& job) : specimen_{std::move(name), encode_job(job), 0, {}} {
    const JobHead head = parse_job_head(specimen_.octets).value();
    specimen_.head_octets = head.size;
    specimen_.ends.push_back(head.size);
    progress.emplace(head.checksum, head.job.recipients, head.job.roster.has_value());
  }
  void add(std::string_view records) {
    while (const std::optional<std::string_view> line = next_line(records)) {
      specimen_.octets += std::string(*line) + "\n";
      specimen_.ends.push_back(specimen_.octets.size());
    }
  }
  // Two transactions, answered by each kind of answer; a third that was not answered; and the end of the run.
  void add_run(UnixTime now) {
    add(progress->record_claim());
    for (int i = 0; i < 2; ++i) {
      const std::vector<Target> targets = progress->take(4);
      add(progress->record_try(targets,
                               std::vector<DeliveryOutcome>(targets.size(), of(DeliveryOutcome::Kind::accepted))));
      std::vector<DeliveryOutcome> outcomes = {of(DeliveryOutcome::Kind::delivered),
                                               of(DeliveryOutcome::Kind::deferred), of(DeliveryOutcome::Kind::failed),
                                               of(DeliveryOutcome::Kind::delivered)};
      outcomes.resize(targets.size());
      add(progress->record_outcomes(targets, outcomes, now));
      if (i == 0) add(progress->record_told());
    }
    const std::vector<Target> last = progress->take(2);
    add(progress->record_try(last, std::vector<DeliveryOutcome>(last.size(), of(DeliveryOutcome::Kind::accepted))));
  }
  // All that is there was synced, and the record behind it says so.
  Specimen end_synced() {
    add(progress->record_synced(specimen_.octets.size() - specimen_.head_octets));
    return specimen_;
  }
  Specimen end() { return specimen_; }
  std::optional<Progress> progress;

 private:
  Specimen specimen_;
};

Specimen explicit_job() {
  Writer writer("recipients", SpoolSite::job(1, SpoolSite::people(kPeople)));
  writer.add_run(1000);
  writer.add(writer.progress->record_due(1500, 1, {"4.4.1", "no relay"}));
  writer.add(writer.progress->record_retry());
  writer.progress->requeue_deferred();
  writer.add_run(2000);
  return writer.end_synced();
}

Specimen roster_job() {
  Writer writer("roster", SpoolSite::roster_job(1));
  const std::vector<std::string> all = SpoolSite::people(kPeople);
  writer.add(writer.progress->record_page({all.begin(), all.begin() + 8}, "eight"));
  writer.add_run(1000);
  writer.add(writer.progress->record_page({all.begin() + 8, all.end()}, ""));
  writer.progress->requeue_deferred();
  writer.add_run(2000);
  return writer.end();
}

Specimen personal_job() {
  Writer writer("points", SpoolSite::personal_job(1));
  const std::vector<std::string> all = SpoolSite::people(kPeople);
  writer.add(writer.progress->record_page(all, ""));
  writer.add_run(1000);
  return writer.end();
}

// Pages that go out whole, one that is left behind and read again, and one that is not.
Specimen roster_of_spans() {
  Writer writer("spans", SpoolSite::roster_job(1));
  const std::vector<std::string> all = SpoolSite::people(kPeople);
  writer.add(writer.progress->record_page({all.begin(), all.begin() + 4}, "four"));
  writer.add(writer.progress->record_page({all.begin() + 4, all.begin() + 8}, "eight"));
  for (int i = 0; i < 2; ++i) {
    const std::vector<Target> targets = writer.progress->take(4);
    writer.add(
        writer.progress->record_try(targets, std::vector<DeliveryOutcome>(4, of(DeliveryOutcome::Kind::accepted))));
    if (i == 0) {
      writer.add(writer.progress->record_outcomes(
          targets, std::vector<DeliveryOutcome>(4, of(DeliveryOutcome::Kind::delivered)), 1000));
    }
  }
  const std::string so_far = writer.end().octets;
  writer.progress.emplace(parse_job_head(so_far)->checksum, std::vector<std::string>(), true);
  EXPECT_TRUE(writer.progress->read(std::string_view(so_far).substr(writer.end().head_octets)).ok());
  writer.add(writer.progress->record_page({all.begin() + 4, all.begin() + 6}, "six"));
  writer.add(writer.progress->record_page({all.begin() + 6, all.begin() + 8}, ""));
  writer.add(writer.progress->record_page({all.begin() + 8, all.end()}, ""));
  return writer.end();
}

// As a rewrite leaves it: fail, total, pages without a cursor.
Specimen compacted(Specimen whole, const Job& job) {
  Writer writer(whole.name + ", rewritten", job);
  EXPECT_TRUE(writer.progress->read(std::string_view(whole.octets).substr(whole.head_octets)).ok());
  writer.add(writer.progress->compacted());
  writer.add_run(3000);
  return writer.end();
}

std::vector<Specimen> specimens() {
  return {explicit_job(),
          roster_job(),
          roster_of_spans(),
          compacted(roster_of_spans(), SpoolSite::roster_job(1)),
          compacted(explicit_job(), SpoolSite::job(1, SpoolSite::people(kPeople))),
          compacted(roster_job(), SpoolSite::roster_job(1)),
          personal_job()};
}

// All that decides whom a later run writes to, and what it tells.
struct State {
  std::multiset<std::string> left;
  std::multiset<std::string> untold;
  std::string cursor;
  bool may_have_more = false;
  std::uint64_t delivered = 0;
  std::uint64_t failed = 0;
  bool operator==(const State&) const = default;
};

State state_of(const Progress& progress) {
  State state;
  progress.visit_unsettled([&](const Recipient& recipient) { state.left.insert(recipient.address); });
  for (const Progress::Loss& loss : progress.untold()) state.untold.insert(loss.address);
  state.cursor = progress.next_place().behind;
  state.may_have_more = progress.may_have_more();
  state.delivered = progress.delivered();
  state.failed = progress.failed();
  return state;
}

State state_of(const Specimen& specimen, std::size_t octets) {
  const JobHead head = parse_job_head(specimen.octets).value();
  Progress progress(head.checksum, head.job.recipients, head.job.roster.has_value());
  const std::size_t records = octets - specimen.head_octets;
  const Result<std::size_t> valid =
      progress.read(std::string_view(specimen.octets).substr(specimen.head_octets, records));
  EXPECT_TRUE(valid.ok());
  EXPECT_EQ(*valid, records);
  return state_of(progress);
}

// The end of the last whole record in front of `octet`.
std::size_t whole_before(const Specimen& specimen, std::size_t octet) {
  std::size_t end = 0;
  for (const std::size_t each : specimen.ends) {
    if (each <= octet) end = each;
  }
  return end;
}

class JobDamage : public testing::Test {
 protected:
  // What a run would find in a file with these octets; nullopt: set aside, `why_` says why.
  std::optional<State> claim(const std::string& octets) {
    const std::string directory = site_.root() + "/spool/new";
    const std::string name = SpoolSite::job(1, {}).id;
    EXPECT_TRUE(replace_quickly(directory + "/" + name, octets));
    Result<std::optional<JobFile>> file = JobFile::claim(directory, name);
    if (!file) {
      EXPECT_EQ(file.error().kind, ErrorKind::damaged);
      EXPECT_FALSE(file.error().what.empty());
      return std::nullopt;
    }
    EXPECT_TRUE(file->has_value());
    return state_of((*file)->progress());
  }

  // The same without a file.
  static std::optional<State> read_back(const std::string& octets) {
    const Result<JobHead> head = parse_job_head(octets);
    if (!head) return std::nullopt;
    Progress progress(head->checksum, head->job.recipients, head->job.roster.has_value());
    const Result<std::size_t> valid = progress.read(std::string_view(octets).substr(head->size));
    if (valid) return state_of(progress);
    EXPECT_EQ(valid.error().kind, ErrorKind::damaged);
    return std::nullopt;
  }

  static bool replace_quickly(const std::string& path, const std::string& octets) {
    const Result<UniqueFd> fd = open_file(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    return fd.ok() && write_all(fd->get(), octets, path).ok();
  }

  SpoolSite site_;
};

TEST_F(JobDamage, AFileThatIsCutAnywhereGoesOnFromItsLastWholeRecord) {
  for (const Specimen& specimen : specimens()) {
    std::map<std::size_t, State> states;
    for (const std::size_t end : specimen.ends) states.emplace(end, state_of(specimen, end));
    for (std::size_t size = 0; size <= specimen.octets.size(); ++size) {
      const std::string cut = specimen.octets.substr(0, size);
      const std::optional<State> found = size % 4 == 0 ? claim(cut) : read_back(cut);
      const bool has_head = size >= specimen.head_octets;
      ASSERT_EQ(found.has_value(), has_head) << specimen.name << " cut to " << size;
      if (has_head) {
        ASSERT_EQ(*found, states.at(whole_before(specimen, size))) << specimen.name << " cut to " << size;
      }
    }
  }
}

TEST_F(JobDamage, AFileWithAnOctetChangedGoesOnFromTheRecordBefore) {
  for (const Specimen& specimen : specimens()) {
    std::map<std::size_t, State> states;
    for (const std::size_t end : specimen.ends) states.emplace(end, state_of(specimen, end));
    const bool is_synced = specimen.octets.find(" synced ") != std::string::npos;
    // From the line end in front of the last record on.
    const std::size_t tail = specimen.ends[specimen.ends.size() - 2] - 1;
    for (std::size_t at = 0; at < specimen.octets.size(); ++at) {
      for (const char bits : {'\x01', '\x20', '\x80', '\xFF'}) {
        std::string changed = specimen.octets;
        changed[at] = static_cast<char>(changed[at] ^ bits);
        const std::optional<State> found = read_back(changed);
        // What was on the disk before a later record was written is not spoilt by a power cut, nor is the head.
        const bool is_set_aside = is_synced ? at < tail : at < specimen.head_octets;
        ASSERT_EQ(found.has_value(), !is_set_aside) << specimen.name << " changed at " << at;
        if (found) {
          ASSERT_EQ(*found, states.at(whole_before(specimen, at))) << specimen.name << " changed at " << at;
        }
      }
    }
  }
}

// What was not synced reaches the disk in any order: a sector of the records may be as it was, and later ones not.
TEST_F(JobDamage, SectorsThatWereNotWrittenAreATornTailFromTheFirstOn) {
  for (const Specimen& specimen : specimens()) {
    if (specimen.octets.find(" synced ") != std::string::npos) continue;
    for (std::size_t at = specimen.head_octets; at < specimen.octets.size(); ++at) {
      std::string changed = specimen.octets;
      std::fill_n(changed.begin() + static_cast<std::ptrdiff_t>(at), std::min<std::size_t>(40, changed.size() - at),
                  '\0');
      const std::optional<State> found = read_back(changed);
      ASSERT_TRUE(found.has_value()) << specimen.name << " zeros at " << at;
      ASSERT_EQ(*found, state_of(specimen, whole_before(specimen, at))) << specimen.name << " zeros at " << at;
    }
  }
}

TEST_F(JobDamage, WhatIsCutOffDoesNotComeBackBehindNewRecords) {
  const Specimen specimen = roster_job();
  std::string torn = specimen.octets;
  torn[specimen.ends[1]] = '\0';
  ASSERT_TRUE(claim(torn).has_value());
  const std::string path = site_.root() + "/spool/new/" + SpoolSite::job(1, {}).id;
  const std::string left = read_file(path, torn.size()).value();
  EXPECT_EQ(left.substr(0, specimen.ends[1]), torn.substr(0, specimen.ends[1]));
  EXPECT_TRUE(left.ends_with(" claim\n"));
  EXPECT_LT(left.size(), specimen.ends[1] + 20);
}

TEST_F(JobDamage, RetryRevivesWhatIsIntactAndRepeatsTheRest) {
  const Specimen specimen = explicit_job();
  for (std::size_t record = 1; record + 1 < specimen.ends.size(); ++record) {
    std::string changed = specimen.octets;
    changed[specimen.ends[record] - 2] ^= '\x01';
    ASSERT_FALSE(claim(changed).has_value());
    const std::string directory = site_.root() + "/spool/new";
    Result<std::optional<JobFile>> file = JobFile::claim(directory, SpoolSite::job(1, {}).id, Reading::salvage);
    ASSERT_TRUE(file.ok() && file->has_value()) << file.error().what;
    const State whole = state_of(specimen, specimen.octets.size());
    const State found = state_of((*file)->progress());
    EXPECT_TRUE(std::includes(found.left.begin(), found.left.end(), whole.left.begin(), whole.left.end()));
    EXPECT_LE(found.left.size(), whole.left.size() + 4);  // one transaction's
    file = std::optional<JobFile>();
    EXPECT_EQ(claim(read_file(directory + "/" + SpoolSite::job(1, {}).id, 1 << 20).value()),
              found);  // it is whole again
  }
}

// Zeros are what a power cut leaves of room that was written ahead.
TEST_F(JobDamage, ZerosFromAnyPlaceOnAreATornTail) {
  for (const Specimen& specimen : specimens()) {
    for (std::size_t at = specimen.head_octets; at < specimen.octets.size(); ++at) {
      std::string changed = specimen.octets;
      std::fill(changed.begin() + static_cast<std::ptrdiff_t>(at), changed.end(), '\0');
      const std::optional<State> found = read_back(changed);
      ASSERT_TRUE(found.has_value()) << specimen.name << " zeros from " << at;
      ASSERT_EQ(*found, state_of(specimen, whole_before(specimen, at))) << specimen.name << " zeros from " << at;
    }
  }
}

TEST(Job, RecordsOfTheFirstVersionAreStillRead) {
  const JobHead head = parse_job_head(encode_job(SpoolSite::job(1, {"a@x", "b@x"}))).value();
  Progress old(head.checksum, head.job.recipients, false);
  const std::vector<Target> targets = old.take(1);
  std::string record = old.record_outcomes(targets, {of(DeliveryOutcome::Kind::deferred)}, 1000);
  EXPECT_NE(record.find(" 1 1000\n"), std::string::npos);
  // The same without attempts and time.
  const std::string text = record.substr(9, record.rfind(" 1 1000\n") - 9);
  std::array<char, 200> line{};
  std::snprintf(line.data(), line.size(), "%08x %s\n", crc32c(text, head.checksum), text.c_str());
  Progress again(head.checksum, head.job.recipients, false);
  ASSERT_TRUE(again.read(line.data()).ok());
  EXPECT_EQ(again.unsettled(), 2U);
  again.visit_unsettled([](const Recipient& recipient) {
    if (recipient.address != "a@x") return;
    ASSERT_TRUE(recipient.last != nullptr);
    EXPECT_EQ(recipient.last->answer.text, "452 mailbox 50% full");
    EXPECT_EQ(recipient.last->attempts, 0U);
  });
}

}  // namespace
}  // namespace majlis::spool
