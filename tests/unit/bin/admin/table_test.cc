#include "bin/admin/table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::vector<const Command*> commands() {
  std::vector<const Command*> found;
  for (const Row& row : all_rows()) {
    if (row.command != nullptr) found.push_back(row.command);
  }
  return found;
}

TEST(Table, EveryNameStandsThereOnceWithOneLineOfHelp) {
  std::set<std::string_view> names;
  for (const Row& row : all_rows()) {
    EXPECT_TRUE(names.insert(row.name).second) << row.name;
    EXPECT_FALSE(row.help.empty()) << row.name;
    EXPECT_EQ(row.help.find('\n'), std::string_view::npos) << row.name;
    EXPECT_EQ(find_row(row.name), &row);
  }
  EXPECT_EQ(find_row("frobnicate"), nullptr);
  EXPECT_EQ(find_row(""), nullptr);
}

TEST(Table, EveryUsageBeginsWithItsCommandAndEndsItsLine) {
  for (const Row& row : all_rows()) {
    if (row.command == nullptr) continue;
    EXPECT_THAT(std::string(row.command->usage), StartsWith("usage: majlis " + std::string(row.name)));
    EXPECT_TRUE(row.command->usage.ends_with('\n')) << row.name;
  }
}

TEST(Table, EveryUsageTellsItsVerbsAndOptions) {
  for (const Command* command : commands()) {
    for (const Form& form : command->forms) {
      EXPECT_THAT(std::string(command->usage), HasSubstr(std::string(form.verb)));
      for (const Option& option : form.options) {
        EXPECT_THAT(std::string(command->usage), HasSubstr("--" + std::string(option.name)));
      }
    }
  }
}

// Options are sorted from words before the verb is known.
TEST(Table, AnOptionMeansTheSameInAllFormsOfACommand) {
  for (const Command* command : commands()) {
    std::map<std::string_view, Takes> known;
    for (const Form& form : command->forms) {
      for (const Option& option : form.options) {
        EXPECT_EQ(known.emplace(option.name, option.takes).first->second, option.takes) << option.name;
      }
    }
  }
}

TEST(Table, FormsAreConsistent) {
  for (const Command* command : commands()) {
    EXPECT_FALSE(command->forms.empty());
    for (const Form& form : command->forms) {
      EXPECT_LE(form.min_words, form.max_words);
      EXPECT_EQ(form.verb.empty(), command->verb_place == VerbPlace::none);
      if (command->verb_place == VerbPlace::second_word) {
        EXPECT_GE(form.min_words, 1U) << form.verb;
      }
    }
  }
}

TEST(Table, TheManPageHasEveryCommand) {
  std::ifstream file(MAJLIS_SOURCE_DIR "/doc/man/majlis.8");
  std::stringstream page;
  page << file.rdbuf();
  for (const Row& row : all_rows()) {
    const std::string entry = ".It Cm " + std::string(row.name);
    const bool is_there =
        page.str().find(entry + " ") != std::string::npos || page.str().find(entry + "\n") != std::string::npos;
    EXPECT_EQ(is_there, row.command != nullptr) << row.name;
  }
}

}  // namespace
}  // namespace majlis::bin::admin
