#include "lists/posts/reading/admin_request.h"

#include <gtest/gtest.h>

#include "lists/posts/reading/request_words.h"

namespace majlis::lists {
namespace {

bool is_request(std::string_view text, std::string_view subject = "Rice") {
  return find_admin_request(subject, text, "cooks") != AdminRequest::none;
}

TEST(AdminRequest, CommandsWithPlausibleArgumentsAreFound) {
  for (const char* text : {"subscribe",
                           "UNSUBSCRIBE",
                           "unsubscribe cooks",
                           "unsubscribe cooks ann@example.org",
                           "signoff cooks",
                           "\"[un]subscribe\"",
                           "|subscribe|",
                           "unsubscribe me from this list please!",
                           "un-subscribe",
                           "unsuscribe",
                           "unsubscrible ann@example.org",
                           "subscribe r-announce ann@example.org",
                           "subscribe cooks Ann Lee",
                           "Hello,\n\nunsubscribe\n\nThanks",
                           "auth 79ab8625 subscribe cooks Ann <ann@example.org>",
                           "approve sesame1 subscribe cooks ann@example.org",
                           "set cooks nomail",
                           "set nomail",
                           "who cooks",
                           "passwd cooks old new",
                           "newconfig cooks sesame1",
                           "get cooks rice.txt",
                           "help",
                           "ok 12ab34cd",
                           "confirm 0a1b2c3d4e5f"}) {
    EXPECT_TRUE(is_request(text)) << text;
  }
}

TEST(AdminRequest, CommandsOfEveryTongueAreFound) {
  for (const char* text : {"set authenticate sesame",
                           "set authenticate sesame address=ann@example.org",
                           "set authenticate sesame\nset delivery off",
                           "set delivery off",
                           "set digest plain",
                           "set hide on",
                           "set cooks nohtml",
                           "set cooks index",
                           "pw add sesame",
                           "pw reset",
                           "add cooks ann@example.org Ann Lee",
                           "change cooks ann@example.org ann@example.net",
                           "delete cooks *@example.org",
                           "scan cooks lee",
                           "getpost cooks 12",
                           "stats cooks",
                           "hold cooks",
                           "unlock cooks",
                           "join cooks-l",
                           "join sesame",
                           "JOIN x4tta\n-- \nAnn",
                           "leave sesame1",
                           "unsubscribe sesame1",
                           "password sesame quinceandrice"}) {
    EXPECT_TRUE(is_request(text)) << text;
  }
  EXPECT_TRUE(is_request("", "set authenticate sesame"));
  EXPECT_TRUE(is_request("", "join sesame"));
}

TEST(AdminRequest, CommandsAreKnownByTheirOwnGrammar) {
  for (const char* text : {"JOIN COOKS Anna Ek",
                           "JOIN CLUB-L Anna Ek\nThank you",
                           "QUIET ADD cooks ann@example.org Ann Lee",
                           "DEL cooks ann@example.org",
                           "PUT cooks LIST PW=sesame\n* Owner= ann@example.org",
                           "pw add sesame1",
                           "PW CHANGE quince1 PW=sesame1",
                           "SEARCH soup IN cooks",
                           "search cooks soup SINCE 2026-01-31",
                           "REGISTER Anna Ek",
                           "register off",
                           "QUERY *",
                           "query cooks WITH NOMAIL FOR *@example.org",
                           "SERVE ann@example.org",
                           "OK 787EF897",
                           "OK REJECT 787EF897",
                           "leave sesame",
                           "unsubscribe sesame",
                           "unsubscribe sesame address=ann@example.org",
                           "SIGNOFF HIKES-L",
                           "SET HIKES-L DIGEST MIME",
                           "set digest mime",
                           "REVIEW cooks (BY NAME",
                           "GET menu txt cooks",
                           "REVIEW cooks\nINDEX cooks\nGET cooks LOG2611",
                           "which ann@example.org"}) {
    EXPECT_TRUE(is_request(text)) << text;
  }
  for (const char* subject : {"JOIN COOKS Anna Ek", "QUERY *", "leave sesame", "help", "INDEX"}) {
    EXPECT_TRUE(is_request("", subject)) << subject;
  }
}

TEST(AdminRequest, SentencesOfTheSameWordsPass) {
  for (const char* text : {"password lost again",
                           "password reset again",
                           "Leave now",
                           "Leave now!",
                           "Stop now",
                           "join cooks for dinner",
                           "Join cooks at the table tonight",
                           "Get well soon",
                           "Set the digest of soups aside",
                           "Serve hot",
                           "Register soon",
                           "Free rice for cooks",
                           "Move the pan",
                           "Search for saffron in cooks and kitchens",
                           "OK tomorrow",
                           "Query the cook",
                           "Add cooks to taste",
                           "Leave it to the cooks?",
                           "Index cards wanted",
                           "Confirm that cooks come"}) {
    EXPECT_FALSE(is_request(text)) << text;
  }
  for (const char* subject : {"Help", "Index", "Leave now", "password lost again"}) {
    EXPECT_FALSE(is_request("", subject)) << subject;
    EXPECT_FALSE(is_request("Does somebody know more?", subject)) << subject;
  }
}

TEST(AdminRequest, WhatHasNotTheFormOfACommandPasses) {
  for (const char* text :
       {"join us", "Join me!", "leave early", "remove it", "who cares", "join sesame\nwith the quinces",
        "password is wrong", "set authenticate", "set the table on fire", "hold cooks to their word", "add rice",
        "change the water", "add ann@example.org", "pw please", "free rice"}) {
    EXPECT_FALSE(is_request(text)) << text;
  }
  EXPECT_FALSE(is_request("With salt or without?", "join sesame"));
}

TEST(AdminRequest, RequestsInWordsAreFound) {
  for (const char* text : {"Please remove me from this list.", "Please can you remove me from the mailing list?",
                           "Could I please unsubscribe from the cooks mailing list?", "How do I unsubscribe?",
                           "please unsubscribe me", "I would like to subscribe to this list", "Please take me off!",
                           "I request to be removed from the group", "I'd like to unsubscribe from cooks"}) {
    EXPECT_TRUE(is_request(text)) << text;
  }
}

TEST(AdminRequest, ARequestThatIsTheWholeMessageIsFound) {
  for (const char* text :
       {"cancel", "Cancel my subscription", "remove me", "Please remove me", "please remove me, thanks", "delete me",
        "add me", "Take me off this list!", "sign me off", "opt out", "Unsubscribe from the list", "D\u00e9sabonner",
        "D\u00e9sabonnez-moi SVP", "Merci de me d\u00e9sabonner", "Bonjour,\nretirez-moi de la liste\nmerci",
        "me d\u00e9sinscrire", "remove me from cooks"}) {
    EXPECT_TRUE(is_request(text)) << text;
    EXPECT_TRUE(is_request("", text)) << text;
  }
  for (const char* subject : {"help", "info", "who", "remove", "Unsubscribe", "leave", "D\u00e9sabonnement"}) {
    EXPECT_TRUE(is_request("", subject)) << subject;
  }
  EXPECT_TRUE(is_request("Hello,\n\nPlease delete me.\n\nAnn Lee"));
  EXPECT_TRUE(is_request("Ann Lee\n", "remove me"));
}

TEST(AdminRequest, TheSameWordsInATalkAreNone) {
  for (const char* text : {"cancel the dinner", "add me some salt", "Stop. Rice burns.", "remove the lid",
                           "Join us for dinner", "Leave it on the stove", "delete me not", "Who?",
                           "remove me\nis what the label says, and we wondered for a while, each of us over a plate of "
                           "rice, what it might want to be"}) {
    EXPECT_FALSE(is_request(text)) << text;
  }
  EXPECT_FALSE(
      is_request("With salt or without? I would not know, and nobody at my table could tell me either.", "stop"));
  EXPECT_FALSE(is_request("Does somebody know more?", "info"));
  EXPECT_FALSE(is_request("", "Re: remove me"));
}

TEST(AdminRequest, TheSubjectCountsWhenTheTextIsShort) {
  EXPECT_TRUE(is_request("", "unsubscribe"));
  EXPECT_TRUE(is_request("Thank you.\n", "[cooks] Unsubscribe [SEC=UNCLASSIFIED]"));
  EXPECT_TRUE(is_request("", "Pls unsubscribe me from this list."));
  EXPECT_FALSE(is_request("", "Re: unsubscribe"));
  EXPECT_FALSE(is_request("The footer tells.\n> how do I leave?\n", "unsubscribe"));
  EXPECT_FALSE(is_request(std::string(300, 'x'), "unsubscribe"));
}

TEST(AdminRequest, WhatMerelyMentionsTheWordsPasses) {
  for (const char* text : {"subscribe a port",
                           "subscribe() returns an iterator",
                           "remove memset",
                           "Please remove the rice from the list.",
                           "I had to cancel the dinner.",
                           "unstable sauces",
                           "Please subscribe at rice@example.net and ask there.",
                           "Are you sure you would like to unsubscribe?",
                           "Set the table.",

                           "who cooks rice best of all here",
                           "get rice",
                           "Help me with the rice",
                           "approve of it",
                           "ok thanks",
                           "sub",
                           "information about rice",
                           "config rice 1",
                           "The subscriber is removed from the list of cooks.",
                           "leave it for an hour",
                           "confirm it please",
                           "Unsubscribed users cannot post to this list."}) {
    EXPECT_FALSE(is_request(text)) << text;
  }
}

TEST(AdminRequest, QuotedTextSignaturesAndForwardedTextAreNotTheAuthors) {
  for (const char* text :
       {"No idea.\n> unsubscribe cooks\n", "Rice.\n-- \nunsubscribe\n",
        "Rice.\n\n-----Original Message-----\nunsubscribe cooks\n", "Rice.\nOn Monday Bob wrote:\nunsubscribe\n",
        "Rice.\n________________________\nTo unsubscribe from this list: please write\nunsubscribe\n"}) {
    EXPECT_FALSE(is_request(text)) << text;
  }
  EXPECT_TRUE(is_request("unsubscribe\n> Rice.\n-- \nAnn\n"));
}

TEST(AdminRequest, LongPostsAndLaterLinesAreNoRequests) {
  const std::string line = "Take a cup of rice, and two of water, and let it stand.\n";
  std::string recipe;
  for (int i = 0; i < 20; ++i) recipe += line;
  EXPECT_FALSE(is_request("unsubscribe\n" + recipe));
  EXPECT_FALSE(is_request(line + line + line + line + "unsubscribe\n"));
}

TEST(AdminRequest, AnyOctetsCanBeRead) {
  EXPECT_FALSE(is_request(std::string("\0\xFF\x80\n\n\xC3", 6)));
  EXPECT_FALSE(is_request(std::string(100'000, '>')));
  EXPECT_FALSE(is_request(std::string(100'000, '\n'), std::string(2000, '[')));
  EXPECT_FALSE(is_request("", std::string(500, 'u') + " " + std::string(490, 'n')));
}

TEST(RequestWords, AreFreedFromMarks) {
  EXPECT_EQ(words_of("\"[un]Subscribe\", me. Now!"), (std::vector<std::string>{"unsubscribe", "me", ".", "now", "."}));
  EXPECT_TRUE(words_of("...").empty());
}

TEST(RequestWords, KnowSpellingsOfTheVerbsAndNotTheirRelatives) {
  for (const char* word : {"unsubscribe", "unsuscribe", "un-subscribe", "unssubscribe", "unsubcribe", "unsubscripe"}) {
    EXPECT_TRUE(is_unsubscribe(word)) << word;
  }
  for (const char* word : {"unsubscribed", "subscribe", "unsure", "unsupported", "unstable", ""}) {
    EXPECT_FALSE(is_unsubscribe(word)) << word;
  }
  EXPECT_TRUE(is_subscribe("suscribe"));
  for (const char* word : {"subscriber", "subscript", "subscribed", "describe", ""}) EXPECT_FALSE(is_subscribe(word));
}

}  // namespace
}  // namespace majlis::lists
