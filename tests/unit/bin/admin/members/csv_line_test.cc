#include "bin/admin/members/csv_line.h"

#include <gmock/gmock.h>

namespace majlis::bin::admin {
namespace {

using testing::ElementsAre;

TEST(CsvLine, IsTakenApartAtItsSeparator) {
  EXPECT_THAT(csv_cells("a, b ,,c", ',').value(), ElementsAre("a", "b", "", "c"));
  EXPECT_THAT(csv_cells("a;b,c", ';').value(), ElementsAre("a", "b,c"));
  EXPECT_THAT(csv_cells("", ',').value(), ElementsAre(""));
}

TEST(CsvLine, QuotesKeepSeparatorsBlanksAndDoubledQuotes) {
  EXPECT_THAT(csv_cells(R"("Lee, Ann"," x ","say ""hi""",)", ',').value(),
              ElementsAre("Lee, Ann", " x ", "say \"hi\"", ""));
}

TEST(CsvLine, AQuoteWithoutEndOrWithMoreBehindItIsNone) {
  EXPECT_EQ(csv_cells(R"(a,"b)", ','), std::nullopt);
  EXPECT_EQ(csv_cells(R"(a,"b"c)", ','), std::nullopt);
  EXPECT_EQ(csv_cells(R"(a,"b""")", ',')->size(), 2U);
}

TEST(CsvLine, TheFirstOneNamesTheColumnsInAnyCase) {
  const auto columns = csv_columns("Name\tJoined\tE-Mail Address");
  ASSERT_TRUE(columns);
  EXPECT_EQ(columns->separator, '\t');
  EXPECT_EQ(columns->address, 2U);
  EXPECT_EQ(columns->name, 0U);
  EXPECT_EQ(csv_columns("email")->name, std::nullopt);
}

TEST(CsvLine, AnAddressOrANameWithOneIsNoHeading) {
  for (const char* line :
       {"ann@example.org", "Ann Lee <ann@example.org>", "\"Lee, Ann\" <ann@example.org>", "", "name,x"}) {
    EXPECT_FALSE(csv_columns(line)) << line;
  }
}

}  // namespace
}  // namespace majlis::bin::admin
