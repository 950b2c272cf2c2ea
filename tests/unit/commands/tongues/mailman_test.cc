#include "commands/tongues/mailman.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "commands/tongues/tongues.h"

namespace majlis::commands {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using tongues::Request;
using tongues::Trouble;
using tongues::Verb;

ListWord at_request(std::string_view word) { return word == "cooks" ? ListWord::known : ListWord::none; }

std::vector<Request> read_text(std::string_view text) { return kMailman.read(text, 100, at_request); }
Request read_line(std::string_view line) {
  const std::vector<Request> requests = read_text(line);
  return requests.empty() ? Request() : requests.front();
}

TEST(Mailman, ReadsSubscribeWithPasswordFormAndAddress) {
  const std::vector<Request> own = read_text("subscribe saffron digest");
  ASSERT_EQ(own.size(), 2U);
  EXPECT_EQ(own[0].verb, Verb::subscribe);
  EXPECT_THAT(own[0].join->options, ElementsAre("digest"));
  EXPECT_EQ(own[1].verb, Verb::personal_password);
  EXPECT_THAT(own[1].arguments, ElementsAre("first", "saffron"));
  const Request other = read_line("join nodigest address=ben@example.net");
  EXPECT_THAT(other.arguments, ElementsAre("ben@example.net"));
  EXPECT_THAT(other.join->options, ElementsAre("nodigest"));
  EXPECT_EQ(read_text("subscribe saffron address=ben@example.net").size(), 1U);
  EXPECT_EQ(read_text("subscribe cooks").size(), 1U);
  EXPECT_EQ(read_line("subscribe one two").trouble, Trouble::surplus_word);
}

TEST(Mailman, ShowsNoPassword) {
  for (const char* line : {"subscribe saffron", "unsubscribe saffron", "password saffron saffron", "who saffron",
                           "set authenticate saffron\nset ack on", "echo saffron", "Approved: saffron",
                           "subscribe cooks saffron digest", "confirm saffron saffron"}) {
    for (const Request& request : read_text(line)) EXPECT_THAT(request.echo, Not(HasSubstr("saffron"))) << line;
  }
}

TEST(Mailman, APasswordStandsForTheLinesBehindIt) {
  const std::vector<Request> requests =
      read_text("set ack on\nset authenticate saffron address=ben@example.net\nset digest mime\nset show\n");
  ASSERT_EQ(requests.size(), 4U);
  EXPECT_EQ(requests[0].password, "");
  EXPECT_THAT(requests[0].arguments, ElementsAre("ack"));
  EXPECT_EQ(requests[1].verb, Verb::authenticate);
  EXPECT_EQ(requests[1].password, "saffron");
  EXPECT_EQ(requests[1].echo, "set authenticate *** address=ben@example.net");
  EXPECT_EQ(requests[2].password, "saffron");
  EXPECT_THAT(requests[2].arguments, ElementsAre("digest-mime", "ben@example.net"));
  EXPECT_EQ(requests[3].verb, Verb::show);
  EXPECT_THAT(requests[3].arguments, ElementsAre("ben@example.net"));
}

TEST(Mailman, ItStandsForWhomItsLineNames) {
  const std::vector<Request> requests =
      read_text("set authenticate saffron address=ben@example.net\nunsubscribe\nunsubscribe thyme\n");
  ASSERT_EQ(requests.size(), 3U);
  EXPECT_EQ(requests[1].password, "saffron");
  EXPECT_THAT(requests[1].arguments, ElementsAre("ben@example.net"));
  EXPECT_EQ(requests[2].password, "thyme");
  EXPECT_THAT(requests[2].arguments, ElementsAre());
}

TEST(Mailman, SetTakesOnAndOff) {
  const std::pair<const char*, const char*> kLines[] = {
      {"set delivery off", "nomail"}, {"SET Delivery ON", "mail"},       {"set myposts off", "norepro"},
      {"set hide on", "conceal"},     {"set duplicates off", "nodupes"}, {"set digest plain", "digest-plain"},
      {"set digest off", "nodigest"}, {"set digest", "digest"},
  };
  for (const auto& [line, option] : kLines) EXPECT_THAT(read_line(line).arguments, ElementsAre(option)) << line;
  EXPECT_TRUE(read_line("set reminders off").takes_nothing);
  EXPECT_EQ(read_line("set reminders on").trouble, Trouble::option_not_yet);
  EXPECT_EQ(read_line("set hide").trouble, Trouble::option_unknown);
  EXPECT_EQ(read_line("set").verb, Verb::help);
}

TEST(Mailman, ReadsTwentyFiveLinesAndNothingBehindAnEnd) {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "lists\n";
  EXPECT_EQ(read_text(text).size(), 25U);
  for (const char* end : {"end", "stop", "echo x", "-- ", "frobnicate", "confirm abc"}) {
    EXPECT_EQ(read_text("lists\n" + std::string(end) + "\nunsubscribe\n").size(), 2U) << end;
  }
}

TEST(Mailman, FindsTheCommandOfASubject) {
  const auto found = [](std::string_view subject) { return kMailman.command_in_subject(subject); };
  EXPECT_EQ(found("Help"), "Help");
  EXPECT_EQ(found("Re: confirm abc"), "confirm abc");
  EXPECT_EQ(found("AW: Fwd:confirm abc"), "confirm abc");
  EXPECT_EQ(found("[x] confirm abc"), "confirm abc");
  EXPECT_EQ(found("Re: [x] confirm abc"), "confirm abc");
  EXPECT_EQ(found("Confirmation for subscribe cooks {abc}"), "");
  EXPECT_EQ(found("the two unsubscribe"), "");
  EXPECT_EQ(found(""), "");
  EXPECT_EQ(found(":"), "");
}

}  // namespace
}  // namespace majlis::commands
