// The rules about who writes: bans, strangers by name, challenges, new members; and about old threads.
#include <gtest/gtest.h>

#include "lists/posts/rules/rules.h"
#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

const std::string kRaw = "From: Ann Lee <ann@example.com>\nTo: cooks@lists.example.org\nSubject: Rice\n\nRice.\n";

struct Known {
  PostFacts facts;
  PostStanding standing;
};
using Change = std::function<void(Known&)>;

class AuthorRules : public ScratchList {
 protected:
  Decision decide(const std::string& config, const Change& change) {
    make_list("cooks", config);
    const List cooks = list("cooks");
    const mail::Message message = mail::Message::open(kRaw);
    Known known;
    known.facts.site = site_.get();
    known.facts.list = &cooks;
    known.facts.message = &message;
    known.facts.author = message.author();
    known.facts.envelope_sender = mail::Address::parse("ann@example.com");
    known.facts.if_stranger = action_if_stranger(cooks.config(), known.facts.author->address);
    known.facts.may_be_asked = true;
    change(known);
    return decide_post(known.facts, known.standing, examine_post(known.facts));
  }
  Decision of_stranger(const std::string& config) {
    return decide(config, [](Known&) {});
  }
  Decision of_member(const std::string& config, const Change& change) {
    return decide(config, [&](Known& known) {
      known.standing.is_member = true;
      change(known);
    });
  }
};

std::string lines(const std::string& setting, const std::string& value) {
  return setting + " << END\n" + value + "\nEND\n";
}

TEST_F(AuthorRules, WhoIsBannedIsThrownAwayWhoeverItIs) {
  const auto banned = [](Known& known) { known.standing.is_banned = true; };
  EXPECT_EQ(of_member("", banned).action, Action::discard);
  EXPECT_EQ(of_member("post_access = open\n", banned).rule, "banned");
  const auto with_password = [&](Known& known) {
    banned(known);
    known.facts.proof = auth::Proof::post_password;
  };
  EXPECT_EQ(of_member("", with_password).action, Action::accept);
}

TEST_F(AuthorRules, StrangersAreJudgedByName) {
  const std::string reject = "post_access = list\nnonmember_posts = reject\n";
  EXPECT_EQ(of_stranger(reject).action, Action::reject);
  EXPECT_EQ(of_stranger(reject + lines("accept_these_nonmembers", "*@EXAMPLE.com")).action, Action::accept);
  EXPECT_EQ(of_stranger(reject + lines("hold_these_nonmembers", "bob@example.com\nAnn@example.com")).action,
            Action::hold);
  EXPECT_EQ(of_stranger(reject + lines("discard_these_nonmembers", "ann*")).action, Action::discard);
  EXPECT_EQ(of_stranger("post_access = list\n" + lines("reject_these_nonmembers", "ann@*")).action, Action::reject);
  EXPECT_EQ(of_stranger(reject + lines("accept_these_nonmembers", "*@mail.example.com")).action, Action::reject);
}

TEST_F(AuthorRules, TheFirstOfTheListsThatNamesAStrangerCounts) {
  std::string config = "post_access = list\n" + lines("discard_these_nonmembers", "*");
  EXPECT_EQ(of_stranger(config).action, Action::discard);
  config += lines("reject_these_nonmembers", "*");
  EXPECT_EQ(of_stranger(config).action, Action::reject);
  config += lines("hold_these_nonmembers", "*");
  EXPECT_EQ(of_stranger(config).action, Action::hold);
  config += lines("accept_these_nonmembers", "*");
  EXPECT_EQ(of_stranger(config).action, Action::accept);
}

TEST_F(AuthorRules, MembersAreNoStrangersByName) {
  const std::string config = lines("discard_these_nonmembers", "*");
  EXPECT_EQ(of_member(config, [](Known&) {}).action, Action::accept);
  EXPECT_EQ(of_stranger("post_access = open\n" + config).action, Action::discard);
  EXPECT_EQ(of_stranger("post_access = open\n" + lines("hold_these_nonmembers", "*")).rule, "not_member");
  EXPECT_EQ(of_stranger("post_access = open\n").action, Action::accept);
  // By restrict_post.
  EXPECT_EQ(decide("restrict_post = cooks\n" + config, [](Known& known) { known.standing.is_permitted_poster = true; })
                .action,
            Action::accept);
  // A member whom restrict_post leaves out does not pass as a stranger by name either.
  EXPECT_EQ(of_member("restrict_post = bakers\n" + lines("accept_these_nonmembers", "*"), [](Known&) {}).rule,
            "not_member");
}

// Where only moderators post nobody's own word is enough.
TEST_F(AuthorRules, WhereOnlyModeratorsPostNobodyPassesByName) {
  const std::string closed = "post_access = closed\n";
  EXPECT_EQ(of_stranger(closed + lines("accept_these_nonmembers", "*")).action, Action::hold);
  const Decision challenged = of_stranger(closed + "nonmember_posts = challenge\n");
  EXPECT_EQ(challenged.action, Action::hold);
  EXPECT_FALSE(waits_for_author(challenged.reasons));
  EXPECT_EQ(of_stranger(closed + lines("discard_these_nonmembers", "*")).action, Action::discard);
}

TEST_F(AuthorRules, AChallengeHoldsForTheAuthorAndOtherReasonsStay) {
  const std::string config = "post_access = list\nnonmember_posts = challenge\n";
  const Decision one = of_stranger(config);
  EXPECT_EQ(one.action, Action::hold);
  EXPECT_EQ(one.rule, "not_member");
  EXPECT_EQ(words_of(one.reasons), std::vector<std::string>{"challenged"});
  EXPECT_TRUE(waits_for_author(one.reasons));
  const Decision two = of_stranger(config + "moderate = yes\n");
  EXPECT_EQ(words_of(two.reasons), (std::vector<std::string>{"challenged", "moderated"}));
  EXPECT_EQ(of_member(config, [](Known&) {}).action, Action::accept);
  EXPECT_EQ(of_stranger(config + lines("reject_these_nonmembers", "*")).action, Action::reject);
}

TEST_F(AuthorRules, WhoRunsTheListMayPostWhereMembersMayOnceItShows) {
  const auto post = [&](const std::string& config, bool is_authenticated) {
    return decide(config, [&](Known& known) {
      known.facts.author_is_in_charge = true;
      known.facts.is_authenticated = is_authenticated;
    });
  };
  for (const std::string nonmembers : {"hold", "reject", "discard", "challenge"}) {
    const std::string config = "post_access = list\nnonmember_posts = " + nonmembers + "\n";
    EXPECT_EQ(post(config, true).action, Action::accept) << nonmembers;
    EXPECT_TRUE(waits_for_author(post(config, false).reasons)) << nonmembers;
  }
  EXPECT_EQ(post("restrict_post = bakers\n", true).action, Action::accept);
  EXPECT_TRUE(waits_for_author(post("restrict_post = bakers\n", false).reasons));
  EXPECT_EQ(post("post_access = list\nnonmember_posts = accept\n", false).action, Action::accept);
  EXPECT_EQ(post("post_access = closed\n", true).action, Action::hold);
  EXPECT_FALSE(waits_for_author(post("post_access = list\nmoderate = yes\n", false).reasons));
  EXPECT_EQ(post("post_access = list\n" + lines("discard_these_nonmembers", "*"), true).action, Action::discard);
}

TEST_F(AuthorRules, WhoCannotBeAskedIsHeld) {
  const auto robot = [](Known& known) { known.facts.may_be_asked = false; };
  const Decision held = decide("post_access = list\nnonmember_posts = challenge\n", robot);
  EXPECT_EQ(held.action, Action::hold);
  EXPECT_EQ(words_of(held.reasons), std::vector<std::string>{"stranger"});
}

TEST_F(AuthorRules, AMembersUnshownPostMayBeChallenged) {
  const auto unshown = [](Known& known) { known.facts.unauthenticated = Action::challenge; };
  const Decision held = of_member("", unshown);
  EXPECT_EQ(held.action, Action::hold);
  EXPECT_EQ(held.rule, "unauthenticated");
  EXPECT_TRUE(waits_for_author(held.reasons));
}

TEST_F(AuthorRules, ANewMembersFirstPostsAreHeld) {
  const auto after = [&](const std::string& config, std::uint32_t posts) {
    return of_member(config, [&](Known& known) { known.standing.posts_before = posts; });
  };
  const Decision second = after("moderate_first = 2\n", 1);
  EXPECT_EQ(second.action, Action::hold);
  EXPECT_EQ(second.rule, "moderate_first");
  EXPECT_EQ(second.reasons.front(), (Reason{ReasonId::new_member, {{"count", "2"}, {"limit", "2"}}}));
  EXPECT_EQ(after("moderate_first = 2\n", 2).action, Action::accept);
  EXPECT_EQ(after("", 0).action, Action::accept);
  const Decision moderator = of_member("moderate_first = 2\n", [](Known& known) {
    known.standing.posts_before = 0;
    known.facts.author_is_in_charge = true;
    known.facts.is_authenticated = true;
  });
  EXPECT_EQ(moderator.action, Action::accept);
  EXPECT_EQ(of_stranger("post_access = open\nmoderate_first = 2\n").action, Action::accept);
}

// A moderator's own post is held and decided by a code; an editor's is passed by a code. Neither by a From field.
TEST_F(AuthorRules, AnEditorsPostPassesOnceItShowsWhoseItIs) {
  const auto editor = [](Known& known) { known.standing.member_is_editor = true; };
  const Decision asked = of_member("moderate = yes\n", editor);
  EXPECT_EQ(asked.action, Action::hold);
  EXPECT_TRUE(waits_for_author(asked.reasons));
  const auto with = [&](const Change& change) {
    return of_member("moderate = yes\n", [&](Known& known) {
      editor(known);
      change(known);
    });
  };
  EXPECT_EQ(with([](Known& known) { known.facts.is_authenticated = true; }).action, Action::accept);
  const Decision second = with([](Known& known) { known.standing.editor_is_asked = true; });
  EXPECT_EQ(second.action, Action::hold);
  EXPECT_FALSE(waits_for_author(second.reasons));
  const Decision unreachable = with([](Known& known) { known.facts.may_be_asked = false; });
  EXPECT_EQ(unreachable.action, Action::hold);
  EXPECT_FALSE(waits_for_author(unreachable.reasons));
  const Decision reviewed = with([](Known& known) {
    known.facts.is_authenticated = true;
    known.standing.member_is_moderated = true;
  });
  EXPECT_EQ(reviewed.action, Action::hold);
  EXPECT_FALSE(waits_for_author(reviewed.reasons));
  EXPECT_EQ(with([](Known& known) { known.standing.member_may_not_post = true; }).action, Action::reject);
  EXPECT_EQ(of_member("post_access = closed\n", editor).action, Action::hold);
}

TEST_F(AuthorRules, OfOneAuthorSoManyPassADay) {
  const auto flooded = [](Known& known) { known.standing.author_is_flooded = true; };
  const Decision refused = of_member("author_posts_per_day = 3\n", flooded);
  EXPECT_EQ(refused.action, Action::reject);
  EXPECT_EQ(refused.rule, "author_flood");
  const auto of_owner = [&](bool is_authenticated) {
    return of_member("author_posts_per_day = 3\n", [&](Known& known) {
      flooded(known);
      known.facts.author_is_in_charge = true;
      known.facts.is_authenticated = is_authenticated;
    });
  };
  EXPECT_EQ(of_owner(true).action, Action::accept);
  EXPECT_EQ(of_owner(false).action, Action::reject);
  const Decision of_day =
      of_member("flood_per_day = 3\n", [](Known& known) { known.standing.is_flooded_today = true; });
  EXPECT_EQ(of_day.reasons.front(), (Reason{ReasonId::flooded_today, {{"limit", "3"}}}));
}

TEST_F(AuthorRules, WhomTheAddressFilterNamesIsHeld) {
  const auto filtered = [](Known& known) { known.facts.is_filtered = true; };
  EXPECT_EQ(of_member("", filtered).rule, "address_filter");
  EXPECT_EQ(of_member("post_access = open\n", filtered).action, Action::hold);
}

TEST_F(AuthorRules, AnAnswerInAnOldThreadIsHeld) {
  const auto old = [](Known& known) { known.standing.is_old_thread = true; };
  const Decision held = of_member("thread_days = 7\n", old);
  EXPECT_EQ(held.rule, "thread_days");
  EXPECT_EQ(held.reasons.front(), (Reason{ReasonId::old_thread, {{"days", "7"}}}));
}

// What the store may know can only speak against it: then copies are made before the lock is taken.
TEST_F(AuthorRules, OnlyWhoWritesDecidesWhetherCopiesAreMade) {
  const auto may = [&](const std::string& config) {
    make_list("cooks", config);
    const List cooks = list("cooks");
    const mail::Message message = mail::Message::open(kRaw);
    PostFacts facts;
    facts.site = site_.get();
    facts.list = &cooks;
    facts.message = &message;
    facts.author = message.author();
    facts.envelope_sender = mail::Address::parse("ann@example.com");
    facts.if_stranger = action_if_stranger(cooks.config(), facts.author->address);
    return may_be_accepted(facts, examine_post(facts));
  };
  EXPECT_TRUE(may("moderate_first = 3\nthread_days = 3\nflood_per_hour = 1\n"));
  EXPECT_TRUE(may("post_access = list\nnonmember_posts = challenge\n"));
  EXPECT_FALSE(may("moderate = yes\n"));
  EXPECT_FALSE(may("post_access = closed\n" + lines("accept_these_nonmembers", "*")));
}

TEST_F(AuthorRules, ALineThatIsNeitherAddressNorPatternIsRefused) {
  ListConfig config;
  EXPECT_TRUE(config.set(Setting::accept_these_nonmembers, "ann@example.com\n*@example.org\n").ok());
  EXPECT_FALSE(config.set(Setting::accept_these_nonmembers, "ann@example.com\nexample.org\n").ok());
  EXPECT_FALSE(config.set(Setting::discard_these_nonmembers, "Ann <ann@example.com>").ok());
}

}  // namespace
}  // namespace majlis::lists
