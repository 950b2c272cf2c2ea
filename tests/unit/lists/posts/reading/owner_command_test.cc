#include "lists/posts/reading/owner_command.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

TEST(OwnerCommand, IsFoundInAllItsForms) {
  for (const char* line :
       {"newinfo rice-and-saffron", "newintro cooks rice-and-saffron",
        "newconfig cooks@lists.example.org rice-and-saffron", "NEWINFO bakers rice-and-saffron",
        "config cooks saffronrice", "writeconfig cooks saffronrice", "passwd rice-and-saffron pepper-and-salt",
        "passwd cooks saffronrice peppersalt", "mkdigest cooks saffronrice",
        "approve saffronrice subscribe bakers ann@example.com", "approve saffronrice unsub ann@example.com",
        "approve rice-and-saffron signoff", "approve rice-and-saffron who", "approve saffronrice info cooks",
        "approve rice-and-saffron get cooks menu", "\n  approve rice-and-saffron config bakers\n"}) {
    EXPECT_TRUE(begins_with_owner_command(line, "cooks")) << line;
  }
}

TEST(OwnerCommand, OrdinarySentencesAreNone) {
  for (const char* text :
       {"config", "config files are in the kitchen", "config broken", "config: see below", "passwd file broken",
        "passwd is wrong", "approve", "approve the set of menus", "approve following set of patches",
        "approve something who knows", "newinfo", "newinfo soon", "mkdigest segfaults", "newconfig documentation",
        "config CONFIG_USB_SERIAL", "approve applicants cancel meeting", "approve expenses who",
        "Please approve saffronrice who", "the list newconfig rice-and-saffron"}) {
    EXPECT_FALSE(begins_with_owner_command(text, "cooks")) << text;
  }
}

TEST(OwnerCommand, StandsInFrontNotSomewhere) {
  EXPECT_TRUE(begins_with_owner_command("Hello\nnewinfo rice-and-saffron\n" + std::string(5000, 'x'), "cooks"));
  EXPECT_FALSE(begins_with_owner_command("a\nb\nc\nd\nnewinfo rice-and-saffron\n", "cooks"));
  EXPECT_FALSE(begins_with_owner_command("> newinfo rice-and-saffron\n", "cooks"));
}

}  // namespace
}  // namespace majlis::lists
