#include "spool/transport/maildir.h"

#include <gtest/gtest.h>

#include "tests/unit/spool/spool_site.h"

namespace majlis::spool {
namespace {

const std::string kJobId = staged_name(std::string(16, 'm'), 2);

// Without anything of the recipient's own.
Copy copy_of(const std::string& text) {
  static const std::vector<Point> kNoPoints;
  static const std::vector<std::string> kNoValues;
  return {std::make_shared<const std::string>(text), kNoPoints, kNoValues};
}

TEST(Maildir, WritesOneFileWithItsEnvelopeOnTop) {
  SpoolSite site;
  ASSERT_TRUE(deliver_to_maildir(site.mail(), "a@example.org", "s@x", kJobId, copy_of("Subject: x\n\nbody\n")).ok());
  const std::vector<std::string> files = list_directory(site.mail() + "/a@example.org/new").value();
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(read_file(site.mail() + "/a@example.org/new/" + files[0], 1000).value(),
            "Return-Path: <s@x>\nDelivered-To: a@example.org\nSubject: x\n\nbody\n");
  EXPECT_TRUE(list_directory(site.mail() + "/a@example.org/tmp").value().empty());
}

TEST(Maildir, DeliversTheSameJobOnceEvenWhenTheMailWasReadInBetween) {
  SpoolSite site;
  const std::string maildir = site.mail() + "/a@example.org";
  for (int i = 0; i < 2; ++i)
    ASSERT_TRUE(deliver_to_maildir(site.mail(), "a@example.org", "", kJobId, copy_of("x\n")).ok());
  EXPECT_EQ(site.copies("a@example.org"), 1U);
  const std::string name = list_directory(maildir + "/new").value().front();
  ASSERT_EQ(rename((maildir + "/new/" + name).c_str(), (maildir + "/cur/" + name + ":2,S").c_str()), 0);
  ASSERT_TRUE(deliver_to_maildir(site.mail(), "a@example.org", "", kJobId, copy_of("x\n")).ok());
  EXPECT_EQ(site.copies("a@example.org"), 1U);
}

TEST(Maildir, LeavesNoFolderForAnAddressThatIsNoName) {
  for (const std::string bad : {"../x@y", ".x@y", "a/b@c", "", "a b@c", "a\n@c"}) EXPECT_FALSE(is_maildir_name(bad));
  SpoolSite site;
  site.post(SpoolSite::job(1, {"../../evil@x", ".hidden@x", "good@x"}));
  const FlushReport report = site.flush();
  EXPECT_EQ(report.delivered, 1U);
  ASSERT_EQ(report.failures.size(), 2U);
  EXPECT_EQ(report.failures[0].status, "5.1.3");
  EXPECT_EQ(list_directory(site.mail()).value(), std::vector<std::string>{"good@x"});
}

}  // namespace
}  // namespace majlis::spool
