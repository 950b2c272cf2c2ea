#include "bin/admin/check/check.h"

#include "tests/unit/bin/admin/admin_site.h"

namespace majlis::bin::admin {
namespace {

using testing::HasSubstr;

// Looks at an open site by one of its functions.
class Check : public AdminSite {
 protected:
  Findings look(void (*check)(const lists::Site&, Findings&)) const {
    Findings findings;
    check(*site_, findings);
    return findings;
  }
};

TEST_F(Check, TellsWhatWaitsInTheSpool) {
  add_job('a');
  const Findings findings = look(check_spool);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_TRUE(findings.front().is_ok);
  EXPECT_EQ(findings.front().what, "1 job new, 0 jobs to be tried again");
}

TEST_F(Check, FindsMailThatWasSetAsideAndJobsThatAreDamaged) {
  const std::string spool = site_->directory() + "/spool";
  ASSERT_TRUE(replace_file(spool + "/bad/x", "x", 0600).ok());
  const std::string id = add_job('a');
  ASSERT_TRUE(replace_file(spool + "/new/" + id, "no job", 0600).ok());
  const Findings findings = look(check_spool);
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_THAT(findings[0].what, HasSubstr("1 file in " + spool + "/bad"));
  EXPECT_THAT(findings[1].what, HasSubstr("1 job damaged: " + id + ": "));
  EXPECT_FALSE(findings[0].is_ok || findings[1].is_ok);
}

TEST_F(Check, FindsALogThatCannotBeWritten) {
  const auto with_log = [&](const std::string& file) {
    lists::SiteConfig config = site_->config();
    config.log_file = file;
    EXPECT_TRUE(replace_file(site_->directory() + "/site.conf", config.write(), 0640).ok());
    Findings findings;
    check_log(lists::Site::open(site_->directory()).value(), findings);
    return findings.front().is_ok;
  };
  EXPECT_TRUE(with_log(""));
  EXPECT_TRUE(with_log("majlis.log"));
  ASSERT_TRUE(replace_file(site_->directory() + "/majlis.log", "", 0640).ok());
  EXPECT_TRUE(with_log("majlis.log"));
  EXPECT_FALSE(with_log("nowhere/majlis.log"));
  EXPECT_FALSE(with_log("/dev/full"));
  EXPECT_FALSE(with_log("spool"));
}

TEST_F(Check, FindsAFolderOfTheSpoolThatIsMissing) {
  std::filesystem::remove(site_->directory() + "/spool/later");
  const Findings findings = look(check_spool);
  ASSERT_FALSE(findings.empty());
  EXPECT_THAT(findings.front().what, HasSubstr("/later is missing or cannot be written"));
}

TEST_F(Check, FindsADatabaseThatCannotBeOpened) {
  EXPECT_TRUE(look(check_database).front().is_ok);
  ASSERT_TRUE(replace_file(site_->directory() + "/db/DB_CONFIG", "", 0600).ok());
  const Findings findings = look(check_database);
  EXPECT_FALSE(findings.front().is_ok);
  EXPECT_THAT(findings.front().what, HasSubstr("DB_CONFIG"));
}

TEST_F(Check, FindsListsWithoutOwnerWithBrokenSettingsAndWithoutWhatTheyDigest) {
  make_list("cooks", "");
  make_list("bakers", "owner = ann@example.org\nmoderate = perhaps\n");
  make_list("bakers-digest", "owner = ann@example.org\ndigest_of = nobodys\n");
  std::string all;
  for (const Finding& finding : look(check_lists)) {
    EXPECT_FALSE(finding.is_ok) << finding.what;
    all += finding.what + "\n";
  }
  EXPECT_THAT(all, HasSubstr("cooks@lists.example.org has no owner"));
  EXPECT_THAT(all, HasSubstr("moderate"));
  EXPECT_THAT(all, HasSubstr("digest_of names nobodys"));
}

TEST_F(Check, FindsARelayThatCannotTakeMail) {
  EXPECT_TRUE(look(check_relay).front().is_ok);
  lists::SiteConfig config = site_->config();
  config.relay = "sendmail:/no/such/program";
  ASSERT_TRUE(replace_file(site_->directory() + "/site.conf", config.write(), 0640).ok());
  const lists::Site changed = lists::Site::open(site_->directory()).value();
  Findings findings;
  check_relay(changed, findings);
  EXPECT_FALSE(findings.front().is_ok);
  EXPECT_THAT(findings.front().what, HasSubstr("it cannot be run"));
}

TEST_F(Check, WhatIsWantingMakesTheStatusAndIsTellablyMended) {
  make_list("cooks", "");
  const Ran ran = majlis({"check", "--json"});
  EXPECT_EQ(ran.status, 1);
  EXPECT_THAT(ran.out, HasSubstr("{\"check\": \"lists\", \"ok\": false, \"what\": \"cooks@lists.example.org has no "
                                 "owner\", \"mend\": \"majlis config cooks@lists.example.org set owner ADDRESS\"}\n"));
}

TEST_F(Check, ALineTellsWhatIsWellAndTheNextOneHowToMendWhatIsWanting) {
  make_list("cooks", "");
  const std::string out = majlis({"check"}).out;
  EXPECT_THAT(out, HasSubstr("ok       site      settings and secret can be read\n"));
  EXPECT_THAT(out, HasSubstr("wanting  lists     cooks@lists.example.org has no owner\n           mend: majlis config "
                             "cooks@lists.example.org set owner ADDRESS\n"));
}

TEST_F(Check, ASiteThatIsNotThereAndOneThatCannotBeReadAreMendedInOtherWays) {
  const Ran none = majlis_without_site({"majlis", "--site", root_ + "/none", "check"});
  EXPECT_EQ(none.status, 1);
  EXPECT_THAT(none.out, HasSubstr("mend: make one with 'majlis init', or name the right one with --site\n"));
  ASSERT_TRUE(replace_file(site_->directory() + "/site.conf", "frob = 1\n", 0640).ok());
  EXPECT_THAT(majlis({"check"}).out, HasSubstr("mend: mend " + site_->directory() + "/site.conf or "));
}

TEST_F(Check, NothingThatAFilesNameSaysIsObeyedByATerminal) {
  ASSERT_TRUE(make_directories(site_->directory() + "/texts/en", 0700).ok());
  ASSERT_TRUE(replace_file(site_->directory() + "/texts/en/\x1B[2J.txt", "x", 0600).ok());
  const std::string out = majlis({"check"}).out;
  EXPECT_THAT(out, HasSubstr("\\x1b[2J.txt"));
  EXPECT_EQ(out.find('\x1B'), std::string::npos);
}

TEST_F(Check, OfSeveralDamagedJobsNamesTheFirst) {
  for (const char letter : {'a', 'b'}) {
    ASSERT_TRUE(replace_file(site_->directory() + "/spool/new/" + add_job(letter), "no job", 0600).ok());
    const std::string what = look(check_spool).front().what;
    EXPECT_EQ(what.ends_with(" ..."), letter == 'b') << what;
  }
}

TEST_F(Check, ADigestIsLookedForInItsOwnDomain) {
  for (const char* name : {"bakers", "bakers-digest"}) {
    const std::string folder = site_->list_directory(*lists::ListName::parse(name, "lists.example.net"));
    ASSERT_TRUE(make_directories(folder, 0700).ok());
    ASSERT_TRUE(replace_file(folder + "/config", "owner = ann@example.org\ndigest_of = bakers\n", 0600).ok());
    if (std::string(name) == "bakers") {
      ASSERT_TRUE(replace_file(folder + "/config", "owner = ann@example.org\n", 0600).ok());
    }
  }
  const Findings findings = look(check_lists);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings.front().what, "2 lists, all can be used");
}

}  // namespace
}  // namespace majlis::bin::admin
