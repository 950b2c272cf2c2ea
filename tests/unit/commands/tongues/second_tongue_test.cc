// A tongue of a few verbs that stands in this file alone: other words, another order, other looks. What it says is
// heard, asked to confirm, confirmed, decided about and answered without a line of Majordomo's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "auth/token.h"
#include "base/text.h"
#include "commands/reading/command_lines.h"
#include "commands/session.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::commands {
namespace {

using lists::kCooks;
using ::testing::HasSubstr;
using ::testing::Not;
using tongues::Request;
using tongues::Secrets;
using tongues::Shown;
using tongues::Verb;
using tongues::VerbRow;

// join ADDRESS LIST; yes ADDRESS LIST join TOKEN; take it TOKEN, refuse it WHY TOKEN, drop it TOKEN; bye
constexpr std::array kVerbs = {
    VerbRow{Verb::subscribe, "join", 1, Shown::person},
    VerbRow{Verb::auth, "yes", 2, Shown::command, Secrets::token},
    VerbRow{Verb::accept, "take", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::reject, "refuse", 1, Shown::reason, Secrets::token},
    VerbRow{Verb::discard, "drop", 1, Shown::nothing, Secrets::token},
    VerbRow{Verb::end, "bye", 0, Shown::nothing},
};

constexpr tongues::Dialect kWords{
    .name = "short",
    .title = "Short",
    .owner = "owner-short",
    .help = "help",
    .verbs = kVerbs,
    .min_abbreviation = 9,
    .confirm_line = "yes ${address} ${target} ${verb} ${token}",
    .confirm_folded = "",
    .decide_lines = "take it ${token}\nrefuse it ${reason} ${token}\ndrop it ${token}",
    .approve_lines = "join ${address} ${target} by PASSWORD",
};

constexpr std::size_t kWordsOfJoin = 3;
constexpr std::size_t kWordsOfYes = 5;
constexpr std::size_t kWordsBeforeWhy = 2;

Request join(const std::vector<std::string_view>& words, std::size_t at) {
  Request request;
  request.verb = Verb::subscribe;
  request.word = "join";
  request.arguments = {std::string(words[at + 1]), std::string(words[at])};
  request.own_arguments = 1;
  request.shown_list = words[at + 1];
  return request;
}

// VERB it [WHY] TOKEN
Request decision(Verb verb, const std::vector<std::string_view>& words) {
  Request request;
  request.verb = verb;
  request.word = words.front();
  request.secrets = Secrets::token;
  request.echo = request.word + " it (hidden)";
  request.arguments.emplace_back(words.back());
  for (std::size_t i = kWordsBeforeWhy; i + 1 < words.size(); ++i) request.arguments.emplace_back(words[i]);
  return request;
}

Request read_line(std::string_view line) {
  const std::vector<std::string_view> words = split_words(line);
  const VerbRow* row = tongues::find_verb(kWords, words.front());
  Request request;
  request.word = words.front();
  request.echo = echo_of_unknown(words.front(), words.size() > 1);
  if (row == nullptr) return request;
  if (row->verb == Verb::end) {
    request.verb = Verb::end;
  } else if (row->verb == Verb::subscribe && words.size() == kWordsOfJoin) {
    request = join(words, 1);
    request.echo = line;
  } else if (row->verb == Verb::auth && words.size() == kWordsOfYes) {
    request.verb = Verb::auth;
    request.secrets = Secrets::token;
    request.arguments = {std::string(words.back())};
    request.inner = {join(words, 1)};
    request.echo = std::string(line.substr(0, line.rfind(' '))) + " (hidden)";
  } else if (words.size() > kWordsBeforeWhy) {
    request = decision(row->verb, words);
  }
  return request;
}

bool read_next(TextReader& text, std::vector<Request>& requests) {
  const auto line = text.lines.next();
  if (line) requests.push_back(read_line(*line));
  return line.has_value();
}

std::string phrase(Said said, std::string_view words) {
  switch (said) {
    case Said::echo: return with_mark("You: ", words);
    case Said::complaint: return with_mark("Sorry, ", words);
    case Said::success: return "It is done.\n";
    case Said::end: return "So long.\n";
    case Said::line:
    case Said::remark:
    case Said::nothing: return with_mark("  ", words);
  }
  return {};
}

constexpr Tongue kShort{
    .dialect = &kWords, .read_next = read_next, .phrase = phrase, .subject = "Short answer", .head = "Hello\n"};

constexpr UnixTime kNow = 1'800'000'000;

class SecondTongue : public lists::ScratchList {
 protected:
  SecondTongue() {
    make_list("cooks", "subscribe_policy = open+confirm\n");
    EXPECT_TRUE(auth::start_crypto().ok());
  }

  // What a message causes to be mailed.
  std::vector<std::string> mail(const std::string& text, const std::string& from = "ann@example.com") {
    const std::vector<std::string> before = jobs();
    const lists::Arrival arrival{mail::Message::open("From: " + from + "\nTo: short@lists.example.org\nMessage-ID: <" +
                                                     std::to_string(++count_) + "@example.com>\n\n" + text),
                                 *mail::Address::parse("short@lists.example.org"), mail::Address::parse(from), kNow};
    EXPECT_TRUE(run_commands_in(kShort, *site_, {lists::Role::majordomo, std::nullopt, ""}, arrival).ok());
    std::vector<std::string> fresh;
    for (std::string& job : jobs()) {
      if (std::find(before.begin(), before.end(), job) == before.end()) fresh.push_back(std::move(job));
    }
    for (std::string& letter : fresh) std::erase(letter, '\r');
    return fresh;
  }
  static std::string with(const std::vector<std::string>& letters, std::string_view words) {
    for (const std::string& letter : letters) {
      if (letter.find(words) != std::string::npos) return letter;
    }
    ADD_FAILURE() << "no letter has " << words;
    return "";
  }
  // Without the soft line breaks of quoted-printable.
  static std::string unfolded(std::string letter) {
    for (std::size_t at = letter.find("=\n"); at != std::string::npos; at = letter.find("=\n", at)) letter.erase(at, 2);
    return letter;
  }
  bool is_member() const {
    return reader()->find_member(kCooks, *mail::Address::parse("ann@example.com")).value().has_value();
  }

  int count_ = 0;
};

TEST_F(SecondTongue, SubscribesAndConfirmsInItsOwnWords) {
  const std::vector<std::string> asked = mail("join ann@example.com cooks\n");
  EXPECT_FALSE(is_member());
  const std::string answer = with(asked, "Subject: Short answer\n");
  EXPECT_THAT(answer, HasSubstr("\nHello\nYou: join ann@example.com cooks\n  The request must be confirmed"));
  EXPECT_THAT(answer, Not(HasSubstr("****")));
  const std::string line = "\nyes ann@example.com cooks join ";
  const std::string challenge = with(asked, line);
  EXPECT_THAT(challenge, Not(HasSubstr("auth ")));
  const std::size_t begin = challenge.find(line) + line.size();
  const std::string token = challenge.substr(begin, challenge.find('\n', begin) - begin);
  EXPECT_TRUE(auth::looks_like_token(token)) << token;

  const std::vector<std::string> confirmed = mail("yes ann@example.com cooks join " + token + "\nbye\n");
  EXPECT_TRUE(is_member());
  EXPECT_THAT(with(confirmed, "Subject: Short answer\n"),
              HasSubstr("\nHello\nYou: yes ann@example.com cooks join (hidden)\nIt is done.\nYou: bye\nSo long.\n"));
  for (const std::string& letter : confirmed) EXPECT_THAT(letter, Not(HasSubstr(token)));
}

// What asks the moderator spells the decision as it is read.
TEST_F(SecondTongue, HasARequestDecidedInItsOwnWords) {
  for (const char* language : {"en", "fr"}) {
    make_list("cooks", "subscribe_policy = closed\nmoderators << END\nmona@example.org\nEND\nlanguage = " +
                           std::string(language) + "\n");
    const std::string address = "bob@" + std::string(language) + ".example.com";
    const std::string notice = unfolded(with(mail("join " + address + " cooks\n", address), "To: mona@example.org\n"));
    const std::string line = "\ntake it ";
    const std::size_t begin = notice.find(line) + line.size();
    const std::string token = notice.substr(begin, notice.find('\n', begin) - begin);
    const bool is_french = std::string_view(language) == "fr";
    const std::string reason = is_french ? "votre raison" : "your reason";
    EXPECT_THAT(notice, HasSubstr("\n\ntake it " + token + "\nrefuse it " + reason + " " + token + "\ndrop it " +
                                  token + "\n\n"));
    EXPECT_THAT(notice, HasSubstr(is_french ? "take, refuse ou drop" : "take, refuse or drop"));
    EXPECT_THAT(notice, HasSubstr("\n\njoin " + address + " cooks by PASSWORD\n"));
    for (const char* word : {"accept", "reject", "discard", "approve PASSWORD"}) {
      EXPECT_THAT(notice, Not(HasSubstr(word)));
    }
    const auto decided = mail("refuse it too many cooks " + token + "\n", "mona@example.org");
    EXPECT_THAT(with(decided, "Subject: Short answer\n"), HasSubstr("You: refuse it (hidden)\nIt is done.\n"));
    EXPECT_THAT(with(decided, "To: " + address + "\n"), HasSubstr("too many cooks"));
  }
}

TEST_F(SecondTongue, ComplainsInItsOwnForm) {
  const std::string answer = with(mail("join ann@example.com cook\njump hunter2\n"), "Subject: Short answer\n");
  EXPECT_THAT(answer, HasSubstr("You: join ann@example.com cook\nSorry, join: unknown list 'cook'.\n"));
  EXPECT_THAT(answer, HasSubstr("You: jump ***\nSorry, Command 'jump' not recognized.\n"));
  EXPECT_THAT(answer, Not(HasSubstr("hunter2")));
}

}  // namespace
}  // namespace majlis::commands
