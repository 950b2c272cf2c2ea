#include "mail/bounces/bounce_rejection.h"

#include <gtest/gtest.h>

#include <string>

#include "mail/bounces/bounce.h"
#include "mail/bounces/bounce_blame.h"

namespace majlis::mail {
namespace {

Report report_of(const std::string& disposition, const std::string& words) {
  return read_report(Message::open(
      "From: postmaster@mx.example.net\nSubject: Automatically rejected mail\nContent-Type: multipart/report; "
      "report-type=disposition-notification; boundary=b\n\n--b\n\n" +
      words +
      "\n--b\nContent-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; joe@example.org\n"
      "Disposition: " +
      disposition + "\n--b--\n"));
}

const char kDeleted[] = "automatic-action/MDN-sent-automatically; deleted";

TEST(BounceRejection, AMailboxOverQuotaRefusesByADispositionNotification) {
  const Report report =
      report_of(kDeleted, "Your message was automatically rejected:\nQuota exceeded (mailbox for user is full)\n");
  EXPECT_EQ(report.kind, ReportKind::failure);
  ASSERT_EQ(report.recipients.size(), 1U);
  EXPECT_EQ(report.recipients[0].address.text(), "joe@example.org");
  EXPECT_EQ(blame_for(report.recipients[0].status, report.recipients[0].reason), Blame::temporary);
}

TEST(BounceRejection, WhomASieveScriptAnswersForIsThere) {
  const Report report =
      report_of(kDeleted, "Your message to <joe@example.org> was automatically rejected:\nPlease no.");
  ASSERT_EQ(report.recipients.size(), 1U);
  EXPECT_EQ(blame_for(report.recipients[0].status, report.recipients[0].reason), Blame::message);
}

TEST(BounceRejection, AnErrorOfTheMailboxNeedsNoWords) {
  EXPECT_EQ(report_of("automatic-action/MDN-sent-automatically; failed", "").kind, ReportKind::failure);
  EXPECT_EQ(report_of("automatic-action/MDN-sent-automatically; processed/error", "").kind, ReportKind::failure);
}

TEST(BounceRejection, ReceiptsAreReceipts) {
  EXPECT_EQ(report_of(kDeleted, "Your message\n\n  To: cooks\n\nwas deleted without being read on Monday.").kind,
            ReportKind::receipt);
  EXPECT_EQ(report_of("manual-action/MDN-sent-manually; deleted", "I reject what I refuse to read.").kind,
            ReportKind::receipt);
  EXPECT_EQ(report_of("manual-action/MDN-sent-manually; displayed", "It was displayed. Quota?").kind,
            ReportKind::receipt);
}

TEST(BounceRejection, OneInsideAReturnedMessageIsNotRead) {
  const Report report = read_report(Message::open(
      "From: MAILER-DAEMON@mx.example.net\nSubject: failure notice\nContent-Type: multipart/mixed; "
      "boundary=o\n\n--o\n\n"
      "<joe@example.org>: 550 5.1.1 gone\n--o\nContent-Type: message/rfc822\n\nFrom: ann@example.com\nContent-Type: "
      "multipart/report; boundary=b\n\n--b\n\nread\n--b\nContent-Type: message/disposition-notification\n\n"
      "Final-Recipient: rfc822; ann@example.com\nDisposition: manual-action/MDN-sent-manually; "
      "displayed\n--b--\n--o--\n"));
  EXPECT_EQ(report.kind, ReportKind::failure);
  ASSERT_EQ(report.recipients.size(), 1U);
  EXPECT_EQ(report.recipients[0].address.text(), "joe@example.org");
}

}  // namespace
}  // namespace majlis::mail
