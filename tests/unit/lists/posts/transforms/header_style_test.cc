#include <gmock/gmock.h>

#include "tests/unit/lists/posts/transforms/transformed_post.h"

namespace majlis::lists {
namespace {

using testing::HasSubstr;
using testing::Not;

class HeaderStyles : public TransformedPost {
 protected:
  std::string styled(HeaderStyle style, const std::string& config, const std::string& raw) const {
    return std::string(copy(config, raw, style).bytes());
  }
};

const std::string kFrom = "From: Ann Lee <ann@example.com>\nDate: Tue, 24 Nov 2026 10:00:00 +0000\n";
const std::string kPost = kFrom + "Subject: Rice\nReply-To: kitchen@example.com\nX-Mailer: Pan\n\nSoak it.\n";
const std::string kBusy = "subject_prefix = Cooking:\nreply_to_mode = list\nstrip_reply_to = yes\nreply_to =\n";

TEST_F(HeaderStyles, TheTagStandsInTheSubjectOnce) {
  EXPECT_THAT(styled(HeaderStyle::subject, "", kPost), HasSubstr("Subject: [cooks] Rice\n"));
  EXPECT_THAT(styled(HeaderStyle::subject, "subject_tag = Rice bowl\n", kPost),
              HasSubstr("Subject: [Rice bowl] Rice\n"));
  EXPECT_THAT(styled(HeaderStyle::subject, "", kFrom + "Subject: Re: [cooks] Rice\n\nx\n"),
              HasSubstr("Subject: Re: [cooks] Rice\n"));
  EXPECT_THAT(styled(HeaderStyle::subject, "", kFrom + "\nx\n"), HasSubstr("Subject: [cooks]\n"));
  EXPECT_THAT(styled(HeaderStyle::full, "", kPost), HasSubstr("Subject: Rice\n"));
}

TEST_F(HeaderStyles, TheAuthorsSubjectAndReplyToStay) {
  const std::string as_written = styled(HeaderStyle::as_written, kBusy, kPost);
  EXPECT_THAT(as_written, HasSubstr("\nSubject: Rice\nReply-To: kitchen@example.com\n"));
  EXPECT_THAT(as_written, HasSubstr("List-Unsubscribe:"));
  const std::string full = styled(HeaderStyle::full, kBusy, kPost);
  EXPECT_THAT(full, HasSubstr("Subject: Cooking: Rice\n"));
  EXPECT_THAT(full, HasSubstr("Reply-To: cooks@lists.example.org\n"));
  const std::string replaced = styled(HeaderStyle::as_written, "reply_to = $LIST\n", kPost);
  EXPECT_THAT(replaced, HasSubstr("Reply-To: kitchen@example.com\n"));
}

TEST_F(HeaderStyles, AShortHeaderHasWhatIsReadAndWhatSaysWhoseMailItIs) {
  const std::string post =
      "Received: from a by b; Tue, 24 Nov 2026 10:00:00 +0000\nDKIM-Signature: v=1\nX-A: 1\nx-a: 2\n"
      "MIME-Version: 1.0\nContent-Type: text/plain\n" +
      kPost;
  const std::string brief = styled(HeaderStyle::short_form, "message_headers = X-Own: 1\n", post);
  for (const char* gone : {"Received", "X-A", "x-a", "X-Mailer", "X-Own"}) EXPECT_THAT(brief, Not(HasSubstr(gone)));
  for (const char* kept : {"DKIM-Signature", "From", "Date", "Reply-To", "MIME-Version", "Content-Type", "List-Id",
                           "List-Unsubscribe", "Precedence", "X-Loop"}) {
    EXPECT_THAT(brief, HasSubstr(std::string(kept) + ": "));
  }
  EXPECT_THAT(brief, HasSubstr("\n\nSoak it.\n"));
}

TEST_F(HeaderStyles, TheHeaderOnTopOfTheTextIsDecoded) {
  const std::string encoded = kFrom + "Subject: =?utf-8?q?R=69z?=\n\nSoak it.\n";
  EXPECT_THAT(styled(HeaderStyle::dual, "message_fronter = Welcome\n", encoded),
              HasSubstr("\n\nFrom: Ann Lee <ann@example.com>\nDate: Tue, 24 Nov 2026 10:00:00 +0000\nSubject: Riz\n\n"
                        "Welcome\nSoak it.\n"));
  EXPECT_THAT(styled(HeaderStyle::dual, "anonymous = yes\n", kPost), Not(HasSubstr("ann@example.com")));
}

}  // namespace
}  // namespace majlis::lists
