#include "bin/receive.h"

#include <fcntl.h>

#include "tests/unit/lists/scratch_list.h"

namespace majlis::bin {
namespace {

class Receive : public lists::ScratchList {
 protected:
  ExitStatus receive_for(const std::string& recipient, const std::string& message,
                         const std::optional<std::string>& sender = "ann@example.org") const {
    const std::string path = root_ + "/message";
    EXPECT_TRUE(replace_file(path, message, 0600).ok());
    const UniqueFd input = std::move(open_file(path, O_RDONLY, 0).value());
    ReceiveOptions options;
    options.recipient = recipient;
    options.sender = sender;
    return receive(site_->directory(), options, input.get());
  }
};

constexpr const char* kHelp = "From: ann@example.org\nTo: majordomo@lists.example.org\nSubject: x\n\nhelp\n";

TEST_F(Receive, AMailOfCommandsIsAnswered) {
  EXPECT_EQ(receive_for("majordomo@lists.example.org", kHelp), kDone);
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(Receive, NobodyIsAnsweredWhateverTheNullSenderIsWrittenLike) {
  for (const char* sender : {"", "<>", "MAILER-DAEMON", "mailer-daemon", "<MAILER-DAEMON@lists.example.org>"}) {
    EXPECT_EQ(receive_for("majordomo@lists.example.org", kHelp, sender), kDone) << sender;
  }
  for (const std::string lines : {"From MAILER-DAEMON Tue Nov 24 10:00:00 2026\n", "Return-Path: <MAILER-DAEMON>\n",
                                  "From ann@example.org Tue Nov 24 10:00:00 2026\nReturn-Path: <>\n"}) {
    EXPECT_EQ(receive_for("majordomo@lists.example.org", lines + kHelp, std::nullopt), kDone) << lines;
  }
  EXPECT_TRUE(jobs().empty());
  EXPECT_EQ(receive_for("majordomo@lists.example.org", kHelp, "ann@["), kDone);
  EXPECT_EQ(receive_for("majordomo@lists.example.org", std::string(kHelp) + "\n", std::nullopt), kDone);
  EXPECT_EQ(jobs().size(), 2U);
}

TEST_F(Receive, TheAliasOfAnOwnerIsNotTheSenderOfWhatIsMailedToTheList) {
  make_list("cooks", "description = x\nsubscribe_policy = open+confirm\n");
  constexpr const char* kPost =
      "From owner-cooks@mx.example.org  Sun Nov 29 16:44:47 2026\nReturn-Path: <owner-cooks@mx.example.org>\n"
      "From: ann@example.org\nTo: cooks@lists.example.org\nSubject: x\n\nhelp\n";
  std::string from_robot = kPost;
  from_robot.replace(from_robot.find("ann@"), 3, "mailer-daemon");
  for (const std::optional<std::string>& sender : {std::optional<std::string>("owner-cooks@mx.example.org"), {}}) {
    EXPECT_EQ(receive_for("cooks-request@lists.example.org", kPost, sender), kDone);
    EXPECT_EQ(jobs().size(), 0U) << "an alias of cooks only";
    EXPECT_EQ(receive_for("cooks-subscribe@lists.example.org", from_robot, "owner-cooks-subscribe@mx"), kDone);
    EXPECT_EQ(jobs().size(), 0U);
  }
  EXPECT_EQ(receive_for("cooks-subscribe@lists.example.org", kPost, "Owner-Cooks-Subscribe@mx.example.org"), kDone);
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(Receive, AnAddressThatTheMtaRewroteIsFoundUnderItsNewName) {
  ReceiveOptions options;
  options.recipient = "commands@old.example.org";
  options.rewritten_recipient = "majordomo@lists.example.org";
  options.sender = "ann@example.org";
  ASSERT_TRUE(replace_file(root_ + "/message", kHelp, 0600).ok());
  const UniqueFd input = std::move(open_file(root_ + "/message", O_RDONLY, 0).value());
  EXPECT_EQ(receive(site_->directory(), options, input.get()), kDone);
  EXPECT_EQ(jobs().size(), 1U);
}

TEST_F(Receive, AnAddressThatIsNoneOfTheSitesIsUnknown) {
  EXPECT_EQ(receive_for("cooks@lists.example.org", kHelp), kNoSuchList);
  EXPECT_EQ(receive_for("majordomo@elsewhere.example.org", kHelp), kNoSuchList);
  EXPECT_EQ(receive_for("no address", kHelp), kNoSuchList);
  EXPECT_TRUE(jobs().empty());
}

TEST_F(Receive, WrongUseKeepsTheMail) {
  EXPECT_EQ(receive_for("", kHelp), kTryAgain);
  ReceiveOptions wrong;
  wrong.recipient = "majordomo@lists.example.org";
  wrong.is_wrong_use = true;
  EXPECT_EQ(receive(site_->directory(), wrong, -1), kTryAgain);
}

TEST_F(Receive, WhatIsLargerThanTheSiteTakesGoesBack) {
  const std::string body(static_cast<std::size_t>(site_->config().max_message_octets), 'x');
  EXPECT_EQ(receive_for("majordomo@lists.example.org", kHelp + body), kNotAMail);
}

TEST_F(Receive, WithoutASiteTheMailIsKept) {
  ReceiveOptions options;
  options.recipient = "majordomo@lists.example.org";
  EXPECT_EQ(receive(root_ + "/elsewhere", options, -1), kTryAgain);
}

TEST_F(Receive, WhatCannotBeReadIsKept) {
  ReceiveOptions options;
  options.recipient = "majordomo@lists.example.org";
  EXPECT_EQ(receive(site_->directory(), options, -1), kTryAgain);
}

}  // namespace
}  // namespace majlis::bin
