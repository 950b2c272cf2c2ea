#include "tests/unit/commands/mail_desk.h"

namespace majlis::commands {
namespace {

using testing::HasSubstr;
using testing::Not;

class Files : public MailDesk {
 protected:
  Files() {
    make_list("cooks", "get_access = open\nindex_access = open\n");
    const std::string folder = list("cooks").directory() + "/files";
    EXPECT_TRUE(make_directory(folder, 0700).ok());
    EXPECT_TRUE(replace_file(folder + "/soup.txt", "hot\n", 0600).ok());
  }
};

TEST_F(Files, AreListedWithTheirSizes) {
  EXPECT_THAT(ask("index cooks"), HasSubstr("Files of list 'cooks', with their sizes in octets:\n\n"));
  EXPECT_THAT(ask("index cooks"), HasSubstr("soup.txt"));
}

TEST_F(Files, OneIsSentInAMessageOfItsOwn) {
  EXPECT_THAT(ask("get cooks soup.txt"),
              HasSubstr("List 'cooks' file 'soup.txt' is being sent as a separate message.\n"));
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(Files, NothingOutsideOfTheFolderIsOne) {
  for (const char* name : {"../config", "/etc/passwd", "..", ".", "../files/soup.txt"}) {
    EXPECT_THAT(ask(std::string("get cooks ") + name), Not(HasSubstr("is being sent"))) << name;
    EXPECT_EQ(jobs().size(), 1U) << name;
  }
}

TEST_F(Files, OneThatIsNotThereOrNotNamedIsSaid) {
  EXPECT_THAT(ask("get cooks stew.txt"), HasSubstr("#### No file 'stew.txt' available for cooks.\n"));
  EXPECT_THAT(ask("get cooks"), HasSubstr("**** get: which file?\n"));
}

TEST_F(Files, OfAClosedListLookAsIfThereWereNone) {
  make_list("cooks", "get_access = closed\nindex_access = closed\n");
  EXPECT_THAT(ask("index cooks"), Not(HasSubstr("soup.txt")));
  EXPECT_THAT(ask("get cooks soup.txt"), Not(HasSubstr("is being sent")));
}

}  // namespace
}  // namespace majlis::commands
