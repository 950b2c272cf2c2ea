// The posting policy: which rule answers first, and what comes of several answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>

#include "base/file.h"
#include "base/text.h"
#include "lists/effects/new_site.h"
#include "lists/posts/distribution/distribution.h"
#include "lists/posts/rules/rules.h"
#include "lists/site/reasons.h"
#include "tests/support/scripted_dns_server.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string kHead = "From: Ann Lee <ann@example.com>\nTo: cooks@lists.example.org\nSubject: Rice\n";

struct Known {
  PostFacts facts;
  PostStanding standing;
};

class PostRules : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "majlis_rules_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    SiteConfig config;
    config.domain = "lists.example.org";
    config.postmaster = "postmaster@example.org";
    config.resolver = test::nobodys_dns_address();
    ASSERT_TRUE(create_site(folder_, config).ok());
    ASSERT_TRUE(make_directories(folder_ + "/lists/lists.example.org/cooks", 0700).ok());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Decision decide(
      const std::string& config, const std::string& raw, const std::function<void(Known&)>& change = [](Known&) {}) {
    const List list = list_with(config);
    const Result<Site> site = Site::open(folder_);
    const mail::Message message = mail::Message::open(raw);
    Known known;
    known.facts.site = &*site;
    known.facts.list = &list;
    known.facts.message = &message;
    known.facts.author = message.author();
    known.facts.envelope_sender = mail::Address::parse("ann@example.com");
    known.standing.is_member = true;
    change(known);
    found_ = examine_post(known.facts);
    return decide_post(known.facts, known.standing, found_);
  }
  std::string sent(const std::string& config, const std::string& raw) {
    const Result<Site> site = Site::open(folder_);
    SiteDns dns(site->config());
    const CopyFacts facts(*site, dns, 0);
    return make_copies(*site, list_with(config), mail::Message::open(raw), "ann@example.com", facts)->for_all;
  }

  List list_with(const std::string& config) {
    const std::string path = folder_ + "/lists/lists.example.org/cooks/config";
    EXPECT_TRUE(replace_file(path, config, 0600).ok());
    Result<List> list = List::open(*Site::open(folder_), *ListName::parse("cooks", "lists.example.org"));
    EXPECT_TRUE(list.ok()) << (list.ok() ? "" : list.error().what);
    return *list;
  }

  Result<Site> open_site() const { return Site::open(folder_); }

  Findings found_;  // by the last decide()

 private:
  std::string folder_;
};

TEST_F(PostRules, AreAskedInThisOrder) {
  std::vector<std::string_view> names;
  for (const RuleRow& row : post_rules()) names.push_back(row.name);
  EXPECT_THAT(names, ElementsAre("loop", "robot", "password_leak", "no_author", "own_address", "banned",
                                 "address_filter", "duplicate", "discard_headers", "reject_headers", "taboo_headers",
                                 "admin_headers", "content_filter", "quoted_loop", "wrong_password", "urgent", "nopost",
                                 "not_member", "unauthenticated", "moderated", "moderate_first", "thread_days",
                                 "emergency", "flood", "author_flood", "max_recipients", "require_list_address",
                                 "malformed", "partial", "attachments", "html", "anonymous_signed", "administrivia",
                                 "taboo_body", "max_size", "antivirus", "dmarc"));
}

const std::string kProgram = kHead + "MIME-Version: 1.0\nContent-Type: image/png; name=setup.exe\n\nMZ\n";

void examine_content(Known& known) {
  known.facts.content = examine_attachments(attachment_policy_of(known.facts.list->config()), *known.facts.message);
}

TEST_F(PostRules, AnAttachmentThatIsNotPermittedIsDoneWithAsTheListSays) {
  for (const auto& [word, action] : {std::pair{"reject", Action::reject},
                                     {"hold", Action::hold},
                                     {"discard", Action::discard},
                                     {"strip", Action::accept}}) {
    const std::string config = std::string("attachment_names = exe\nattachment_action = ") + word + "\n";
    const Decision decision = decide(config, kProgram, examine_content);
    EXPECT_EQ(decision.action, action) << word;
    EXPECT_EQ(in_english(decision.reasons),
              "setup.exe (image/png, 3 octets): files whose names end in .exe are not permitted");
  }
  EXPECT_EQ(decide("", kProgram, examine_content).action, Action::accept);
}

// What is taken out of it holds no post, but whoever reads why it waits is told.
TEST_F(PostRules, ARemarkStandsBehindTheReasons) {
  const std::string config = "attachment_names = exe\nmoderate = yes\nmaxlength = 1\n";
  const Decision decision = decide(config, kProgram, examine_content);
  EXPECT_EQ(decision.action, Action::hold);
  EXPECT_EQ(decision.rule, "moderated");
  EXPECT_EQ(words_of(decision.reasons), (std::vector<std::string>{"moderated", "too_long", "attachment_name"}));
}

TEST_F(PostRules, WhatIsSignedIsHeldWhereTheAuthorsAddressIsToBeTakenOut) {
  const std::string signed_post = kHead + "Content-Type: multipart/signed; boundary=b\n\n--b\n\nx\n--b\n" +
                                  "Content-Type: application/pgp-signature\n\nx\n--b--\n";
  const std::string sealed = kHead + "Content-Type: application/pkcs7-mime\n\nx\n";
  for (const std::string& raw : {signed_post, sealed}) {
    const Decision decision = decide("anonymous = yes\nanonymous_text = yes\n", raw);
    EXPECT_EQ(decision.action, Action::hold);
    EXPECT_EQ(decision.rule, "anonymous_signed");
    EXPECT_EQ(decide("anonymous = yes\n", raw).action, Action::accept);
    EXPECT_EQ(decide("anonymous_text = yes\n", raw).action, Action::accept);
  }
  EXPECT_EQ(decide("anonymous = yes\nanonymous_text = yes\n", kHead + "\nRice.\n").action, Action::accept);
}

TEST_F(PostRules, ASignedPostInWhichSomethingIsNotPermittedIsHeldInEveryMode) {
  const std::string raw = kHead +
                          "Content-Type: multipart/signed; boundary=b\n\n--b\nContent-Type: image/png; name=a.exe\n\n"
                          "x\n--b\nContent-Type: application/pgp-signature\n\nx\n--b--\n";
  for (const std::string word : {"reject", "hold", "discard", "strip"}) {
    const Decision decision =
        decide("attachment_names = exe\nattachment_action = " + word + "\n", raw, examine_content);
    EXPECT_EQ(decision.action, Action::hold) << word;
    EXPECT_EQ(words_of(decision.reasons).back(), "content_signed");
  }
}

TEST_F(PostRules, WhereAttachmentsAreForbiddenWhatReadersReadDifferentlyIsHeld) {
  const std::string unknown = kHead + "MIME-Version: 1.0\nContent-Transfer-Encoding: x-uuencode\n\nx\n";
  const std::string base64 = kHead +
                             "MIME-Version: 1.0\nContent-Type: image/png\n"
                             "Content-Transfer-Encoding: base64\n\nMZ==\nMZ==\n";
  for (const std::string& raw : {unknown, base64}) {
    EXPECT_EQ(decide("malformed_posts = accept\n", raw, examine_content).action, Action::accept);
    const std::string config = "attachment_names = exe\nmalformed_posts = ";
    EXPECT_EQ(decide(config + "accept\n", raw, examine_content).rule, "malformed");
    EXPECT_EQ(decide(config + "accept\n", raw, examine_content).action, Action::hold);
    EXPECT_EQ(decide(config + "reject\n", raw, examine_content).action, Action::reject);
  }
}

TEST_F(PostRules, FiveFindingsAreToldAndHowManyMore) {
  std::string raw = kHead + "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 7; ++i) raw += "--b\nContent-Type: image/png; name=a.exe\n\nx\n";
  const Decision decision = decide("attachment_names = exe\n", raw + "--b--\n", examine_content);
  EXPECT_EQ(decision.reasons.size(), 6U);
  EXPECT_EQ(decision.reasons.back(), (Reason{ReasonId::attachments_more, {{"count", "2"}}}));
}

// Whatever is slow is asked before the site's lock is taken.
TEST_F(PostRules, OnlyTheseWaitForTheStore) {
  std::vector<std::string_view> names;
  for (const RuleRow& row : post_rules()) {
    if (row.needs_standing()) names.push_back(row.name);
  }
  EXPECT_THAT(names, ElementsAre("robot", "banned", "duplicate", "nopost", "not_member", "unauthenticated", "moderated",
                                 "moderate_first", "thread_days", "flood", "author_flood", "antivirus", "dmarc"));
}

TEST_F(PostRules, WhatTheAuthorsDomainForbidsIsRefusedUnlessModeratorsHaveTheLastWord) {
  const auto against = [](Known& known) { known.facts.is_against_policy = true; };
  const Decision refused = decide("", kHead + "\nRice.\n", against);
  EXPECT_EQ(refused.action, Action::reject);
  EXPECT_EQ(refused.rule, "dmarc");
  EXPECT_EQ(decide("moderate = yes\n", kHead + "\nRice.\n", against).action, Action::hold);
  const auto approved = [](Known& known) {
    known.facts.is_against_policy = true;
    known.facts.proof = auth::Proof::post_password;
  };
  EXPECT_EQ(decide("", kHead + "\nRice.\n", approved).action, Action::accept);
}

TEST_F(PostRules, ARefusedMemberIsRefusedWhateverElseItIs) {
  const auto refused = [](Known& known) { known.standing.member_may_not_post = true; };
  const std::string raw = kHead + "\nRice.\n";
  EXPECT_EQ(decide("", raw, refused).action, Action::reject);
  EXPECT_EQ(decide("post_access = open\nmoderate = yes\n", raw, refused).rule, "nopost");
  const Decision known = decide("", raw, [&](Known& each) {
    refused(each);
    each.facts.proof = auth::Proof::post_password;
  });
  EXPECT_EQ(known.action, Action::accept);
}

TEST_F(PostRules, StrangersPassWhereTheOwnerSaysSoButNotWhereOnlyModeratorsPost) {
  const auto stranger = [](Known& known) { known.standing.is_member = false; };
  const std::string raw = kHead + "\nRice.\n";
  EXPECT_EQ(decide("post_access = list\nnonmember_posts = accept\n", raw, stranger).action, Action::accept);
  EXPECT_EQ(decide("post_access = closed\nnonmember_posts = accept\n", raw, stranger).action, Action::hold);
}

TEST_F(PostRules, TheOwnerStopsTheListForAWhile) {
  EXPECT_EQ(decide("emergency = yes\n", kHead + "\nRice.\n").rule, "emergency");
  const auto flooded = [](Known& known) { known.standing.is_flooded = true; };
  EXPECT_EQ(decide("flood_per_hour = 5\n", kHead + "\nRice.\n", flooded).rule, "flood");
}

TEST_F(PostRules, CountsRecipientsInGroupsAndNames) {
  const std::string raw =
      "From: ann@example.com\nTo: friends: a@x.example, \"B, b\" <b@x.example>;, cooks@lists.example.org\nCc: "
      "c@x.example\n\nRice.\n";
  EXPECT_EQ(decide("max_recipients = 4\n", raw).action, Action::accept);
  EXPECT_EQ(decide("max_recipients = 3\n", raw).rule, "max_recipients");
  EXPECT_EQ(decide("max_recipients = 0\n", raw).action, Action::accept);
}

TEST_F(PostRules, AskForTheListsWholeAddress) {
  const std::string config = "require_list_address = yes\n";
  const auto to = [&](const std::string& fields) {
    return decide(config, "From: ann@example.com\n" + fields + "\n\nRice.\n").action;
  };
  EXPECT_EQ(to("To: The cooks <COOKS@Lists.Example.ORG>"), Action::accept);
  EXPECT_EQ(to("To: bob@example.org\nCc: kitchen: bob@example.org, cooks@lists.example.org;"), Action::accept);
  EXPECT_EQ(to("To: bob@example.org\nResent-To: cooks@lists.example.org"), Action::accept);
  EXPECT_EQ(to("To: bob@example.org"), Action::hold);
  EXPECT_EQ(to("To: cooks@lists.example.org.example.com"), Action::hold);
  EXPECT_EQ(to("To: \"cooks@lists.example.org\" <bob@example.org>"), Action::hold);
  EXPECT_EQ(to("Bcc: cooks@lists.example.org"), Action::hold);
}

TEST_F(PostRules, TakeOtherNamesOfTheListForIts) {
  const auto to = [&](const std::string& patterns, const std::string& address) {
    return decide("require_list_address = yes\nacceptable_aliases << END\n" + patterns + "\nEND\n",
                  "From: ann@example.com\nTo: " + address + "\n\nRice.\n")
        .action;
  };
  EXPECT_EQ(to("/^old$/i", "OLD@example.org"), Action::accept);
  EXPECT_EQ(to("/^old$/i", "older@example.org"), Action::hold);
  EXPECT_EQ(to("/example\\.org$/", "bob@example.org"), Action::accept);
  EXPECT_EQ(to("/^old@$/", "old@example.org"), Action::hold);
  EXPECT_EQ(to("/^x/\n/^b@example\\.org$/", "a@example.org, b@example.org"), Action::accept);
}

TEST_F(PostRules, NobodyPostsAsAList) {
  const std::string raw = "From: Cooks <cooks@lists.example.org>\nTo: cooks@lists.example.org\n\nRice.\n";
  EXPECT_EQ(decide("", raw).rule, "own_address");
  EXPECT_EQ(decide("", raw, [](Known& known) { known.facts.proof = auth::Proof::post_password; }).rule, "own_address");
  EXPECT_EQ(decide("", "From: cooks-owner@lists.example.org\nTo: cooks@lists.example.org\n\nRice.\n").rule, "");
}

TEST_F(PostRules, AFindingThatDecidesEndsTheExamination) {
  const std::string config = "taboo_headers = /^Subject/\nmalformed_posts = reject\n";
  EXPECT_EQ(decide(config, kHead + "X-Loop: cooks@lists.example.org\n\nRice.\n").rule, "loop");
  const auto count = [&] {
    return std::count_if(found_.answers.begin(), found_.answers.end(),
                         [](const auto& each) { return each.has_value(); });
  };
  EXPECT_EQ(count(), 1);
  // What holds does not; and a rule that asks the store may still decide before either.
  const std::string twice = kHead + "Subject: Rice\n\nunsubscribe cooks\n";
  EXPECT_EQ(decide(config, twice).rule, "malformed");
  EXPECT_EQ(count(), 2);
  const Decision known = decide(config, twice, [](Known& each) { each.standing.is_duplicate = true; });
  EXPECT_EQ(known.rule, "duplicate");
}

// Whatever the store knows: what cannot be accepted needs no copies.
TEST_F(PostRules, TellBeforeTheStoreIsAskedWhatMayStillBeAccepted) {
  const std::string post = kHead + "\nRice.\n";
  const Result<Site> site = open_site();
  PostFacts facts;
  facts.site = &*site;
  const auto may = [&](const std::string& config, const std::string& raw, auth::Proof proof = auth::Proof::none) {
    decide(config, raw, [&](Known& known) { known.facts.proof = proof; });
    const List list = list_with(config);
    const mail::Message message = mail::Message::open(raw);
    facts.list = &list;
    facts.message = &message;
    facts.author = message.author();
    facts.envelope_sender = mail::Address::parse("ann@example.com");
    facts.proof = proof;
    return may_be_accepted(facts, found_);
  };
  EXPECT_TRUE(may("", post));
  EXPECT_TRUE(may("post_access = list\nnonmember_posts = discard\n", post));
  EXPECT_TRUE(may("restrict_post = cooks\n", post));
  EXPECT_TRUE(may("moderate = yes\n", post, auth::Proof::post_password));
  EXPECT_FALSE(may("moderate = yes\n", post));
  EXPECT_FALSE(may("post_access = closed\n", post));
  EXPECT_FALSE(may("taboo_body = /rice/i\n", post));
  EXPECT_FALSE(may("", kHead + "Auto-Submitted: auto-replied\n\nI am away.\n"));
  EXPECT_TRUE(may("", kHead + "List-Id: <soups.example.com>\n\nBy way of another list.\n"));
}

TEST_F(PostRules, WhatDoesNotShowWhereItComesFromIsForThoseWhoMayPost) {
  const std::string post = kHead + "\nRice.\n";
  const auto held = [&](const std::string& config, const std::function<void(Known&)>& change) {
    return decide(config, post, [&](Known& known) {
      known.facts.unauthenticated = Action::hold;
      change(known);
    });
  };
  EXPECT_EQ(decide("", post).action, Action::accept);
  const Decision member = held("", [](Known&) {});
  EXPECT_EQ(member.action, Action::hold);
  EXPECT_EQ(member.rule, "unauthenticated");
  EXPECT_EQ(member.reasons.front().values.at("domain"), "example.com");
  EXPECT_EQ(held("", [](Known& known) { known.facts.unauthenticated = Action::reject; }).action, Action::reject);
  EXPECT_EQ(held("post_access = open\n", [](Known& known) { known.standing.is_member = false; }).action,
            Action::accept);
  const auto in_charge = [](Known& known) {
    known.standing.is_member = false;
    known.facts.author_is_in_charge = true;
  };
  EXPECT_EQ(held("post_access = open\n", in_charge).rule, "unauthenticated");
  const auto permitted = [](Known& known) {
    known.standing.is_member = false;
    known.standing.is_permitted_poster = true;
  };
  EXPECT_EQ(held("restrict_post = cooks\n", permitted).rule, "unauthenticated");
  EXPECT_EQ(held("", [](Known& known) { known.facts.proof = auth::Proof::post_password; }).action, Action::accept);
}

TEST_F(PostRules, ModeratedCountsForThoseInChargeUnlessTheyAreAuthenticated) {
  const std::string post = kHead + "\nRice.\n";
  const auto as = [&](bool in_charge, bool authenticated) {
    return decide("", post, [&](Known& known) {
      known.standing.member_is_moderated = true;
      known.facts.author_is_in_charge = in_charge;
      known.facts.is_authenticated = authenticated;
    });
  };
  EXPECT_EQ(as(true, false).rule, "moderated");
  EXPECT_EQ(as(false, true).rule, "moderated");
  EXPECT_EQ(as(true, true).action, Action::accept);
}

TEST_F(PostRules, AHeaderMayThrowAPostAwayRefuseOrHoldItAndOneThatCannotTellHoldsIt) {
  const std::string raw = kHead + "X-Bad: 1\n\nRice.\n";
  EXPECT_EQ(decide("discard_headers = /^x-bad/i\nreject_headers = /^X-Bad/\n", raw).action, Action::discard);
  EXPECT_EQ(decide("reject_headers = /^X-Bad/\ntaboo_headers = /^X-Bad/\n", raw).action, Action::reject);
  EXPECT_EQ(decide("taboo_headers = /^X-Bad/\n", raw).action, Action::hold);
  EXPECT_EQ(decide("discard_headers = /^X-Good/\n", raw).action, Action::accept);
  const std::string slow = kHead + "X-Junk: " + std::string(900, 'a') + "\n\nRice.\n";
  const Decision broken = decide("discard_headers = /^X-Junk: (a+)+b$/\n", slow);
  EXPECT_EQ(broken.action, Action::hold);
  EXPECT_EQ(broken.rule, "discard_headers");
}

// A post that every rule from `names` on would hold; taking away the cause of the first leaves the next to answer.
TEST_F(PostRules, TheFirstThatHoldsNamesTheRuleAndTheOthersAddTheirReasons) {
  const std::string header_patterns = "taboo_headers = /^X-Bad/\nadmin_headers = /^X-Command/\n";
  const std::string rest = "maxlength = 10\ntaboo_body = /casino/\n";
  const std::string raw = kHead + "X-Bad: 1\nX-Command: 1\n\nunsubscribe cooks\ncasino\n";
  const auto stranger = [](Known& known) {
    known.standing.is_member = false;
    known.facts.password = PasswordSeen::wrong;
  };
  EXPECT_EQ(decide(header_patterns + "moderate = yes\n" + rest, raw, stranger).rule, "taboo_headers");
  EXPECT_EQ(decide("admin_headers = /^X-Command/\nmoderate = yes\n" + rest, raw, stranger).rule, "admin_headers");
  const Decision wrong = decide("moderate = yes\n" + rest, raw, stranger);
  EXPECT_EQ(wrong.rule, "wrong_password");
  EXPECT_EQ(decide("moderate = yes\n" + rest, raw, [](Known& known) { known.standing.is_member = false; }).rule,
            "not_member");
  EXPECT_EQ(decide("moderate = yes\n" + rest, raw).rule, "moderated");
  EXPECT_EQ(decide(rest, raw).rule, "administrivia");
  EXPECT_EQ(decide("administrivia = no\n" + rest, raw).rule, "taboo_body");
  EXPECT_EQ(decide("maxlength = 10\nadministrivia = no\n", raw).rule, "max_size");
  EXPECT_EQ(decide("administrivia = no\n", raw).action, Action::accept);
  EXPECT_EQ(
      in_english(wrong.reasons),
      "the password behind Approved: or Urgent: is not right; Non-member submission from [ann@example.com]; Approval "
      "required; Admin request; taboo body match /casino/; Message too long (25 of at most 10 octets)");
}

TEST_F(PostRules, ADiscardDecidesWhateverCameBefore) {
  const Decision decision =
      decide("taboo_headers = /^X-Bad/\nnonmember_posts = discard\n", kHead + "X-Bad: 1\n\nRice.\n",
             [](Known& known) { known.standing.is_member = false; });
  EXPECT_EQ(decision.action, Action::discard);
  EXPECT_EQ(decision.rule, "not_member");
}

TEST_F(PostRules, APasswordLeavesOnlyTheFirstThree) {
  const auto approved = [](Known& known) {
    known.facts.proof = auth::Proof::post_password;
    known.standing.is_member = false;
    known.standing.is_duplicate = true;
  };
  EXPECT_EQ(decide("moderate = yes\ntaboo_headers = /./\n", kHead + "\nunsubscribe\n", approved).action,
            Action::accept);
  EXPECT_EQ(decide("", kHead + "X-Loop: cooks@lists.example.org\n\nRice.\n", approved).rule, "loop");
}

TEST_F(PostRules, OnlyWhoIsInChargeHearsThatAWordWasThePassword) {
  const auto reason = [&](bool is_in_charge) {
    return in_english(decide("", kHead + "\nRice.\n", [&](Known& known) {
                        known.facts.has_password_in_text = true;
                        known.facts.author_is_in_charge = is_in_charge;
                      }).reasons);
  };
  EXPECT_THAT(reason(false), Not(HasSubstr("password")));
  EXPECT_THAT(reason(true), HasSubstr("password"));
}

TEST_F(PostRules, WhatIsSaidOfSecretsHasItsOwnWords) {
  using Change = void (*)(Known&);
  const std::array<std::pair<ReasonId, Change>, 7> causes = {{
      {ReasonId::token_in_text, [](Known& known) { known.facts.has_moderation_token = true; }},
      {ReasonId::live_token, [](Known& known) { known.facts.has_live_token = true; }},
      {ReasonId::command_in_text, [](Known& known) { known.facts.has_password_in_text = true; }},
      {ReasonId::password_in_text,
       [](Known& known) { known.facts.has_password_in_text = known.facts.author_is_in_charge = true; }},
      {ReasonId::password_wrong, [](Known& known) { known.facts.password = PasswordSeen::wrong; }},
      {ReasonId::password_not_tried, [](Known& known) { known.facts.password = PasswordSeen::not_looked_at; }},
      {ReasonId::password_twice,
       [](Known& known) {
         known.facts.password = PasswordSeen::right;
         known.facts.password_is_elsewhere = true;
       }},
  }};
  for (const auto& [reason, cause] : causes) {
    EXPECT_EQ(decide("", kHead + "\nRice.\n", cause).reasons.at(0).id, reason);
  }
}

// Also with the right password: it would reach members who want no posts.
TEST_F(PostRules, AnUrgentPostIsHeldWhereItsSenderMaySendNone) {
  const auto verdict = [&](bool may_be_urgent) {
    return decide("", kHead + "\nRice.\n", [&](Known& known) {
      known.facts.proof = auth::Proof::post_password;
      known.facts.is_urgent = true;
      known.facts.may_be_urgent = may_be_urgent;
    });
  };
  EXPECT_EQ(verdict(true).action, Action::accept);
  EXPECT_EQ(verdict(false).action, Action::hold);
  EXPECT_EQ(verdict(false).rule, "urgent");
}

// "Approved: by the committee" far below is somebody's words.
TEST_F(PostRules, WhatLooksLikeAnApprovalIsNoneWhereNoPasswordWasGiven) {
  const auto looks_like_one = [](Known& known) { known.facts.has_approved_line = true; };
  EXPECT_EQ(decide("", kHead + "\nRice.\n", looks_like_one).action, Action::accept);
  EXPECT_EQ(decide("", kHead + "\nRice.\n",
                   [](Known& known) {
                     known.facts.has_approved_line = true;
                     known.facts.password = PasswordSeen::right;
                   })
                .action,
            Action::reject);
}

// A sentence without one of its values would show the placeholder.
TEST_F(PostRules, ReasonsHaveTheValuesOfTheirSentences) {
  const std::string config =
      "moderate = yes\nmaxlength = 10\ntaboo_headers = /^X-Bad/\nadmin_headers = /^X-Command/\ntaboo_body = /casino/\n";
  const std::string raw =
      kHead + "X-Bad: 1\nX-Command: 1\nSubject: two\nPrecedence: bulk\n\nunsubscribe cooks\ncasino\n";
  const Decision decision = decide(config, raw, [](Known& known) {
    known.standing.is_member = false;
    known.facts.password_is_elsewhere = false;
  });
  EXPECT_EQ(decision.reasons.size(), 9U);
  for (const Reason& reason : decision.reasons) {
    std::string names;
    for (const auto& [name, value] : reason.values) names += (names.empty() ? "" : " ") + name;
    std::vector<std::string_view> wanted = split_words(reason_table()[static_cast<std::size_t>(reason.id)].values);
    std::sort(wanted.begin(), wanted.end());
    EXPECT_EQ(split_words(names), wanted) << word_for(reason.id);
  }
}

TEST_F(PostRules, RestrictPostStandsInPlaceOfTheRoster) {
  const auto permitted = [](Known& known) {
    known.standing.is_permitted_poster = true;
    known.standing.is_member = false;
  };
  const std::string raw = kHead + "\nRice.\n";
  for (const std::string access : {"open", "list"}) {
    const std::string config = "post_access = " + access + "\nrestrict_post = staff\n";
    EXPECT_EQ(decide(config, raw, permitted).action, Action::accept) << access;
    EXPECT_EQ(decide(config, raw).rule, "not_member") << access;
  }
  EXPECT_EQ(decide("post_access = closed\nrestrict_post = staff\n", raw, permitted).rule, "not_member");
}

TEST_F(PostRules, APatternThatCannotTellHoldsAndIsNamed) {
  const Decision decision = decide("taboo_body = /(a+)+$/\n", kHead + "\n" + std::string(500, 'a') + "!\n");
  EXPECT_EQ(decision.action, Action::hold);
  EXPECT_EQ(decision.broken_pattern, "/(a+)+$/");
  EXPECT_EQ(decide("taboo_body = /(a+)+$/\n", kHead + "\nRice.\n").action, Action::accept);
}

// Each line alone is answered; all of them together are not.
TEST_F(PostRules, ManySearchesShareOneBound) {
  std::string body;
  for (int i = 0; i < 3000; ++i) body += std::string(900, 'x') + "\n";
  const Decision decision = decide("maxlength = 100000000\ntaboo_body << END\n/x*x*y/\nEND\n", kHead + "\n" + body);
  EXPECT_EQ(decision.rule, "taboo_body");
  EXPECT_EQ(decision.broken_pattern, "/x*x*y/");
}

TEST_F(PostRules, ThePatternsOfAThousandOctetsWork) {
  const std::string word(990, 'b');
  EXPECT_EQ(decide("taboo_body = /" + word + "/\n", kHead + "\n" + word + "\n").rule, "taboo_body");
  EXPECT_EQ(decide("taboo_body = /" + word + "/\n", kHead + "\nRice.\n").action, Action::accept);
}

TEST_F(PostRules, TabooBodyReadsDecodedTextAndTagsAndHeadersOfParts) {
  const std::string raw = kHead +
                          "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nRice.\n--b\n" +
                          "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" +
                          "PHA+V2luIGF0IHRoZSBjYXM8Yj5pbm88L2I+PC9wPg==\n--b--\n";
  for (const char* pattern : {"/^Rice/", "/casino/", "/<b>ino/", "/^content-type:.*text.html/i"}) {
    EXPECT_EQ(decide(std::string("taboo_body = ") + pattern + "\n", raw).rule, "taboo_body") << pattern;
  }
  EXPECT_EQ(decide("taboo_body = /^Subject:|PHA/\n", raw).action, Action::accept);
}

TEST_F(PostRules, TheModeratorIsAnAddressOrANameOfTheHost) {
  const auto moderator = [&](const std::string& config) { return list_with(config).moderators().front().text(); };
  EXPECT_EQ(moderator("moderator = mona\n"), "mona@lists.example.org");
  EXPECT_EQ(moderator("moderator = mona\nresend_host = example.org\n"), "mona@example.org");
  EXPECT_EQ(moderator("moderator = mona@example.net\nmoderators << END\nolga@example.org\nEND\n"), "mona@example.net");
  EXPECT_EQ(moderator("owner << END\nolga@example.org\nEND\n"), "olga@example.org");
}

TEST_F(PostRules, PiecesOfMessagesAreHeld) {
  for (const std::string type : {"message/partial; id=x; number=1; total=2", "message/external-body; access-type=x"}) {
    EXPECT_EQ(decide("", kHead + "MIME-Version: 1.0\nContent-Type: " + type + "\n\nX: y\n\nRice.\n").rule, "partial");
  }
}

TEST_F(PostRules, AFronterWithHeaderLikeLinesIsText) {
  const std::string out =
      sent("message_fronter << END\nBcc: eve@example.net\n-\nX: $SENDER\nEND\n", kHead + "\nRice.\n");
  EXPECT_THAT(out, HasSubstr("Subject: Rice\n\nBcc: eve@example.net\n\nX: Ann Lee <ann@example.com>\nRice.\n"));
}

TEST_F(PostRules, NoSenderAddsAHeaderLine) {
  const std::string config =
      "subject_prefix = [$SENDER]\nmessage_headers << END\nX-By: $SENDER\nX-Long: $SENDER $SENDER $SENDER "
      "$SENDER\nEND\n"
      "message_footer = by $SENDER\nreply_to = $SENDER\n";
  for (const std::string from : {"=?utf-8?Q?a=0ABcc:_x@example.net=0A=0A?= <ann@example.com>",
                                 "\"a\\\r\n b\" <ann@example.com>", "\"x y\\\"z\"@example.com",
                                 "=?utf-8?Q?=00=0D=E2=80=A8Bcc:?= <ann@example.com>", "<ann@example.com>, <b@x.org>"}) {
    const std::string out = sent(config, "From: " + from + "\nSubject: Rice\n\nRice.\n");
    const mail::Message message = mail::Message::open(out);
    EXPECT_FALSE(message.has_field("Bcc")) << from;
    EXPECT_EQ(message.fields("X-By").size(), 1U) << from;
    EXPECT_EQ(message.fields("Subject").size(), 1U) << from;
    EXPECT_LE(message.fields("Reply-To").size(), 1U) << from;
    EXPECT_LE(message.scan().longest_line, 998U) << from;
  }
}

TEST_F(PostRules, APrefixMakesNoLineTooLong) {
  const std::string out =
      sent("subject_prefix = [cooks]\n", "From: ann@example.com\nSubject: " + std::string(980, 'w') + "\n\nRice.\n");
  const mail::Message message = mail::Message::open(out);
  EXPECT_LE(message.scan().longest_line, 998U);
  EXPECT_EQ(message.subject(), "[cooks] " + std::string(980, 'w'));
  EXPECT_THAT(sent("subject_prefix = [cooks]\n", "From: ann@example.com\nSubject: Rice\n\nRice.\n"),
              HasSubstr("Subject: [cooks] Rice\n"));
}

TEST_F(PostRules, ReplyToLeavesTheFieldAloneWhereThereIsNoOneAuthor) {
  const std::string raw = "From: a@x.org, b@x.org\nReply-To: c@x.org\nSubject: Rice\n\nRice.\n";
  EXPECT_THAT(sent("reply_to = $SENDER\n", raw), HasSubstr("Reply-To: c@x.org\n"));
  EXPECT_THAT(sent("reply_to = $LIST\n", raw), Not(HasSubstr("c@x.org")));
}

}  // namespace
}  // namespace majlis::lists
