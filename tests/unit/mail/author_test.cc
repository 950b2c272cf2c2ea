#include "mail/author.h"

#include <gtest/gtest.h>

#include <array>

namespace majlis::mail {
namespace {

std::string author_of(std::string_view from) {
  const std::optional<Mailbox> author = parse_author(from);
  return author ? author->address.text() : "none";
}

TEST(Author, IsTheOneAddressInAngleBrackets) {
  for (const std::string_view from : std::array<std::string_view, 19>{
           "ann@example.net",
           "Ann <ann@example.net>",
           "ann@example.net <ann@example.net>",
           "'ann@example.net' <ann@example.net>",
           "Ann@Example.NET <ann@example.net>",
           "(ann@example.net) <ann@example.net>",
           "Ann [Kitchen] <ann@example.net>",
           "Kitchen, Ann <ann@example.net>",
           "Ann: Kitchen <ann@example.net>",
           "Ann; Kitchen <ann@example.net>",
           "Ann O'Kitchen <ann@example.net>",
           "Ann \"the cook <ann@example.net>",
           "Ann (cook <ann@example.net>",
           "Ann \\ Kitchen <ann@example.net>",
           "Ann <ann@example.net>,",
           "ann@example.net;",
           "Ann <ann@example.net> Kitchen",
           "Ann, \"bea@example.org\" <ann@example.net>",
           "cook at example <ann@example.net>",
       }) {
    EXPECT_EQ(author_of(from), "ann@example.net") << from;
  }
}

// Programs differ about whom these are from.
TEST(Author, IsNobodyWhereReadersMightDiffer) {
  for (const std::string_view from : std::array<std::string_view, 16>{
           "",
           "Ann",
           "bea@example.org <ann@example.net>",
           "bea@example.org, Ann <ann@example.net>",
           "Ann <ann@example.net>, bea@example.org",
           "Ann <ann@example.net> <bea@example.org>",
           "Ann <bea@example.org> Kitchen, Ann <ann@example.net>",
           "Cooks: bea@example.org, Ann <ann@example.net>;",
           "<bea@example.org> <ann@example.net>",
           "bea@[192.0.2.1] <ann@example.net>",
           "bea@ <ann@example.net>",
           "Ann <ann@example.net",
           "Ann> <ann@example.net>",
           "Ann [Kitchen] <<ann@example.net>>",
           "Ann [Kitchen] <ann@example.net bea@example.org>",
           "Ann \"bea@example.org <ann@example.net>",
       }) {
    EXPECT_EQ(author_of(from), "none") << from;
  }
}

TEST(Author, KeepsADisplayName) {
  EXPECT_EQ(parse_author("Ann [Kitchen] <ann@example.net>").value().display, "Ann [Kitchen]");
  EXPECT_EQ(parse_author("\"Kitchen, Ann\" <ann@example.net>").value().display, "Kitchen, Ann");
}

TEST(Author, IsReadInLinearTime) {
  const std::string marks(60'000, '"');
  EXPECT_EQ(author_of(marks + "x[ <ann@example.net>"), "ann@example.net");
  EXPECT_EQ(author_of(std::string(60'000, '(') + "x[ <ann@example.net>"), "ann@example.net");
  EXPECT_EQ(author_of(std::string(70'000, 'x') + "[ <ann@example.net>"), "none");
}

}  // namespace
}  // namespace majlis::mail
