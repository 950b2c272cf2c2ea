#include "mail/bounces/bounce_forms.h"

#include <gtest/gtest.h>

#include <string>

#include "mail/bounces/bounce.h"
#include "mail/bounces/bounce_address.h"

namespace majlis::mail {
namespace {

const char kSystem[] = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nTo: cooks-bounces@lists.example.org\n";
const char kNullSender[] = "Return-Path: <>\nFrom: joe@example.net\nTo: cooks-bounces@lists.example.org\n";

Report read(const std::string& bytes) { return read_report(Message::open(bytes)); }

std::string failed(const Report& report) {
  std::string out;
  for (const ReportedRecipient& recipient : report.recipients) {
    if (recipient.outcome == Outcome::failure) out += (out.empty() ? "" : " ") + recipient.address.text();
  }
  return out;
}

// Of a letter from the mail system, in a tongue that no table has.
std::string failed_in(const std::string& text) { return failed(read(kSystem + ("Subject: Viesti\n\n" + text))); }

TEST(BounceForms, AddressesInFrontOfAColonHaveFailedWhateverIsSaidOfThem) {
  EXPECT_EQ(failed_in("Hei,\n\n<joe@example.org>:\nPostilaatikko on poissa.\n\n<ann@example.org>:\nSamoin.\n"),
            "joe@example.org ann@example.org");
  EXPECT_EQ(failed_in("Hei,\n\njoe@example.org: poissa\n"), "joe@example.org");
  EXPECT_EQ(failed_in("<joe@a.example> (laajennettu: <joe@example.org>): poissa\n"), "joe@a.example");
}

TEST(BounceForms, AnAddressInOneLineWithARefusalHasFailed) {
  EXPECT_EQ(failed_in("Palvelin b.example sanoi: 550 5.1.1 <joe@example.org> poissa\nKatso ann@example.org\n"),
            "joe@example.org");
  EXPECT_EQ(failed_in(">>> RCPT TO:<joe@example.org>\n<<< 550 poissa\n>>> RCPT TO:<ann@example.org>\n<<< 250 Ok\n"),
            "joe@example.org");
}

TEST(BounceForms, AddressesWithALineForThemselvesHaveFailedWhenNobodyElseIsNamed) {
  const std::string list = "Viesti ei mennyt perille, virhe (error):\n\n  joe@example.org\n  ann@example.org\n";
  EXPECT_EQ(failed_in(list), "joe@example.org ann@example.org");
  EXPECT_EQ(failed_in("Vastaanottaja: joe@example.org\nSyy: error\n"), "joe@example.org");
  EXPECT_EQ(failed_in("Kenelle: joe@example.org\nKenelle: ann@example.org\nSyy: error\n"),
            "joe@example.org ann@example.org");
  EXPECT_EQ(failed_in(list + "\nTai sitten bob@example.org ehkä\n"), "");
}

TEST(BounceForms, OfSeveralTheOneThatTheReturnedMessageWasForHasFailed) {
  const std::string returned =
      "\nMessage-ID: <m@x>\nFrom: bob@example.com\nTo: cooks@lists.example.org\nDelivered-To: joe@example.org\n"
      "Subject: x\n\nhello\n";
  EXPECT_EQ(failed_in("Viesti joe@example.org ei mennyt, kysy ann@example.org\n" + returned), "joe@example.org");
  EXPECT_EQ(failed_in("Viesti jim@example.org ei mennyt, kysy ann@example.org\n" + returned), "");
}

TEST(BounceForms, WhatTheSummaryOfTheMessageNamesHasFailedOnlyWhenNobodyElseIsNamed) {
  const std::string summary = "Viesti\n  To: ann@example.org\n  Cc: jim@example.org\n\nerror: ";
  EXPECT_EQ(failed_in(summary + "joe@example.org tiistaina\n"), "joe@example.org");
  EXPECT_EQ(failed_in("Viesti\n  To: ann@example.org\n\nerror\n"), "ann@example.org");
}

TEST(BounceForms, TemporaryRefusalsInAnUnknownTongueMayBeAWarning) {
  const Report report = read(std::string(kSystem) + "Subject: Viesti\n\n<joe@example.org>:\n451 4.2.0 odota\n");
  EXPECT_EQ(report.kind, ReportKind::delay);
  EXPECT_EQ(failed_in("<joe@example.org>:\n451 4.2.0 odota\nerror, returned\n"), "joe@example.org");
}

TEST(BounceForms, AnAbsenceNoteFromTheNullSenderNamesNobody) {
  for (const char* text : {"I have a problem with my knee. In urgent cases mail ann@example.org.\n",
                           "Your message to ann@example.org will be read on Monday.\n",
                           "I am 550 km from home, with kernel 5.4.1.\n\nann@example.org: ask her\n",
                           "Je suis absent, impossible de répondre : ann@example.org est là.\n"}) {
    const Report report = read(std::string(kNullSender) + "Subject: Re: soup\n\n" + text);
    EXPECT_EQ(report.kind, ReportKind::nothing) << text;
    EXPECT_EQ(read(std::string(kSystem) + "Subject: Out of office\n\n" + text).kind, ReportKind::autoreply) << text;
  }
  EXPECT_EQ(failed(read(std::string(kNullSender) + "Subject: x\n\nann@example.org: 550 5.1.1 gone\n")),
            "ann@example.org");
}

TEST(BounceForms, AnAbsenceNoteThatSaysSoNeedsARefusalBesideAnyPhrase) {
  const std::string note = std::string(kNullSender) + "Auto-Submitted: auto-replied\nSubject: soup\n\n";
  const std::string words = "I am unable to read your message to ann@example.org.\n";
  EXPECT_EQ(read(note + words).kind, ReportKind::autoreply);
  EXPECT_EQ(failed(read(note + words + "550 5.1.1 no such user\n")), "ann@example.org");
}

TEST(BounceForms, TheEnvelopeTellsWhereTheLetterDoesNot) {
  const Message message = Message::open("From: joe@example.net\nSubject: x\n\n<ann@example.org>:\nPoissa.\n");
  EXPECT_EQ(read_report(message).kind, ReportKind::nothing);
  EXPECT_EQ(failed(read_report(message, ReturnPath::parse("<>"))), "ann@example.org");
}

TEST(BounceForms, FrenchLettersAreRead) {
  for (const char* text :
       {"Subject: Message non remis\n\nVotre message n\xE2\x80\x99"
        "a pu être distribué au destinataire suivant :\n\n"
        "    ann@example.fr\n\nMotif : boîte pleine.\n",
        "Subject: Échec de la remise\n\nÉchec de la remise à ces destinataires :\n\nann@example.fr (ann@example.fr)\n"
        "L\xE2\x80\x99"
        "adresse est introuvable.\n\n#550 5.1.1 RecipNotFound ##\n",
        "Subject: Retour\n\nL'utilisateur ann@example.fr est inconnu chez nous.\n\n"
        "Received: from a by b\nFrom: <bob@example.com>\nTo: cooks@lists.example.org\n\nhello\n"}) {
    EXPECT_EQ(failed(read(std::string(kSystem) + text)), "ann@example.fr") << text;
  }
  EXPECT_EQ(read(std::string(kSystem) + "Subject: Avis\n\nVotre message à ann@example.fr est retardé.\n").kind,
            ReportKind::delay);
}

TEST(BounceForms, ChineseLettersAreRead) {
  EXPECT_EQ(failed(read("From: PostMaster@qq.example\nSubject: 系统退信\nContent-Type: text/plain; charset=utf-8\n\n"
                        "抱歉，您的邮件被退回来了\n收件人　ann@example.cn\n"
                        "退信原因：收件人邮件地址（ann@example.cn）不存在，邮件无法送达。\n")),
            "ann@example.cn");
  // "Your mail could not be delivered to: ann@example.cn. No such user." in GB 18030.
  EXPECT_EQ(failed(read(std::string(kSystem) +
                        "Subject: x\nContent-Type: text/plain; charset=gb18030\n\n\xC4\xFA\xB5\xC4\xD3\xCA\xBC\xFE\xCE"
                        "\xB4\xC4\xDC\xCD\xB6\xB5\xDD\xB5\xBD\n\n    ann@example.cn\n\n\xD3\xC3\xBB\xA7\xB2\xBB\xB4"
                        "\xE6\xD4\xDA\n")),
            "ann@example.cn");
  EXPECT_EQ(read(std::string(kSystem) + "Subject: x\n\n发给 ann@example.cn 的邮件延迟\n").kind, ReportKind::delay);
}

TEST(BounceForms, AddressesEndWhereAScriptWithoutBlanksGoesOn) {
  EXPECT_EQ(address_inside("收件人ann@example.cn不存在")->address.text(), "ann@example.cn");
  EXPECT_EQ(address_inside("（ann@example.cn）")->address.text(), "ann@example.cn");
  EXPECT_FALSE(address_at_head("收件人ann@example.cn"));
  EXPECT_EQ(address_inside("josé@example.org")->address.text(), "josé@example.org");
  EXPECT_EQ(parse_typed_address("utf-8; 张三1@example.org")->text(), "张三1@example.org");
}

}  // namespace
}  // namespace majlis::mail
