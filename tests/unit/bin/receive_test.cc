#include "bin/receive.h"

#include <fcntl.h>

#include "tests/unit/lists/scratch_list.h"

namespace majlis::bin {
namespace {

class Receive : public lists::ScratchList {
 protected:
  ExitStatus receive_for(const std::string& recipient, const std::string& message) const {
    const std::string path = root_ + "/message";
    EXPECT_TRUE(replace_file(path, message, 0600).ok());
    const UniqueFd input = std::move(open_file(path, O_RDONLY, 0).value());
    ReceiveOptions options;
    options.recipient = recipient;
    options.sender = "ann@example.org";
    return receive(site_->directory(), options, input.get());
  }
};

constexpr const char* kHelp = "From: ann@example.org\nTo: majordomo@lists.example.org\nSubject: x\n\nhelp\n";

TEST_F(Receive, AMailOfCommandsIsAnswered) {
  EXPECT_EQ(receive_for("majordomo@lists.example.org", kHelp), kDone);
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
