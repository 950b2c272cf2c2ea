#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "base/file.h"
#include "base/text.h"
#include "commands/reading/command_lines.h"
#include "commands/reading/own_words.h"
#include "commands/reading/refusal.h"
#include "commands/reading/reply_subject.h"
#include "mail/automatic.h"
#include "mail/edit.h"

// Replies of the corpus, as if what they answer had been a letter of ours: which would have confirmed it.
namespace majlis::commands {
namespace {

constexpr std::size_t kMaxMessageOctets = 8 << 20;

struct Tally {
  int replies = 0;
  int machine = 0;  // known by its fields
  int by_subject = 0;
  int refused = 0;
  int confirms = 0;
};

// What the list that the message came from has added.
mail::Message without_list(const mail::Message& message) {
  mail::Edit edit(message);
  for (const mail::Field& field : message.scan().parts.front().fields) {
    const bool is_lists =
        starts_with_ignoring_case(field.name, "List-") || equals_ignoring_case(field.name, "X-Loop") ||
        equals_ignoring_case(field.name, "Precedence") || equals_ignoring_case(field.name, "X-BeenThere") ||
        equals_ignoring_case(field.name, "Mailing-List") || equals_ignoring_case(field.name, "X-Mailing-List");
    if (is_lists) edit.remove_fields(field.name);
  }
  return mail::Message::open(edit.apply().bytes);
}

void judge(const mail::Message& message, Tally& tally) {
  const auto author = message.author();
  const mail::ReturnPath path = author ? mail::ReturnPath(author->address) : mail::ReturnPath::unreadable();
  const ReplySubject subject = read_reply_subject(message.subject());
  ++tally.replies;
  const auto reason = mail::automatic_reason(message, path);
  if (reason && reason->kind != mail::AutomaticReason::Kind::role_address) {
    ++tally.machine;
  } else if (mail::has_automatic_subject(message) || subject.has_number || subject.answered.empty()) {
    ++tally.by_subject;
  } else if (refuses(own_words(message.written_text(kMaxCommandOctets).value_or(""), "lists.example.org"),
                     Asked::anything_else)) {
    ++tally.refused;
  } else {
    ++tally.confirms;
  }
}

enum class Which { all, replies };

std::map<std::string, Tally> tally(const std::string& folder, std::size_t class_column, Which which) {
  std::map<std::string, Tally> tallies;
  const std::string root = std::string(MAJLIS_CORPUS_DIR) + '/' + folder + '/';
  const Result<std::string> table = read_file(root + "expected.tsv", kMaxMessageOctets);
  if (!table) return tallies;
  std::string_view rest(*table);
  next_line(rest);
  while (const auto line = next_line(rest)) {
    const std::vector<std::string_view> columns = split_at(*line, '\t');
    Result<std::string> bytes = read_file(root + std::string(columns[0]), kMaxMessageOctets);
    if (!bytes) continue;
    const mail::Message message = without_list(mail::Message::open(std::move(*bytes)));
    if (which == Which::replies && !starts_with_ignoring_case(message.subject(), "re:")) continue;
    judge(message, tallies[std::string(columns[class_column])]);
  }
  for (const auto& [name, count] : tallies) {
    std::cout << folder << " " << name << ": " << count.replies << " read, " << count.machine << " by a machine, "
              << count.by_subject << " so by their Subject, " << count.refused << " with a word of refusal, "
              << count.confirms << " would confirm\n";
  }
  return tallies;
}

TEST(ReplyCorpus, PeoplesRepliesAreTakenForPeoples) {
  std::map<std::string, Tally> lists = tally("list", 1, Which::replies);
  if (lists.empty()) GTEST_SKIP() << "no corpus";
  int replies = 0;
  int machines = 0;
  for (const auto& [name, count] : lists) replies += count.replies;
  for (const auto& [name, count] : lists) machines += count.machine;
  EXPECT_GE(replies, 100);
  EXPECT_EQ(machines, 0);
}

bool tells_who_wrote(std::string_view line) {
  for (const std::string_view verb :
       {"wrote", "writes", "schrieb", "schreef", "\u00e9crit", "escribi\u00f3", "scritto"}) {
    if (line.ends_with(std::string(verb) + ":") || line.ends_with(std::string(verb) + " :")) return true;
  }
  return false;
}

// What is left names a person only, neither day nor address, as no program introduces a letter of ours.
TEST(ReplyCorpus, WordsForOthersHaveHardlyAnyIntroductionOfAQuotation) {
  const std::string root = std::string(MAJLIS_CORPUS_DIR) + "/list/";
  const Result<std::string> table = read_file(root + "expected.tsv", kMaxMessageOctets);
  if (!table) GTEST_SKIP() << "no corpus";
  int before = 0;
  int after = 0;
  const auto count = [](std::string_view text) {
    int lines = 0;
    while (const auto line = next_line(text)) lines += tells_who_wrote(trim(*line)) ? 1 : 0;
    return lines;
  };
  std::string_view rest(*table);
  next_line(rest);
  while (const auto line = next_line(rest)) {
    Result<std::string> bytes = read_file(root + std::string(line->substr(0, line->find('\t'))), kMaxMessageOctets);
    if (!bytes) continue;
    const std::string text = mail::Message::open(std::move(*bytes)).written_text(kMaxCommandOctets).value_or("");
    before += count(own_words(text, "lists.example.org"));
    after += count(words_for_others(text, "lists.example.org", "mona@example.org"));
  }
  std::cout << "introductions: " << before << ", left " << after << "\n";
  EXPECT_GE(before, 50);
  EXPECT_LE(after * 5, before);
}

TEST(ReplyCorpus, AbsenceNotesConfirmNothing) {
  std::map<std::string, Tally> bounces = tally("bounce", 2, Which::all);
  if (bounces.empty()) GTEST_SKIP() << "no corpus";
  EXPECT_EQ(bounces["autoreply"].confirms, 0);
  EXPECT_EQ(bounces["read-receipt"].confirms, 0);
  std::map<std::string, Tally> notes = tally("admin", 3, Which::all);
  EXPECT_EQ(notes["absence"].confirms, 0);
  EXPECT_EQ(notes["ticket-system"].confirms, 0);
}

}  // namespace
}  // namespace majlis::commands
