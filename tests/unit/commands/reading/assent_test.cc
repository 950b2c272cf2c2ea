#include "commands/reading/assent.h"

#include <gtest/gtest.h>

namespace majlis::commands {
namespace {

TEST(Assent, IsNoWordOrOneOfManyLanguagesAtTheBeginning) {
  for (const std::string_view words : {"",
                                       "\n\n",
                                       "yes",
                                       "Yes please.\n\nBest regards\nAnn",
                                       "OK",
                                       "I do",
                                       "I confirm my subscription",
                                       "Please add me",
                                       "Hello,\n\nyes",
                                       "Hi Olga!\nI agree.",
                                       "Oui, merci",
                                       "D\u2019accord",
                                       "Je confirme",
                                       "Ja bitte",
                                       "S\u00ed",
                                       "I am here.",
                                       "\u306F\u3044",
                                       "\u0414\u0430",
                                       "Approved",
                                       "accepter",
                                       "Accept\u00e9.",
                                       "approuver"}) {
    EXPECT_TRUE(assents(words)) << words;
  }
}

TEST(Assent, IsNoneInNotesOfMachinesQuestionsAndTalk) {
  for (const std::string_view words : {"Thank you for your message. We will get back to you within two days.",
                                       "Your request has been received and is being handled by our support team.",
                                       "Ich bin ab dem 3. Dezember wieder im B\u00fcro.",
                                       "Moe has left the company.",
                                       "This mailbox is unmonitored.",
                                       "I am travelling with limited access to email.",
                                       "my email address has changed to x",
                                       "I will report you to the police",
                                       "Someone used my address",
                                       "I disagree",
                                       "Basta",
                                       "Nem",
                                       "who are you and what is this list about",
                                       "Wer sind Sie",
                                       "Please explain",
                                       "\u041E\u0442\u0441\u0442\u0430\u043D\u044C\u0442\u0435",
                                       "about 20ja3tqk431jy7qw83y20zyb3y7pm1ew",
                                       "This is a long line in which somebody tells a tale and says yes",
                                       "Hello\nyes",
                                       "Ann Lee"}) {
    EXPECT_FALSE(assents(words)) << words;
  }
}

}  // namespace
}  // namespace majlis::commands
