#include "bin/admin/run.h"

#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class Run : public AdminSite {};

TEST_F(Run, WithoutACommandItSaysWhatIsMissing) {
  const Ran ran = majlis_without_site({"majlis"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, StartsWith("majlis: which command?\nusage: majlis"));
}

TEST_F(Run, HelpNamesEveryCommandOnStandardOutput) {
  const Ran ran = majlis_without_site({"majlis", "--help"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("\n  members  "));
  EXPECT_EQ(ran.err, "");
}

TEST_F(Run, HelpOfACommandIsItsUsageAndTouchesNoSite) {
  const Ran ran = majlis_without_site({"majlis", "--site", "/nowhere", "queue", "--help"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, StartsWith("usage: majlis queue list"));
}

TEST_F(Run, AnUnknownCommandOrOptionIsWrongUse) {
  EXPECT_THAT(majlis({"frob"}).err, HasSubstr("'frob' is no command"));
  EXPECT_EQ(majlis({"frob"}).status, 2);
  EXPECT_EQ(majlis({"check", "--frob"}).status, 2);
  EXPECT_EQ(majlis_without_site({"majlis", "--frob", "check"}).status, 2);
}

TEST_F(Run, AnUnknownCommandIsShownWithoutWhatATerminalWouldObey) {
  EXPECT_EQ(majlis({"\x1B[31m"}).err.find('\x1B'), std::string::npos);
}

TEST_F(Run, AnOptionOfAnotherVerbIsNamed) {
  const Ran ran = majlis({"queue", "retry", "--json"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("--json: not here"));
}

TEST_F(Run, AVerbIsNeededAndMustBeKnown) {
  EXPECT_THAT(majlis({"queue"}).err, HasSubstr("what is to be done?"));
  EXPECT_THAT(majlis({"members", "cooks"}).err, HasSubstr("what is to be done?"));
  EXPECT_THAT(majlis({"queue", "frob"}).err, HasSubstr("'frob' is nothing it can do"));
  EXPECT_EQ(majlis({"queue", "frob"}).status, 2);
}

TEST_F(Run, TooFewAndTooManyWordsAreToldWithTheUsageOfTheVerb) {
  const Ran few = majlis({"members", "cooks", "add"});
  EXPECT_EQ(few.status, 2);
  EXPECT_THAT(few.err, HasSubstr("something is missing: majlis members LIST add|remove ADDRESS..."));
  const Ran many = majlis({"queue", "show", "a", "b"});
  EXPECT_EQ(many.status, 2);
  EXPECT_THAT(many.err, HasSubstr("too many words: majlis queue show ID [--json]"));
}

TEST_F(Run, WhatThisVersionHasNotIsSaidAndIsNoWrongUse) {
  const Ran ran = majlis({"audit", "cooks"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.err, HasSubstr("audit: not in this version"));
}

TEST_F(Run, TheSiteIsNamedInFrontOfTheCommandOrBehindIt) {
  EXPECT_EQ(majlis_without_site({"majlis", "queue", "list", "--site", site_->directory()}).status, 0);
  EXPECT_EQ(majlis_without_site({"majlis", "--site=" + site_->directory(), "queue", "list"}).status, 0);
  EXPECT_EQ(majlis_without_site({"majlis", "--site", root_ + "/none", "queue", "list"}).status, 1);
}

TEST_F(Run, AListThatIsNotThereIsToldWithThoseThatAre) {
  EXPECT_THAT(majlis({"members", "cooks", "list"}).err, HasSubstr("it has none yet, 'majlis create' makes one"));
  make_list("bakers", "");
  EXPECT_THAT(majlis({"members", "cooks", "list"}).err, HasSubstr("there is bakers@lists.example.org"));
  for (const char* name : {"a", "b", "c", "d", "e", "f"}) make_list(name, "");
  EXPECT_THAT(majlis({"members", "cooks", "list"}).err, HasSubstr(", and 2 more"));
}

TEST_F(Run, WhatWasChangedIsLogged) {
  lists::SiteConfig config = site_->config();
  config.log_file = "majlis.log";
  ASSERT_TRUE(replace_file(site_->directory() + "/site.conf", config.write(), 0640).ok());
  make_list("cooks", "");
  add_held("aaaa", "soup");
  majlis({"held", "cooks", "discard", "aaaa"});
  majlis({"texts", "cooks", "set", "info"}, "soup\n");
  const std::string id = add_job('a');
  majlis({"queue", "retry", id});
  majlis({"queue", "list"});
  const std::string log = read_file(site_->directory() + "/majlis.log", 100'000).value();
  EXPECT_THAT(log, HasSubstr("admin command=held-discard list=cooks@lists.example.org what=aaaa\n"));
  EXPECT_THAT(log, HasSubstr("admin command=texts-set list=cooks@lists.example.org what=info\n"));
  EXPECT_THAT(log, HasSubstr("admin command=queue-retry what=" + id + "\n"));
  EXPECT_EQ(log.find("command=queue-list"), std::string::npos);
}

TEST_F(Run, HelpHasAColumnOfNamesAndOneOfWhatTheyDo) {
  EXPECT_THAT(majlis_without_site({"majlis", "--help"}).out, testing::ContainsRegex("\n  check          [^ ]"));
}

TEST_F(Run, TheEditorIsThatOfTheEnvironment) {
  make_list("cooks", "");
  ASSERT_TRUE(replace_file(root_ + "/editor", "#!/bin/sh\necho soup > \"$1\"\n", 0700).ok());
  for (const char* name : {"EDITOR", "VISUAL"}) {
    majlis({"texts", "cooks", "set", "info"}, "before\n");
    ASSERT_EQ(unsetenv("EDITOR") + unsetenv("VISUAL"), 0);
    ASSERT_EQ(setenv(name, (root_ + "/editor").c_str(), 1), 0);
    EXPECT_EQ(majlis({"texts", "cooks", "edit", "info"}).status, 0) << name;
    EXPECT_EQ(majlis({"texts", "cooks", "show", "info"}).out, "soup\n") << name;
    ASSERT_EQ(unsetenv(name), 0);
  }
}

}  // namespace
}  // namespace majlis::bin::admin
