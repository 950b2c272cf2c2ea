#include <gtest/gtest.h>

#include "lists/posts/rules/rules.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using Verdict = net::Scan::Verdict;

class Antivirus : public ScratchList {
 protected:
  Antivirus() {
    configure_site([](SiteConfig& config) { config.scanner = "unix:/nowhere"; });
  }

  std::optional<Decision> decide(const std::string& config, const std::optional<net::Scan>& scan, bool is_member,
                                 auth::Proof proof = auth::Proof::none) const {
    make_list("cooks", config);
    const List cooks = list("cooks");
    PostFacts facts;
    facts.site = site_.get();
    facts.list = &cooks;
    facts.scan = scan;
    facts.proof = proof;
    return antivirus(facts, {.is_member = is_member});
  }
  Action action(const std::string& config, const std::optional<net::Scan>& scan, bool is_member = true) const {
    const std::optional<Decision> decided = decide(config, scan, is_member);
    return decided ? decided->action : Action::accept;
  }

  const net::Scan clean_{Verdict::clean, "", ""};
  const net::Scan found_{Verdict::found, "Eicar", ""};
  const net::Scan down_{Verdict::down, "", "no answer"};
};

TEST_F(Antivirus, LetsWhatIsCleanPass) { EXPECT_FALSE(decide("", clean_, true)); }

TEST_F(Antivirus, DoesWithWhatIsFoundAsTheListSays) {
  const std::optional<Decision> decided = decide("", found_, true);
  ASSERT_TRUE(decided);
  EXPECT_EQ(decided->action, Action::reject);
  EXPECT_EQ(in_english(decided->reasons), "the scanner found something in it (Eicar)");
  EXPECT_EQ(action("antivirus_action = discard\n", found_), Action::discard);
  EXPECT_EQ(action("antivirus_action = hold\n", found_), Action::hold);
  EXPECT_EQ(action("antivirus_action = hold\n", found_, false), Action::hold);
}

TEST_F(Antivirus, TellsMembersOnlyAndWhoeverShowsThePassword) {
  EXPECT_EQ(action("antivirus_action = reject\n", found_, false), Action::discard);
  EXPECT_EQ(decide("antivirus_action = reject\n", found_, false, auth::Proof::post_password)->action, Action::reject);
  EXPECT_EQ(decide("antivirus_action = discard\n", found_, false, auth::Proof::post_password)->action, Action::discard);
}

TEST_F(Antivirus, LetsNothingPassThatWasNotScanned) {
  EXPECT_EQ(action("", down_), Action::defer);
  EXPECT_EQ(action("", std::nullopt), Action::defer) << "nobody asked";
  EXPECT_EQ(action("scanner_down = hold\n", down_), Action::hold);
  EXPECT_EQ(words_of(decide("scanner_down = hold\n", down_, true)->reasons), (std::vector<std::string>{"not_scanned"}));
  configure_site([](SiteConfig& config) { config.scanner_down = "hold"; });
  EXPECT_EQ(action("", down_), Action::hold);
  EXPECT_EQ(action("scanner_down = defer\n", down_), Action::defer);
}

TEST_F(Antivirus, IsAskedWhereTheListOrAScannerOfTheSiteWantsIt) {
  EXPECT_EQ(action("antivirus = no\n", std::nullopt), Action::accept);
  configure_site([](SiteConfig& config) { config.scanner.clear(); });
  EXPECT_EQ(action("", std::nullopt), Action::accept);
  EXPECT_EQ(action("antivirus = yes\n", std::nullopt), Action::defer) << "it had one once";
}

// A post that is refused all the same does not wait for the scanner; one that would be held does.
TEST_F(Antivirus, ComesLastAndBeforeModeration) {
  make_list("cooks", "moderate = yes\n");
  const List cooks = list("cooks");
  const mail::Message message = mail::Message::open("From: ann@example.com\nSubject: Rice\n\nHot.\n");
  PostFacts facts;
  facts.site = site_.get();
  facts.list = &cooks;
  facts.message = &message;
  facts.author = message.author();
  facts.envelope_sender = mail::Address::parse("ann@example.com");
  facts.scan = down_;
  const auto decided = [&](const PostStanding& standing) {
    return decide_post(facts, standing, examine_post(facts)).action;
  };
  EXPECT_EQ(decided({.is_member = true}), Action::defer);
  EXPECT_EQ(decided({.is_member = true, .is_duplicate = true}), Action::discard);
  EXPECT_EQ(decided({.is_member = true, .member_may_not_post = true}), Action::reject);
  EXPECT_FALSE(may_be_accepted(facts, examine_post(facts)));
  EXPECT_FALSE(is_refused(examine_post(facts)));
  facts.proof = auth::Proof::post_password;
  EXPECT_EQ(decided({.is_member = true}), Action::defer) << "a password says nothing about viruses";
  facts.scan = found_;
  EXPECT_EQ(decided({.is_member = true}), Action::reject);
  EXPECT_FALSE(may_be_accepted(facts, examine_post(facts)));
  facts.scan = clean_;
  EXPECT_EQ(decided({.is_member = true}), Action::accept);
}

}  // namespace
}  // namespace majlis::lists
