#pragma once

#include <gmock/gmock.h>
#include <unistd.h>

#include <cstdio>
#include <string>
#include <vector>

#include "bin/admin/run.h"
#include "lists/effects/pending.h"
#include "lists/posts/held/held_post.h"
#include "spool/job/job_head.h"
#include "spool/job/staged_name.h"
#include "tests/unit/lists/scratch_list.h"

// `majlis` as a function, on a scratch site.
namespace majlis::bin::admin {

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

class AdminSite : public lists::ScratchList {
 protected:
  // majlis --site SITE WORDS..., with `input` on standard input.
  Ran majlis(std::vector<std::string> words, const std::string& input = "") const {
    words.insert(words.begin(), {"majlis", "--site", site_->directory()});
    return majlis_without_site(std::move(words), input);
  }

  // As it is; the first word is the program's name.
  Ran majlis_without_site(std::vector<std::string> words, const std::string& input = "") const {
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    EXPECT_TRUE(replace_file(root_ + "/input", input, 0600).ok());
    EXPECT_NE(std::freopen((root_ + "/input").c_str(), "r", stdin), nullptr);
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    Ran ran;
    ran.status = run(static_cast<int>(argv.size()), argv.data());
    std::fflush(stdout);
    ran.out = testing::internal::GetCapturedStdout();
    ran.err = testing::internal::GetCapturedStderr();
    return ran;
  }

  void add_held(const std::string& id, const std::string& subject) const {
    lists::HeldPost post;
    post.subject = subject;
    post.rule = "moderated";
    post.size_octets = 42;
    store::PendingItem item;
    item.list = lists::kCooks;
    item.id = id;
    item.kind = lists::kPendingPost;
    item.address = "ann@example.org";
    item.asked = 1'000'000'000;
    item.details = lists::details_of(post);
    auto state = writer();
    ASSERT_TRUE(state->put_pending(item).ok());
    ASSERT_TRUE(state->commit().ok());
  }

  // A job for the list's members that waits in spool/new; returns its id.
  std::string add_job(char letter) const {
    spool::Job job;
    job.id = spool::staged_name(std::string(16, letter), 0);
    job.created = 1'000'000'000;
    job.expires = 4'000'000'000;
    job.list = lists::kCooks;
    job.message_id = std::string("<") + letter + "@example.org>";
    job.sender = "cooks-bounces@lists.example.org";
    job.roster = spool::RosterQuery{};
    job.roster->list = lists::kCooks;
    job.message = "Subject: soup\n\nhot\n";
    EXPECT_TRUE(replace_file(site_->directory() + "/spool/new/" + job.id, spool::encode_job(job), 0600).ok());
    return job.id;
  }
};

}  // namespace majlis::bin::admin
