#include "mail/edit.h"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "base/file.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxFileBytes = 64UL << 20U;

// Shapes a header can have, each with both line ends where that makes a difference.
const std::vector<std::string> kMessages = {
    "",
    "\n",
    "\r\nbody",
    "body without header\nX: y\n",
    "Subject: x",
    "Subject: x\n",
    "Subject: x\n\n",
    "Subject: x\r\n y\r\nTo: a@x.org\r\n\r\nbody\r\nX: y\r\n",
    "Subject: x\nTo: a@x.org\nno field\nX: y\n\nrest",
    " leading fold\nSubject: x\n\nbody",
    " only a fold",
    " only a fold\n\nbody",
    "Subject: x\r\nTo: y\n\nmixed\r\n",
    std::string("Subject: a\0b\nX : y\n\n\0", 21),
};

TEST(Edit, WithoutOperationsIsTheMessageItself) {
  for (const std::string& raw : kMessages) {
    const Message message = Message::open(raw);
    const Edit edit(message);
    EXPECT_EQ(edit.apply().bytes, raw);
    EXPECT_FALSE(edit.changes_body());
  }
}

TEST(Edit, LeavesTheBodyWhenFieldsComeAndGo) {
  for (const std::string& raw : kMessages) {
    const Message message = Message::open(raw);
    Edit edit(message);
    edit.remove_fields("Subject");
    edit.remove_fields("X");
    edit.add_field("List-Id", "<l.x.org>");
    edit.add_field("Precedence", "list");
    EXPECT_FALSE(edit.changes_body()) << raw;
    const Message after = Message::open(edit.apply().bytes);
    EXPECT_EQ(after.body(), message.body()) << raw;
    EXPECT_EQ(after.field("List-Id"), "<l.x.org>") << raw;
    EXPECT_EQ(after.field("Precedence"), "list") << raw;
    EXPECT_FALSE(after.has_field("Subject")) << raw;
    EXPECT_EQ(after.fields("To"), message.fields("To")) << raw;
  }
}

TEST(Edit, AddsFieldsOnTopInOrderAndInTheMessagesLineEnds) {
  const Message lf = Message::open("A: b\n\nbody\n");
  Edit edit(lf);
  edit.add_field("X-One", "1");
  edit.add_field("X-Two", "2");
  EXPECT_EQ(edit.apply().bytes, "X-One: 1\nX-Two: 2\nA: b\n\nbody\n");
  const Message crlf = Message::open("A: b\r\n\r\nbody\r\n");
  Edit other(crlf);
  other.add_field("X-One", "1");
  EXPECT_EQ(other.apply().bytes, "X-One: 1\r\nA: b\r\n\r\nbody\r\n");
}

// Else what is added would be read as the message's text, or the text as a field.
TEST(Edit, AFieldAddedToAMessageWithoutAnEmptyLineStaysAField) {
  struct Case {
    std::string before;
    std::string after;
  };
  for (const Case& each :
       {Case{"", "X-One: 1\n\n"}, Case{"just text\n", "X-One: 1\n\njust text\n"},
        Case{"just text\r\nmore\r\n", "X-One: 1\r\n\r\njust text\r\nmore\r\n"},
        Case{"Subject: x", "X-One: 1\nSubject: x"}, Case{" only a fold", " only a fold\nX-One: 1\n\n"},
        Case{"\ntext\n", "X-One: 1\n\ntext\n"}}) {
    const Message message = Message::open(each.before);
    Edit edit(message);
    edit.add_field("X-One", "1");
    EXPECT_EQ(edit.apply().bytes, each.after);
    EXPECT_EQ(Message::open(edit.apply().bytes).field("X-One"), "1") << each.before;
  }
}

TEST(Edit, RemovesFieldsWithTheirFolds) {
  const Message message = Message::open("A: b\nApproved: secret\n more\nC: d\napproved: again\n\nApproved: body\n");
  Edit edit(message);
  edit.remove_fields("Approved");
  EXPECT_EQ(edit.apply().bytes, "A: b\nC: d\n\nApproved: body\n");
}

TEST(Edit, MergesOverlappingRemovalsAndKeepsInsertions) {
  const Message message = Message::open("\n0123456789");
  Edit edit(message);
  edit.remove(6, 9);
  edit.remove(3, 7);
  edit.insert(5, "<in>");
  edit.insert(11, "<end>");
  edit.insert(1, "<a>");
  edit.insert(1, "<b>");
  EXPECT_EQ(edit.apply().bytes, "\n<a><b>01<in>89<end>");
  EXPECT_TRUE(edit.changes_body());
}

TEST(Edit, ClampsPositionsBehindTheEnd) {
  const Message message = Message::open("\nbody");
  Edit edit(message);
  edit.remove(3, 1000);
  edit.remove(900, 1000);
  edit.insert(5000, "!");
  EXPECT_EQ(edit.apply().bytes, "\nbo!");
}

TEST(Edit, KnowsWhetherTheBodyChanges) {
  const Message message = Message::open("A: b\nC: d\n\nbody");
  Edit header(message);
  header.remove(0, 5);
  header.insert(10, "E: f\n");
  EXPECT_FALSE(header.changes_body());
  Edit inserted(message);
  inserted.insert(11, "x");
  EXPECT_TRUE(inserted.changes_body());
  Edit joined(message);
  joined.remove(10, 11);
  EXPECT_TRUE(joined.changes_body()) << "without the empty line the body begins elsewhere";
}

TEST(Edit, LeavesTheBodiesOfRealMessages) {
  const std::filesystem::path corpus = std::filesystem::path(MAJLIS_CORPUS_DIR) / "mime";
  if (!std::filesystem::exists(corpus)) GTEST_SKIP() << "no test corpus at " << corpus;
  std::size_t messages = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus)) {
    const Result<std::string> bytes = entry.is_regular_file() ? read_file(entry.path(), kMaxFileBytes) : Error{};
    if (!bytes) continue;
    ++messages;
    const Message message = Message::open(*bytes);
    Edit edit(message);
    EXPECT_EQ(std::string(message.envelope_lines()) + edit.apply().bytes, *bytes) << entry.path();
    edit.remove_fields("Subject");
    edit.remove_fields("Received");
    edit.add_field("List-Id", "<l.x.org>");
    const std::string changed = edit.apply().bytes;
    EXPECT_TRUE(changed.ends_with(message.body())) << entry.path();
    if (!message.scan().has(Ambiguity::header_too_long)) {
      EXPECT_EQ(Message::open(changed).body(), message.body()) << entry.path();
    }
  }
  EXPECT_GT(messages, 400U);
}

}  // namespace
}  // namespace majlis::mail
