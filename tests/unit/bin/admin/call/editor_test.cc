#include "bin/admin/call/editor.h"

#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

class Editor : public AdminSite {
 protected:
  // A program of one line of shell; "$1" is the file.
  Call with_editor(const std::string& line) const {
    const std::string path = root_ + "/editor";
    EXPECT_TRUE(replace_file(path, "#!/bin/sh\n" + line + "\n", 0700).ok());
    Call call;
    call.editor = path;
    return call;
  }
};

TEST_F(Editor, GivesBackWhatThePersonMadeOfTheText) {
  Result<Edited> edited = edit_text(with_editor("echo more >> \"$1\""), "info", "text\n");
  ASSERT_TRUE(edited);
  EXPECT_EQ(edited->text, "text\nmore\n");
  EXPECT_TRUE(path_exists(edited->folder));
  forget(*edited);
  EXPECT_FALSE(path_exists(edited->folder));
}

TEST_F(Editor, TheFolderIsOpenToItsOwnerOnly) {
  Result<Edited> edited =
      edit_text(with_editor("stat -c %a \"${1%/*}\" \"$1\" > \"$1.new\"; mv \"$1.new\" \"$1\""), "info", "text\n");
  ASSERT_TRUE(edited);
  EXPECT_EQ(edited->text, "700\n600\n");
  forget(*edited);
}

TEST_F(Editor, OneThatFailsChangesNothingAndLeavesNothing) {
  const Result<Edited> edited = edit_text(with_editor("echo \"${1%/*}\" > " + root_ + "/folder; exit 1"), "info", "x");
  ASSERT_FALSE(edited);
  EXPECT_EQ(edited.error().kind, ErrorKind::refused);
  std::string folder = read_file(root_ + "/folder", 1000).value();
  folder.pop_back();
  EXPECT_FALSE(path_exists(folder));
}

TEST_F(Editor, ItsWordsAreSplitAtBlanksAndNoShellSeesThem) {
  Call call = with_editor("echo \"$1\" > \"$2\"");
  call.editor += " $(id);";
  Result<Edited> edited = edit_text(call, "info", "x");
  ASSERT_TRUE(edited);
  EXPECT_EQ(edited->text, "$(id);\n");
  forget(*edited);
}

TEST_F(Editor, WithoutATerminalOneMustBeNamed) {
  ASSERT_NE(std::freopen("/dev/null", "r", stdin), nullptr);
  EXPECT_EQ(edit_text(Call(), "info", "x").error().kind, ErrorKind::refused);
}

}  // namespace
}  // namespace majlis::bin::admin
