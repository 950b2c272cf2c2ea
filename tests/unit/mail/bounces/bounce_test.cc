#include "mail/bounces/bounce.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "mail/bounces/bounce_address.h"
#include "mail/bounces/bounce_codes.h"

namespace majlis::mail {
namespace {

const char kSystem[] = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.net\nSubject: failure notice\n";

Report read(const std::string& bytes) { return read_report(Message::open(bytes)); }

std::string status_report(const std::string& groups, const std::string& type = "message/delivery-status") {
  return std::string(kSystem) +
         "Content-Type: multipart/report; boundary=b\n\n--b\n\nIt went wrong.\n--b\nContent-Type: " + type +
         "\n\nReporting-MTA: dns; mx.example.net\n\n" + groups +
         "\n--b\nContent-Type: message/rfc822\n\nTo: x@y.example\n\n--b--\n";
}

Report read_words(const std::string& text) { return read(std::string(kSystem) + "\n" + text); }

std::string failed(const Report& report) {
  std::string out;
  for (const ReportedRecipient& recipient : report.recipients) {
    if (recipient.outcome == Outcome::failure) out += (out.empty() ? "" : " ") + recipient.address.text();
  }
  return out;
}

TEST(Bounce, TheFieldsOfAStatusNameWhoFailedAndWhy) {
  const Report report = read(status_report(
      "Original-Recipient: rfc822;joe+cooks@example.org\nFinal-Recipient: rfc822; joe@example.org\nAction: failed\n"
      "Status: 5.1.1 (no such user)\nDiagnostic-Code: smtp; 550 5.1.1\n  <joe@example.org>: unknown\n"));
  EXPECT_EQ(report.kind, ReportKind::failure);
  ASSERT_EQ(report.recipients.size(), 1U);
  EXPECT_EQ(report.recipients[0].address.text(), "joe@example.org");
  EXPECT_EQ(report.recipients[0].original->text(), "joe+cooks@example.org");
  EXPECT_EQ(report.recipients[0].status, "5.1.1");
  EXPECT_EQ(report.recipients[0].smtp_code, 550);
}

TEST(Bounce, EachRecipientHasItsOwnOutcome) {
  const Report report =
      read(status_report("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.0.0\n\n"
                         "Final-Recipient: rfc822; b@example.org\nAction: delayed\nStatus: 4.0.0\n\n"
                         "Final-Recipient: rfc822; c@example.org\nAction: relayed\nStatus: 2.0.0\n"));
  EXPECT_EQ(report.kind, ReportKind::failure);
  ASSERT_EQ(report.recipients.size(), 3U);
  EXPECT_EQ(failed(report), "a@example.org");
  EXPECT_EQ(report.recipients[1].outcome, Outcome::delay);
  EXPECT_EQ(report.recipients[2].outcome, Outcome::success);
}

TEST(Bounce, ATemporaryStatusThatWasGivenUpIsAFailure) {
  EXPECT_EQ(failed(read(status_report("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 4.4.7\n"))),
            "a@example.org");
}

TEST(Bounce, WithoutAnActionTheStatusDecides) {
  EXPECT_EQ(read(status_report("Final-Recipient: rfc822; a@example.org\nStatus: 4.4.7\n")).kind, ReportKind::delay);
  EXPECT_EQ(read(status_report("Final-Recipient: rfc822; a@example.org\nStatus: 5.4.7\n")).kind, ReportKind::failure);
  EXPECT_EQ(read(status_report("Final-Recipient: rfc822; a@example.org\n")).recipients.size(), 0U);
}

TEST(Bounce, WarningsAndConfirmationsCountForNoFailure) {
  const Report warning =
      read(status_report("Final-Recipient: rfc822; a@example.org\nAction: delayed\nStatus: 4.4.7\n"));
  EXPECT_EQ(warning.kind, ReportKind::delay);
  EXPECT_EQ(failed(warning), "");
  const Report done = read(status_report("Final-Recipient: rfc822; a@example.org\nAction: delivered\nStatus: 2.0.0\n"));
  EXPECT_EQ(done.kind, ReportKind::success);
}

TEST(Bounce, AnOriginalAddressStandsInForAPipe) {
  EXPECT_EQ(failed(read(status_report("Final-Recipient: rfc822; |/usr/bin/vacation joe\nOriginal-Recipient: rfc822; "
                                      "joe@example.org\nAction: failed\nStatus: 5.0.0\n"))),
            "joe@example.org");
}

TEST(Bounce, InternationalReportsNameTheirAddressesInUtf8) {
  EXPECT_EQ(failed(read(status_report("Final-Recipient: utf-8; jos\\x{E9}@example.org\nAction: failed\nStatus: 5.1.1\n",
                                      "message/global-delivery-status"))),
            "jos\xC3\xA9@example.org");
}

TEST(Bounce, LineEndsOfEveryKindAreRead) {
  const std::string lf = status_report("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.0.0\n");
  for (const char* end : {"\n", "\r\n", "\r"}) {
    std::string bytes;
    for (const char c : lf) bytes += c == '\n' ? std::string(end) : std::string(1, c);
    EXPECT_EQ(failed(read(bytes)), "a@example.org") << static_cast<int>(end[0]);
  }
}

TEST(Bounce, AStatusInsideAReturnedMessageIsNotRead) {
  const Report report = read("From: ann@example.org\nContent-Type: message/rfc822\n\n" +
                             status_report("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.0.0\n"));
  EXPECT_EQ(failed(report), "");
}

TEST(Bounce, AReportThatAGatewayWrappedIsRead) {
  const std::string inner = status_report("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n");
  const std::string mixed =
      "Content-Type: multipart/mixed; boundary=o\n\n--o\n\nPassed on.\n--o\nContent-Type: "
      "message/rfc822\n\n" +
      inner + "\n--o--\n";
  const std::string whole = "Content-Type: message/rfc822\n\n" + inner;
  for (const std::string& body : {mixed, whole}) {
    EXPECT_EQ(failed(read("From: postmaster@gw.example.net\nSubject: Undeliverable\n" + body)), "a@example.org");
    EXPECT_EQ(failed(read("From: gw@example.net\nAuto-Submitted: auto-generated\n" + body)), "a@example.org");
    EXPECT_EQ(failed(read("From: ann@example.net\nSubject: look\n" + body)), "");
  }
}

TEST(Bounce, AReportThatCameBackItselfNamesWhomTheOuterOneNames) {
  const std::string inner = status_report("Final-Recipient: rfc822; a@example.org\nAction: failed\nStatus: 5.1.1\n");
  EXPECT_EQ(failed(read(std::string(kSystem) +
                        "Content-Type: multipart/report; boundary=o\n\n--o\n\nx\n--o\n"
                        "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; b@example.org\nAction: "
                        "failed\nStatus: 5.0.0\n\n--o\nContent-Type: message/rfc822\n\n" +
                        inner + "\n--o--\n")),
            "b@example.org");
}

TEST(Bounce, ABannerBeginsTheReturnedMessageOnlyInFrontOfOne) {
  const std::string rule(25, '-');
  const std::string text = "|" + rule + " Message log follows: " + rule + "|\n no valid recipients were found\n|" +
                           rule + " Failed addresses follow: " + rule + "|\n <joe@example.org> ... unknown user\n|" +
                           rule + " Message text follows: " + rule +
                           "|\nFrom: bob@example.com\n\n<ann@example.org>: hello\n";
  EXPECT_EQ(failed(read_words(text)), "joe@example.org");
}

TEST(Bounce, WhatEximsFieldNamesHasTheReasonOfItsEntry) {
  const Report report =
      read(std::string(kSystem) +
           "X-Failed-Recipients: joe@example.org,ann@example.org\n\nThe following address(es) "
           "failed:\n\n  joe@example.org\n    550 5.1.1 gone\n  ann@example.org\n    552 5.2.2 full\n");
  ASSERT_EQ(failed(report), "joe@example.org ann@example.org");
  EXPECT_EQ(report.recipients[0].status, "5.1.1");
  EXPECT_EQ(report.recipients[1].status, "5.2.2");
}

TEST(Bounce, EntriesOfAListStandNoDeeperThanTheFirst) {
  const Report report = read_words(
      "A message that you sent could not be delivered. The following address(es)\nfailed:\n\n"
      "  joe@example.org\n    SMTP error: 550 5.1.1\n    <postmaster@example.org>: ask there\n"
      "  ann@example.org\n    mailbox is full\n\n------ This is a copy of the message ------\nTo: bob@example.org\n");
  EXPECT_EQ(failed(report), "joe@example.org ann@example.org");
  EXPECT_EQ(report.recipients[0].status, "5.1.1");
  EXPECT_EQ(report.recipients[0].smtp_code, 550);
  EXPECT_EQ(report.recipients[1].status, "");
}

TEST(Bounce, AReasonThatBeginsWithAnAddressIsNoEntry) {
  EXPECT_EQ(
      failed(read_words("I wasn't able to deliver your message to the following addresses.\n\n<joe@example.org>:\n"
                        "Remote host said: 550\n<cooks-bounces@example.com>: sender refused\n\n<ann@example.org>:\n"
                        "No mailbox\n\n--- Below this line is a copy of the message.\n\n<bob@example.org>:\n")),
      "joe@example.org ann@example.org");
}

TEST(Bounce, AnEntryMayTellWhatItWasMadeOf) {
  const Report exim = read_words(
      "The following address(es) failed:\n\n  joe@a.example\n    (generated from joe@example.org)\n    unrouteable\n");
  ASSERT_EQ(failed(exim), "joe@a.example");
  EXPECT_EQ(exim.recipients[0].original->text(), "joe@example.org");
  const Report postfix = read_words(
      "Your message could not be delivered to one or more destinations.\n\n<joe@a.example> (expanded from\n"
      "    <joe@example.org>): mailbox full\n");
  ASSERT_EQ(failed(postfix), "joe@a.example");
  EXPECT_EQ(postfix.recipients[0].original->text(), "joe@example.org");
}

TEST(Bounce, HeaderLinesThatAReportQuotesDoNotEndIt) {
  EXPECT_EQ(
      failed(read_words("This report relates to a message you sent:\n  Received: from a by b\n  To: x@y.example\n\n"
                        "Your message cannot be delivered to the following recipients:\n"
                        "  Recipient address: joe@example.org\n")),
      "joe@example.org");
}

TEST(Bounce, OneAddressMayStandInASentence) {
  EXPECT_EQ(failed(read_words("There was an error delivering your mail to <joe@example.org>.\n")), "joe@example.org");
  EXPECT_EQ(failed(read_words("Unknown user: joe@example.org\n\nUnknown user: ann@example.org\n")),
            "joe@example.org ann@example.org");
}

TEST(Bounce, AnAddressThatMailWasSentOnToIsNamedBesideTheOneAskedFor) {
  EXPECT_EQ(failed(read_words("Sorry, unable to deliver your message to joe@example.org for\nthe following reason:\n\n"
                              " 552 Quota violation for ann@example.org\n")),
            "joe@example.org ann@example.org");
}

TEST(Bounce, BareNamesBelongToTheReportingSystem) {
  const std::string text = "Your mail could not be delivered because they are not accepting\nmail from a@b.example:\n";
  EXPECT_EQ(failed(read_words(text + "\tjoe\n\tann\n\nbob\n")), "joe@mx.example.net ann@mx.example.net");
  EXPECT_EQ(failed(read_words(text + "joe\n")), "");
}

TEST(Bounce, TextThatOnlyCallsItselfHtmlKeepsItsLines) {
  const Report report = read(std::string(kSystem) + "Content-Type: text/html\n\n" +
                             "I wasn't able to deliver the following message.\n\nSubject: x\nTo: joe@example.org\n");
  EXPECT_EQ(failed(report), "joe@example.org");
}

TEST(Bounce, AReportThatNamesNobodyIsAboutWhomTheReturnedMessageWasFor) {
  const auto report_of = [](const std::string& to) {
    return failed(read(std::string(kSystem) + "Content-Type: multipart/report; boundary=b\n\n--b\n\n" +
                       "Your message could not be delivered.\n--b\nContent-Type: message/rfc822\n\nTo: " + to +
                       "\n\nhello\n--b--\n"));
  };
  EXPECT_EQ(report_of("Joe <joe@example.org>"), "joe@example.org");
  EXPECT_EQ(report_of("joe@example.org, ann@example.org"), "");
}

TEST(Bounce, TheRefusedOnesAreReadFromATranscript) {
  EXPECT_EQ(failed(read_words("----- Transcript of session follows -----\n>>> RCPT To:<joe@example.org>\n"
                              "<<< 550 <joe@example.org>... User unknown\n550 <joe@example.org>... User unknown\n"
                              "451 <ann@example.org>... Deferred\n")),
            "joe@example.org");
}

TEST(Bounce, APersonsWordsAreNotBelieved) {
  const std::string words = "\nThe following addresses had permanent fatal errors:\n\n<joe@example.org>\n";
  EXPECT_EQ(read("From: ann@example.org\nSubject: look what I got\n" + words).kind, ReportKind::nothing);
  EXPECT_EQ(failed(read(kSystem + words)), "joe@example.org");
}

TEST(Bounce, WarningsInWordsAreWarnings) {
  const Report report =
      read_words("Your message has not yet been\ndelivered to the following address:\n\n  a@example.org\n");
  EXPECT_EQ(report.kind, ReportKind::delay);
  EXPECT_EQ(failed(report), "");
}

TEST(Bounce, ALoneAddressInAnUnknownLayoutIsTheOneThatFailed) {
  EXPECT_EQ(failed(read_words("joe@example.org - no such user here.\nFor help write to help@example.net\n")),
            "joe@example.org");
  const Report two = read_words("joe@example.org or ann@example.org - no such user here.\n");
  EXPECT_EQ(two.kind, ReportKind::failure);
  EXPECT_TRUE(two.recipients.empty());
}

TEST(Bounce, FeedbackReceiptsAndAbsenceNotesAreNoFailures) {
  EXPECT_EQ(read("Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\n"
                 "Feedback-Type: abuse\n\n--b--\n")
                .kind,
            ReportKind::feedback);
  EXPECT_EQ(read("Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/disposition-notification\n\n"
                 "Final-Recipient: rfc822;a@b.example\n\n--b--\n")
                .kind,
            ReportKind::receipt);
  EXPECT_EQ(read("From: joe@example.org\nAuto-Submitted: auto-replied\nSubject: away\n\nBack on Monday.\n").kind,
            ReportKind::autoreply);
  EXPECT_EQ(read("From: joe@example.org\nSubject: hello\n\nHow are you?\n").kind, ReportKind::nothing);
}

TEST(Bounce, ARequestToConfirmIsAnAnswerNotAFailure) {
  const Report report = read_words(
      "Your message could not be delivered to:\n\n<joe@example.org>\nYour server requires confirmation. Visit "
      "http://example.net\n");
  EXPECT_EQ(report.kind, ReportKind::autoreply);
  EXPECT_TRUE(report.recipients.empty());
}

TEST(Bounce, NoReportGrowsBeyondItsCeilings) {
  std::string groups;
  for (std::size_t i = 0; i < kMaxReportedRecipients + 100; ++i) {
    groups += "Final-Recipient: rfc822; u" + std::to_string(i) + "@example.org\nAction: failed\n\n";
  }
  const Report report = read(status_report(groups));
  EXPECT_EQ(report.recipients.size(), kMaxReportedRecipients);
  EXPECT_TRUE(report.is_cut);
}

TEST(Bounce, AddressesAreFoundThroughWhatStandsAroundThem) {
  for (const char* text : {"joe@example.org", "<joe@example.org>:", "* joe@example.org",
                           "\"joe@example.org\":", "joe@example.org<mailto:joe@example.org>",
                           "<mailto:joe@example.org>", "[joe@example.org]."}) {
    const auto found = address_at_head(text);
    ASSERT_TRUE(found) << text;
    EXPECT_EQ(found->address.text(), "joe@example.org") << text;
  }
  EXPECT_EQ(address_at_head("\"a..b\"@example.org")->address.text(), "\"a..b\"@example.org");
  for (const char* text : {"", "@", "see joe@example.org", "|/bin/x joe@example.org", "=?utf-8?b?8J+?=@example.org"}) {
    EXPECT_FALSE(address_at_head(text)) << text;
  }
  EXPECT_EQ(address_inside("Local mailbox joe@example.org is full")->address.text(), "joe@example.org");
}

TEST(Bounce, TypedAddressesMayBeInXtext) {
  EXPECT_EQ(parse_typed_address("rfc822; joe+2B1@example.org")->text(), "joe+2B1@example.org");
  EXPECT_EQ(parse_typed_address("rfc822; joe+2B1+40example.org")->text(), "joe+1@example.org");
  EXPECT_EQ(parse_typed_address("RFC822;<joe@example.org>")->text(), "joe@example.org");
  EXPECT_FALSE(parse_typed_address("x400; /S=joe/OU=example/"));
  EXPECT_FALSE(parse_typed_address("system;<>"));
}

TEST(Bounce, CodesAreToldFromHostsAndSizes) {
  EXPECT_EQ(find_status("host mx[192.5.1.1] said: 550 5.7.606 no"), "5.7.606");
  EXPECT_EQ(find_status("from 5.1.1.9"), "");
  EXPECT_EQ(find_status("(#4.4.3)I'm"), "4.4.3");
  EXPECT_EQ(find_smtp_code("port 25 said: 550-5.7.1 no"), 550);
  EXPECT_EQ(find_smtp_code("id 5501 [17.550.1.2]"), 0);
}

}  // namespace
}  // namespace majlis::mail
