#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/log.h"
#include "spool/flusher.h"
#include "spool/job/job_head.h"
#include "spool/job/staged_name.h"
#include "spool/job/staging.h"
#include "spool/spool.h"
#include "spool/transport/relay.h"

namespace majlis::spool {

// A spool in a scratch folder, a roster that is counted out, and a clock that stands still.
class SpoolSite {
 public:
  SpoolSite() {
    std::string name = "/tmp/majlis-spool-test-XXXXXX";
    root_ = mkdtemp(name.data());
    open_log("spool_tests", root_ + "/log");
    EXPECT_TRUE(Spool::create(root_ + "/spool").ok());
    options_.helo_name = "client.example";
    options_.timeouts.greeting = options_.timeouts.command = options_.timeouts.data = options_.timeouts.dot =
        options_.timeouts.block = std::chrono::milliseconds(20'000);
    options_.relay = Relay::parse("maildir:" + mail()).value();
  }
  ~SpoolSite() { std::filesystem::remove_all(root_); }
  SpoolSite(const SpoolSite&) = delete;
  SpoolSite& operator=(const SpoolSite&) = delete;

  const std::string& root() const { return root_; }
  std::string mail() const { return root_ + "/mail"; }
  Spool spool() const { return Spool(root_ + "/spool"); }
  FlushOptions& options() { return options_; }
  const FlushOptions& options() const { return options_; }
  UnixTime& now() { return now_; }
  std::size_t& members() { return members_; }
  void use_smtp(const std::string& port) { options_.relay = Relay::parse("smtp://127.0.0.1:" + port).value(); }
  void use_lmtp(const std::string& port) { options_.relay = Relay::parse("lmtp://127.0.0.1:" + port).value(); }

  static Job job(unsigned number, std::vector<std::string> recipients) {
    Job job;
    job.id = staged_name(std::string(16, 'j'), number);
    job.created = 1000;
    job.expires = 1'000'000;
    job.list = "cooks@lists.example.org";
    job.message_id = "<one@example.org>";
    job.sender = "cooks-bounces@lists.example.org";
    job.recipients = std::move(recipients);
    job.message = "Subject: soup\n\n.hidden\nbody\n";
    return job;
  }

  static Job roster_job(unsigned number) {
    Job whole = job(number, {});
    whole.roster = RosterQuery{whole.list, 7};
    return whole;
  }

  // Each member's copy has his name and address in To, a field and the text.
  static Job personal_job(unsigned number) {
    const PointMarks marks("=_mark_");
    const std::string text =
        "Subject: soup\nTo: " + marks.word(PointKind::header_mailbox) +
        "\nList-Unsubscribe: <mailto:l?body=" + marks.word(PointKind::header_url) +
        marks.word(PointKind::header_token) +
        ">\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable\n\n" +
        ".hidden $USER_NAME\nFor=20=\n" + marks.word(PointKind::text_name) + "=\n, =\n" +
        marks.word(PointKind::text_address) + "=\n\n" + marks.word(PointKind::text_url) + "=\n\n";
    Job whole = roster_job(number);
    PointedText taken = marks.take_out(text);
    whole.message = std::move(taken.text);
    whole.points = std::move(taken.points);
    return whole;
  }

  static std::vector<std::string> people(std::size_t count) {
    std::vector<std::string> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back("p" + std::to_string(i) + "@example.org");
    return all;
  }

  void post(const Job& job) const {
    Staging staging(spool().directory());
    ASSERT_TRUE(staging.add(job.id, encode_job(job)).ok());
    ASSERT_TRUE(staging.sync().ok());
    ASSERT_TRUE(spool().publish(job.id, root_ + "/spool/new/" + job.id).ok());
  }

  FlushHelp help() const {
    FlushHelp help;
    help.clock = [this] { return now_; };
    help.verp_sender = [](const Job&, std::string_view to) { return "signed+" + std::string(to.substr(0, 2)) + "@x"; };
    help.roster = [this](const RosterQuery& query, const RosterPlace& place, std::size_t max) -> Result<RosterPage> {
      const auto number_of = [](std::string_view cursor) { return std::stoul(std::string(cursor)); };
      std::vector<std::string> all = people(members_);
      if (!place.until.empty()) all.resize(number_of(place.until));
      const std::size_t from = place.behind.empty() ? 0 : number_of(place.behind);
      const std::size_t to = std::min(all.size(), from + max);
      RosterPage page;
      for (std::size_t i = from; i < to; ++i) page.recipients.push_back(all[i]);
      for (std::size_t i = from; i < to && query.words.any(); ++i)
        page.words.push_back({name_of(all[i]), token_of(all[i])});
      if (to < all.size()) page.cursor = std::to_string(to);
      return page;
    };
    help.words = [](const std::string&, const WordsWanted&,
                    const std::vector<std::string>& addresses) -> Result<std::vector<OwnWords>> {
      std::vector<OwnWords> words;
      for (const std::string& address : addresses) words.push_back({name_of(address), token_of(address)});
      return words;
    };
    return help;
  }

  // "P7" for p7@example.org; p8@example.org and its tens have none.
  static std::string name_of(const std::string& address) {
    const std::string local = address.substr(0, address.find('@'));
    return local.ends_with('8') ? "" : "P" + local.substr(1);
  }

  static std::string token_of(const std::string& address) { return "token" + address.substr(0, address.find('@')); }

  FlushReport flush() const {
    Result<FlushReport> report = spool::flush(spool(), options_, help());
    EXPECT_TRUE(report.ok()) << report.error().what;
    return report.ok() ? *report : FlushReport();
  }

  std::vector<std::string> names(const std::string& folder) const {
    return list_directory(root_ + "/spool/" + folder).value();
  }

  bool is_empty() const { return names("new").empty() && names("later").empty(); }

  // Copies per address, as files in new/ and cur/ of the maildirs.
  std::size_t copies(const std::string& address) const {
    std::size_t count = 0;
    for (const char* folder : {"/new", "/cur"}) {
      const Result<std::vector<std::string>> files = list_directory(mail() + "/" + address + folder);
      count += files.ok() ? files->size() : 0;
    }
    return count;
  }

 private:
  std::string root_;
  FlushOptions options_;
  UnixTime now_ = 2000;
  std::size_t members_ = 0;
};

}  // namespace majlis::spool
