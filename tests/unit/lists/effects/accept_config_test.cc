#include "lists/effects/accept_config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "auth/password.h"
#include "lists/effects/list_change.h"
#include "lists/effects/new_list.h"
#include "lists/site/config/config_fault.h"
#include "tests/unit/lists/scratch_list.h"
#include "tests/unit/lists/small_dialect.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr UnixTime kNow = 1'800'000'000;

class AcceptConfig : public ScratchList {
 protected:
  void SetUp() override { make_list("cooks", "owner = anna@example.org\nmoderators = bo@example.org\n"); }

  AcceptedConfig accept(std::string_view text, ConfigOrigin origin = ConfigOrigin::written,
                        const Dialect& dialect = majordomo()) {
    Work work = begin_change(*site_, kNow).value();
    List cooks = list("cooks");
    AcceptedConfig accepted =
        accept_config(work, cooks,
                      {.text = text,
                       .origin = origin,
                       .dialect = &dialect,
                       .hash_of = [](std::string_view password) { return auth::hash_password(password); }})
            .value();
    EXPECT_TRUE(work.finish("test").ok());  // as a message's other commands are, when one of them is refused
    return accepted;
  }
  std::string text() const { return read_file(list("cooks").directory() + "/config", 100'000).value(); }
};

TEST_F(AcceptConfig, TakesSettingsAndPasswordsTogether) {
  const AcceptedConfig accepted = accept("# mine\nmoderate = yes\nadmin_passwd = soup-of-the-day\narchive_dir = /x\n");
  EXPECT_THAT(accepted.refused, IsEmpty());
  EXPECT_THAT(accepted.kept, ElementsAre(Setting::owner, Setting::moderators));
  EXPECT_THAT(accepted.not_obeyed, ElementsAre(::testing::ResultOf(in_english, HasSubstr("archive_dir"))));
  EXPECT_TRUE(accepted.passwords.contains(Setting::admin_passwd));
  const List cooks = list("cooks");
  EXPECT_TRUE(cooks.config().is_on(Setting::moderate));
  EXPECT_EQ(cooks.config().text(Setting::owner), "anna@example.org");
  EXPECT_TRUE(auth::verify_password("soup-of-the-day", cooks.passwords().admin).value());
  EXPECT_EQ(cooks.passwords().approve, "");
  EXPECT_TRUE(text().starts_with("# mine\nmoderate = yes\n")) << text();
}

TEST_F(AcceptConfig, OneFaultAndNothingIsChanged) {
  const std::string before = text();
  for (const std::string_view wrong :
       {"moderate = perhaps\n", "admin_passwd = cooks.admin\n", "owner = cooks@lists.example.org\n",
        "taboo_body = /(a+)+$/\n", "restrict_post = nobody\n", "approve_passwd = short\n", "antivirus = yes\n"}) {
    const AcceptedConfig accepted = accept("admin_passwd = soup-of-the-day\ndescription = x\n" + std::string(wrong));
    EXPECT_EQ(accepted.refused.size(), 1U) << wrong;
    EXPECT_EQ(text(), before);
    EXPECT_EQ(list("cooks").passwords().admin, "") << wrong;
  }
}

TEST_F(AcceptConfig, NamesGuessablePasswordsWithTheirLine) {
  for (const std::string_view password :
       {"cooks.admin", "cooks.pass", "admin.password", "Approve.Password", "others.pass"}) {
    const std::string written = "moderate = yes\nadmin_passwd = " + std::string(password) + "\n";
    const AcceptedConfig refused = accept(written);
    ASSERT_EQ(refused.refused.size(), 1U) << password;
    EXPECT_EQ(refused.refused[0].line, 2U);
    EXPECT_THAT(refused.refused[0].what, HasSubstr("admin_passwd: anybody would try this password first"));
    const AcceptedConfig brought = accept(written, ConfigOrigin::brought);
    EXPECT_THAT(brought.refused, IsEmpty());
    ASSERT_EQ(brought.notes.size(), 1U);
    EXPECT_EQ(brought.notes[0].line, 2U);
    EXPECT_EQ(list("cooks").passwords().admin, "");
  }
}

TEST_F(AcceptConfig, AnEditedTextMeansWhatItLeavesOutAndHoldsNoPassword) {
  EXPECT_THAT(accept("owner = anna@example.org\n", ConfigOrigin::edited).kept, IsEmpty());
  EXPECT_FALSE(list("cooks").config().is_set(Setting::moderators));
  const AcceptedConfig refused =
      accept("owner = anna@example.org\napprove_passwd = soup-of-the-day\n", ConfigOrigin::edited);
  ASSERT_EQ(refused.refused.size(), 1U);
  EXPECT_EQ(refused.refused[0].line, 2U);
}

TEST_F(AcceptConfig, ReadsTheTextInItsOwnDialect) {
  const AcceptedConfig accepted = accept("send = editor\nbosses = cleo@example.org\ncode = soup-of-the-day\n",
                                         ConfigOrigin::brought, small_dialect());
  EXPECT_THAT(accepted.refused, IsEmpty());
  const List cooks = list("cooks");
  EXPECT_EQ(cooks.config().choice(Setting::post_access), "closed");
  EXPECT_TRUE(cooks.config().is_on(Setting::moderate));
  EXPECT_EQ(cooks.config().text(Setting::owner), "cleo@example.org");
  EXPECT_EQ(cooks.config().text(Setting::moderators), "bo@example.org");
  EXPECT_TRUE(auth::verify_password("soup-of-the-day", cooks.passwords().admin).value());
  EXPECT_EQ(text().find("soup"), std::string::npos);
}

TEST_F(AcceptConfig, WhatWasCommittedBeforeIsInPlaceWhenAChangeBegins) {
  ASSERT_TRUE(begin_change(*site_, kNow).ok());
  Work work = begin_change(*site_, kNow).value();
  put_text(work, list("cooks"), "info", "first\n");
  ASSERT_TRUE(work.finish("test").ok());
  EXPECT_EQ(read_file(list("cooks").directory() + "/info", 100).value(), "first\n");
}

TEST_F(AcceptConfig, ANewListIsThereWholeAndOnce) {
  const ListName name = *ListName::parse("bakers", kDomain);
  ASSERT_TRUE(new_list(*site_, name, ListConfig(), {}).ok());
  EXPECT_EQ(list("bakers").config(), ListConfig());
  const Status again = new_list(*site_, name, ListConfig(), {});
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().kind, ErrorKind::refused);
}

TEST_F(AcceptConfig, BehindAFaultNoPasswordIsHashed) {
  const AcceptedConfig accepted = accept("owner = cooks@lists.example.org\nadmin_passwd = soup-of-the-day\n");
  EXPECT_EQ(accepted.refused.size(), 1U);
  EXPECT_TRUE(accepted.passwords.empty());
}

TEST_F(AcceptConfig, PostersThatAreNotThereAreANoteInWhatWasBrought) {
  const AcceptedConfig brought = accept("moderate = yes\nrestrict_post = nobody\n", ConfigOrigin::brought);
  EXPECT_THAT(brought.refused, IsEmpty());
  ASSERT_EQ(brought.notes.size(), 1U);
  EXPECT_TRUE(list("cooks").config().is_on(Setting::moderate));
}

TEST_F(AcceptConfig, AntivirusNeedsAScannerWhenItIsSetAndNotLater) {
  for (const ConfigOrigin origin : {ConfigOrigin::edited, ConfigOrigin::written, ConfigOrigin::brought}) {
    EXPECT_EQ(accept("antivirus = yes\n", origin).refused.size(), 1U);
    EXPECT_THAT(accept("antivirus = no\n", origin).refused, IsEmpty());
  }
  configure_site([](SiteConfig& config) { config.scanner = "unix:/nowhere"; });
  EXPECT_THAT(accept("antivirus = yes\n").refused, IsEmpty());
  configure_site([](SiteConfig& config) { config.scanner.clear(); });
  EXPECT_THAT(accept("antivirus = yes\nmoderate = yes\n").refused, IsEmpty());
}

TEST_F(AcceptConfig, OwnersThatAreNamedAreTheNewOnes) {
  EXPECT_THAT(accept("owner = cleo@example.org\n").kept, ElementsAre(Setting::moderators));
  EXPECT_EQ(list("cooks").config().text(Setting::owner), "cleo@example.org");
}

TEST_F(AcceptConfig, ANewListHasItsPasswordsAndNothingOfOneThatWasNeverFinished) {
  const ListName name = *ListName::parse("bakers", kDomain);
  const std::string unfinished = site_->directory() + "/lists/" + kDomain + "/.bakers.new";
  ASSERT_TRUE(make_directories(unfinished + "/held", 0700).ok());
  ASSERT_TRUE(replace_file(unfinished + "/held/x.eml", "x", 0600).ok());
  const std::string hash = auth::hash_password("soup-of-the-day").value();
  ASSERT_TRUE(new_list(*site_, name, ListConfig(), {hash, ""}).ok());
  EXPECT_EQ(list("bakers").passwords().admin, hash);
  EXPECT_EQ(list("bakers").passwords().approve, "");
  EXPECT_FALSE(path_exists(list("bakers").directory() + "/held/x.eml"));
}

}  // namespace
}  // namespace majlis::lists
