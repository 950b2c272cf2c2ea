#include "commands/reading/refusal.h"

#include <gtest/gtest.h>

namespace majlis::commands {
namespace {

bool is_no(std::string_view words) { return refuses(words, Asked::anything_else); }

TEST(Refusal, IsAWordInAnyOfManyLanguages) {
  for (const std::string_view words : {"No! I never asked for this",
                                       "no",
                                       "NO.",
                                       "I did not ask",
                                       "I didn't",
                                       "I didn\u2019t",
                                       "i dont want it",
                                       "Never",
                                       "Stop it",
                                       "please remove me",
                                       "unsubscribe",
                                       "This is spam!",
                                       "Wrong address",
                                       "By mistake.",
                                       "I decline",
                                       "Non merci",
                                       "je n'ai rien demand\u00e9",
                                       "Je n\u2019ai jamais demand\u00e9 cela",
                                       "pas moi",
                                       "D\u00e9sinscrivez-moi",
                                       "une erreur",
                                       "Nein danke",
                                       "Das war ich nicht",
                                       "kein Interesse",
                                       "abmelden!",
                                       "nee",
                                       "niet",
                                       "Nunca",
                                       "n\u00e3o",
                                       "nej tack",
                                       "nie",
                                       "\u043d\u0435\u0442",
                                       "\u4e0d",
                                       "Hello,\n\nno.\n\nAnn"}) {
    EXPECT_TRUE(is_no(words)) << words;
  }
}

TEST(Refusal, IsNoneInWhatPeopleConsentWith) {
  for (const std::string_view words : {"",
                                       "\n",
                                       "Yes",
                                       "yes please",
                                       "OK",
                                       "I confirm",
                                       "Ja",
                                       "Oui, volontiers",
                                       "s\u00ed",
                                       "Da",
                                       "Sent from my iPhone",
                                       "Envoy\u00e9 de mon iPhone",
                                       "Von meinem iPhone gesendet",
                                       "Get Outlook for Android",
                                       "auth ...",
                                       "Note: I know Norway",
                                       "Ann\n12 No. 5 Baker Street",
                                       "no-reply@example.com",
                                       "https://no.example/not",
                                       "yes\n20bss3tqk431jy7no3y20zyb3y7pm1ew",
                                       "\u306f\u3044",
                                       "\u662f\u7684",
                                       "Best regards\nAnn Nolan"}) {
    EXPECT_FALSE(is_no(words)) << words;
  }
}

TEST(Refusal, IsNoneInWhatFirmsPutBelow) {
  EXPECT_FALSE(is_no("Yes\n\nThis message is confidential. If you are not the intended recipient\ndo not read it."));
  EXPECT_FALSE(is_no("Oui\n\nCe message est confidentiel et ne doit pas circuler."));
  EXPECT_FALSE(is_no("Yes\n\nDo not print this unless you need it."));
  EXPECT_TRUE(is_no("No!\n\nThis message is confidential."));
}

TEST(Refusal, IsAQuestionAndTheNoteOfAMachineToo) {
  for (const std::string_view words :
       {"Who are you?", "What is this ?", "C'est quoi ?", "NOOOO!!", "Nix", "Please disregard", "Nobody asked you",
        "I am out of the office until Monday", "Ich bin bis Montag im Urlaub", "Your ticket number is 123"}) {
    EXPECT_TRUE(is_no(words)) << words;
  }
  EXPECT_FALSE(is_no("Yes: https://example.org/?q=1"));
}

// Words of notices hide no refusal of a person's.
TEST(Refusal, IsOneBesideWordsOfNotices) {
  for (const std::string_view words : {"I never intended to subscribe", "Hello\n\nI never intended to subscribe",
                                       "No, this is confidential", "Bonjour\n\nJe ne suis pas le destinataire",
                                       "Hi,\n\nnot intended.", "Dear Sirs\n\nI do not want to print this"}) {
    EXPECT_TRUE(is_no(words)) << words;
  }
}

TEST(Refusal, OfLeavingIsOnlyToStay) {
  for (const std::string_view words : {"Please remove me", "stop this spam", "unsubscribe", "Wrong list, cancel it"}) {
    EXPECT_FALSE(refuses(words, Asked::to_leave)) << words;
  }
  for (const std::string_view words : {"No!", "I never asked", "I want to stay", "keep me", "je veux rester"}) {
    EXPECT_TRUE(refuses(words, Asked::to_leave)) << words;
  }
}

TEST(Delay, IsAQuestionOrAWordOfOneWhoDecidesLater) {
  for (const std::string_view words :
       {"wait", "Hold on, I will look at it tomorrow", "?", "Is that spam?", "Attendez", "plus tard", "Warte bitte"}) {
    EXPECT_TRUE(puts_off(words)) << words;
  }
  for (const std::string_view words : {"", "no", "spam", "Not for us.", "Weg damit"}) {
    EXPECT_FALSE(puts_off(words)) << words;
  }
}

TEST(Refusal, AnyOctetsRead) {
  EXPECT_FALSE(is_no("\xFF\xFE\x80' ' \"'"));
  EXPECT_FALSE(is_no("'\n'\n''"));
}

}  // namespace
}  // namespace majlis::commands
