#include "mail/bounces/bounce_blame.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

TEST(BounceBlame, TheStatusSaysWhoseFaultItIs) {
  EXPECT_EQ(blame_for("5.1.1", ""), Blame::mailbox);
  EXPECT_EQ(blame_for("5.1.10", ""), Blame::mailbox);
  EXPECT_EQ(blame_for("5.2.1", ""), Blame::mailbox);
  EXPECT_EQ(blame_for("5.2.2", ""), Blame::temporary);
  EXPECT_EQ(blame_for("4.1.1", ""), Blame::temporary);
  EXPECT_EQ(blame_for("4.4.7", ""), Blame::temporary);
  EXPECT_EQ(blame_for("5.4.4", ""), Blame::temporary);
  EXPECT_EQ(blame_for("5.0.0", ""), Blame::unclear);
  EXPECT_EQ(blame_for("5.5.0", ""), Blame::unclear);
}

TEST(BounceBlame, PolicyContentSizeAndLoopsAreTheMessagesFault) {
  for (const char* status : {"5.7.1", "5.7.26", "4.7.0", "5.6.0", "5.2.3", "5.3.4", "5.4.6", "5.1.8"}) {
    EXPECT_EQ(blame_for(status, ""), Blame::message) << status;
  }
  for (const char* reason :
       {"550 High probability of spam", "554 Message rejected due to DMARC policy", "550 SPF check failed",
        "550 5.0.0 mail forwarding loop for joe@example.org", "552 Message size exceeds fixed maximum",
        "554 blocked using zen.spamhaus.org", "550 this attachment is not accepted"}) {
    EXPECT_EQ(blame_for("", reason), Blame::message) << reason;
    EXPECT_EQ(blame_for("5.0.0", reason), Blame::message) << reason;
  }
}

TEST(BounceBlame, APolicyThatHidesBehindTheStatusOfAnAddressIsStillAPolicy) {
  EXPECT_EQ(blame_for("5.1.1", "550 rejected as spam"), Blame::message);
  EXPECT_EQ(blame_for("5.1.1", "550 5.1.1 User unknown; see our policy"), Blame::mailbox);
}

TEST(BounceBlame, WordsAboutTheSenderBlameNobodysMailboxWhateverElseStandsThere) {
  for (const char* reason : {
           "smtp; 550-Requested action not taken: mailbox unavailable 550 invalid DNS MX or A/AAAA resource record",
           "smtp; 550 192.0.2.7 doesn't have a PTR record, connection refused",
           "smtp; 554-mx.example ESMTP Service not available 554-No SMTP service 554-Bad DNS PTR resource record.",
           "smtp; 550 EHLO name lists.example.org is not a valid host name",
           "550 5.1.0 Domain of sender address cooks-bounces@lists.example.org does not exist",
           "550 5.1.1 <cooks-bounces@lists.example.org>: Sender address rejected: User unknown in local table",
           "550-Verification failed 550 Sender verify failed: no such user",
           "550 5.1.1 unknown user (in reply to MAIL FROM command)",
           "SMTP error from remote mail server after MAIL FROM:<a@b.example> SIZE=1: 550 5.1.1 no such user",
           ">>> MAIL From:<a@b.example> <<< 550 5.1.1 user unknown",
           "550 5.1.1 Unauthenticated senders not allowed",
           "550 your mail server has no reverse entry",
           "550 Client host rejected: cannot find your hostname",
           "550 return path does not exist",
           "550 5.1.1 rejected: adresse de l'expéditeur inconnue",
           "550 we do not accept mail from you: user unknown",
       }) {
    for (const char* status : {"", "5.0.0", "5.1.0", "5.1.1"}) {
      EXPECT_EQ(blame_for(status, reason), Blame::message) << status << " " << reason;
    }
  }
}

TEST(BounceBlame, WordsThatOnlyTellTheSenderBlameTheMailboxAsBefore) {
  for (const char* reason : {"550 5.1.1 user unknown, returned to sender", "550 5.1.1 No such user. Inform the sender.",
                             "550 5.1.1 user unknown; from=<a@b.example> helo=<mx.example.org>",
                             ">>> MAIL From:<a@b.example> <<< 250 ok >>> RCPT To:<c@d.example> <<< 550 user unknown",
                             "mx.example.org said: 550 5.1.1 no such user (in reply to RCPT TO command)"}) {
    EXPECT_EQ(blame_for("5.1.1", reason), Blame::mailbox) << reason;
  }
}

TEST(BounceBlame, OurOwnReturnAddressIsNobodysMailbox) {
  const auto own = Address::parse("cooks-bounces+0123456789@lists.example.org");
  EXPECT_EQ(blame_for("5.1.1", "550 5.1.1 <cooks-bounces@lists.example.org>: User unknown", own), Blame::message);
  EXPECT_EQ(blame_for("5.1.1", "550 5.1.1 <Cooks-Bounces+x@lists.example.org> unknown", own), Blame::message);
  EXPECT_EQ(blame_for("5.1.1", "550 5.1.1 <cooks@lists.example.org>: User unknown", own), Blame::mailbox);
}

TEST(BounceBlame, FaultsOfOurOwnDomainAreNobodysMailbox) {
  const auto own = Address::parse("cooks-bounces+0123456789@lists.example.org");
  for (const char* reason :
       {"550 5.1.1 unrouteable mail domain \"lists.example.org\"", "550 5.1.2 lists.example.org does not exist",
        "550 5.1.1 <lists.example.org>: not found"}) {
    EXPECT_EQ(blame_for("5.1.1", reason, own), Blame::message) << reason;
  }
  for (const char* reason :
       {"lists.example.org said: 550 5.1.1 user unknown", "550 5.1.1 <joe@lists.example.org> unknown",
        "550 5.1.2 old.lists.example.org does not exist"}) {
    EXPECT_EQ(blame_for("5.1.1", reason, own), Blame::mailbox) << reason;
  }
}

TEST(BounceBlame, NameServersOfTheRecipientAreTheRecipients) {
  EXPECT_EQ(blame_for("5.4.4", "Host not found, type=MX: no DNS entry"), Blame::temporary);
  EXPECT_EQ(blame_for("5.1.2", "550 5.1.2 no MX for this domain"), Blame::mailbox);
  EXPECT_EQ(blame_for("5.1.1", "550 5.1.1 recipient domain has no MX"), Blame::mailbox);
  EXPECT_EQ(blame_for("5.1.1", "550 5.1.1 no valid MX"), Blame::message);
}

TEST(BounceBlame, HowMuchMailComesIsNobodysMailbox) {
  for (const char* reason : {"550 5.1.1 <joe@example.org> has sent to too many recipients this hour",
                             "550 5.2.1 The user is receiving mail at a rate that prevents delivery",
                             "450 4.2.1 The user you are trying to contact is receiving mail too quickly",
                             "552 Too many recipients", "421 throttled"}) {
    EXPECT_EQ(blame_for("5.2.1", reason), Blame::message) << reason;
  }
}

TEST(BounceBlame, AStatusThatMeansOtherSaysNothingByItself) {
  EXPECT_EQ(blame_for("5.1.0", ""), Blame::unclear);
  EXPECT_EQ(blame_for("5.1.0", "550 #5.1.0 Address rejected."), Blame::unclear);
  EXPECT_EQ(blame_for("5.1.0", "550 5.1.0 no such user"), Blame::mailbox);
  EXPECT_EQ(blame_for("5.2.0", "550 : User unknown"), Blame::mailbox);
  EXPECT_EQ(blame_for("5.3.0", "553 5.3.0 Address does not exist"), Blame::mailbox);
  EXPECT_EQ(blame_for("4.1.0", ""), Blame::temporary);
}

TEST(BounceBlame, WhereCodesDisagreeTheMildestHolds) {
  EXPECT_EQ(blame_for("5.0.0", "5.1.0 - Unknown address error 550-'5.2.2 Mailbox Full'"), Blame::temporary);
  EXPECT_EQ(blame_for("5.1.1", "552 5.2.2 Over quota"), Blame::temporary);
  EXPECT_EQ(blame_for("5.1.1", "550 5.7.1 refused"), Blame::message);
  EXPECT_EQ(blame_for("5.1.1", "the mailbox is full"), Blame::temporary);
}

TEST(BounceBlame, AnUnknownUserUnderAGeneralRefusalCountsHalf) {
  EXPECT_EQ(blame_for("5.7.1", "550 5.7.1 user unknown"), Blame::unclear);
  EXPECT_EQ(blame_for("5.7.1", "550 5.7.1 No mailbox found"), Blame::unclear);
  EXPECT_EQ(blame_for("5.7.1", "550 5.7.1 user unknown or blocked by policy"), Blame::message);
  EXPECT_EQ(blame_for("5.7.26", "550 5.7.26 user unknown"), Blame::message);
  EXPECT_EQ(blame_for("5.7.1", "550 5.7.1 sender: user unknown"), Blame::message);
}

TEST(BounceBlame, ExchangesEdgeHasNoSuchAddress) {
  EXPECT_EQ(blame_for("5.4.1", "550 5.4.1 <joe@example.org>: Recipient address rejected: Access denied. AS(201806281)"),
            Blame::mailbox);
  EXPECT_EQ(blame_for("5.4.1", "550 5.4.1 no answer from host"), Blame::temporary);
  EXPECT_EQ(blame_for("5.7.1", "554 5.7.1 <joe@example.org>: Recipient address rejected: Access denied"),
            Blame::message);
}

TEST(BounceBlame, AMailboxThatIsClosedIsToldByWhatIsSaidOfIt) {
  for (const char* reason :
       {"554 30 Sorry, your message to joe@example.org cannot be delivered. This mailbox is disabled (554.30).",
        "551 <joe@example.org> is a deactivated mailbox", "550 joe@example.org is not an active address at this host",
        "550 The email account that you tried to reach is disabled", "550 recipient is no longer known here",
        "550 No mailbox found", "550 This account has been terminated", "550 boîte inconnue : n'existe pas",
        "550 用户不存在"}) {
    EXPECT_EQ(blame_for("5.0.0", reason), Blame::mailbox) << reason;
  }
  for (const char* reason :
       {"550 rejected, ask the user", "550 the list has no recipients", "554 account is temporarily locked",
        "550 user is not on this list", "550 unknown error"}) {
    EXPECT_EQ(blame_for("5.0.0", reason), Blame::unclear) << reason;
  }
}

TEST(BounceBlame, WithoutAStatusTheWordsDecide) {
  EXPECT_EQ(blame_for("", "550 No such user here"), Blame::mailbox);
  EXPECT_EQ(blame_for("5.0.0", "550 mailbox is full"), Blame::temporary);
  EXPECT_EQ(blame_for("", "552 rejected"), Blame::temporary);
  EXPECT_EQ(blame_for("", "451 try later"), Blame::temporary);
  EXPECT_EQ(blame_for("", "550 rejected"), Blame::unclear);
  EXPECT_EQ(blame_for("", ""), Blame::unclear);
  EXPECT_EQ(blame_for("x", "x"), Blame::unclear);
  EXPECT_EQ(blame_for("5.0.0", "554 5.7.1 relay access denied"), Blame::message);
}

}  // namespace
}  // namespace majlis::mail
