#include "bin/admin/queue_print.h"

#include <gmock/gmock.h>

namespace majlis::bin::admin {
namespace {

using lists::JobState;
using lists::QueuedJob;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

constexpr UnixTime kNow = 1'000'000'600;

QueuedJob waiting() { return {QueuedJob::Folder::in_later, "000001000000900-ab.0", "ab.0", 1'000'000'900}; }

JobState state() {
  JobState state;
  state.id = "ab.0";
  state.list = "cooks@lists.example.org";
  state.message_id = "<a@example.org>";
  state.sender = "cooks-bounces@lists.example.org";
  state.created = 1'000'000'000;
  state.expires = 1'000'432'000;
  state.message_octets = 20;
  state.delivered = 5;
  state.failed = 1;
  state.left = 2;
  state.last_answer = "4.4.1 no connection";
  state.recipients = {{"ann@example.org", "4.2.2 full", 3, 1'000'000'900}, {"bob@example.org", "", 0, 0}};
  return state;
}

TEST(QueuePrint, ALineTellsWhoWaitsHowLongAndWhy) {
  EXPECT_EQ(line_of(waiting(), state(), kNow),
            "ab.0  cooks@lists.example.org  age 600 s  to 2  20 octets  next try 2001-09-09T02:01:40Z  "
            "(4.4.1 no connection)\n");
}

TEST(QueuePrint, WhatNeverWasTriedIsDueNowAndHasNoAnswer) {
  QueuedJob job = waiting();
  job.due = 0;
  JobState fresh = state();
  fresh.list.clear();
  fresh.last_answer.clear();
  EXPECT_EQ(line_of(job, fresh, kNow), "ab.0  -  age 600 s  to 2  20 octets  next try now\n");
}

TEST(QueuePrint, OfARosterItSaysWhetherMembersAreStillUnread) {
  JobState of_roster = state();
  of_roster.has_more_members = true;
  EXPECT_EQ(lists::left_in_words(of_roster), "2+members");
  of_roster.left = 0;
  EXPECT_EQ(lists::left_in_words(of_roster), "members");
  of_roster.has_more_members = false;
  EXPECT_EQ(lists::left_in_words(of_roster), "0");
}

TEST(QueuePrint, NothingThatAPeerSaidIsObeyedByATerminal) {
  JobState hostile = state();
  hostile.last_answer = "4.0.0 \x1B]0;owned\x07";
  hostile.recipients[0].last_answer = "4.0.0 \xE2\x80\xAE";
  hostile.recipients[1].address = "\"\x1B\"@example.org";
  for (const std::string& text : {line_of(waiting(), hostile, kNow), details(waiting(), hostile, "", kNow)}) {
    EXPECT_THAT(text, Not(HasSubstr("\x1B")));
    EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
  }
}

TEST(QueuePrint, DetailsNameThoseWhoAreLeftAndCountTheRest) {
  JobState many = state();
  many.left = 12;
  const std::string text = details(waiting(), many, "", kNow);
  EXPECT_THAT(text, HasSubstr("  ann@example.org  next try 2001-09-09T02:01:40Z  after 3  (4.2.2 full)\n"));
  EXPECT_THAT(text, HasSubstr("\n  bob@example.org\n"));
  EXPECT_THAT(text, EndsWith("  and 10 more\n"));
  EXPECT_THAT(text, HasSubstr("sender:      cooks-bounces@lists.example.org\n"));
}

TEST(QueuePrint, DetailsShowTheNullSenderAndLeaveOutWhatIsEmpty) {
  JobState own = state();
  own.sender.clear();
  own.last_answer.clear();
  const std::string text = details(waiting(), own, "", kNow);
  EXPECT_THAT(text, HasSubstr("sender:      <>\n"));
  EXPECT_THAT(text, Not(HasSubstr("last answer:")));
  EXPECT_THAT(text, Not(HasSubstr("why:")));
}

TEST(QueuePrint, ARecipientWhoseTimeHasComeIsDueNow) {
  EXPECT_THAT(details(waiting(), state(), "", 1'000'000'900), HasSubstr("ann@example.org  next try now  after 3"));
}

TEST(QueuePrint, JsonIsAnObjectForTheJobAndOneForEachRecipient) {
  const std::string lines = json_details(waiting(), state(), "", kNow);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 3);
  EXPECT_THAT(lines, HasSubstr("\"state\": \"later\""));
  EXPECT_THAT(lines, HasSubstr("\"age_s\": 600, \"recipients\": 2, "));
  EXPECT_THAT(lines, HasSubstr("{\"recipient\": \"bob@example.org\", \"last_answer\": \"\", \"attempts\": 0, "
                               "\"next_try\": \"\"}\n"));
}

TEST(QueuePrint, WhatIsDamagedOrSetAsideTellsItsFileAndWhy) {
  EXPECT_EQ(line_of_damaged(waiting(), "cut"), "ab.0  damaged  later/000001000000900-ab.0  cut\n");
  EXPECT_THAT(json_of_damaged(waiting(), "cut"), HasSubstr("\"file\": \"later/000001000000900-ab.0\""));
  const QueuedJob bad{QueuedJob::Folder::in_bad, "ab.0~2", "ab.0~2", 0};
  EXPECT_EQ(line_of_bad(bad, ""), "ab.0~2  no reason is known\n");
  EXPECT_EQ(line_of_bad(bad, "it\ncrashed"), "ab.0~2  it\ncrashed\n");
  EXPECT_EQ(json_of_bad(bad, "x"), "{\"id\": \"ab.0~2\", \"state\": \"bad\", \"file\": \"ab.0~2\", \"why\": \"x\"}\n");
}

}  // namespace
}  // namespace majlis::bin::admin
