#include <gtest/gtest.h>

#include "tests/unit/lists/posts/transforms/transformed_post.h"

namespace majlis::lists {
namespace {

using RemoveHeaders = TransformedPost;

TEST_F(RemoveHeaders, TakeOutEveryFieldOfThatNameWithItsFolds) {
  const mail::Message sent =
      copy("remove_headers << E\nx-mailer\nX-Originating-IP:\nE\n",
           "From: ann@example.com\nX-Mailer: one\n two\nSubject: soup\nX-MAILER: three\nX-Originating-IP: [192.0.2.1]\n"
           "X-Mailer-Version: 4\n\nX-Mailer: five\n");
  EXPECT_FALSE(sent.has_field("X-Mailer"));
  EXPECT_FALSE(sent.has_field("X-Originating-IP"));
  EXPECT_EQ(sent.field("X-Mailer-Version"), "4");
  EXPECT_EQ(sent.subject(), "soup");
  EXPECT_EQ(sent.body(), "X-Mailer: five\n");
}

TEST_F(RemoveHeaders, WhatTheListAddsStays) {
  const mail::Message sent =
      copy("remove_headers << E\nOrganization\nPrecedence\nE\nmessage_headers << E\nOrganization: Cooks\nE\n",
           "From: ann@example.com\nOrganization: Ann's\n\nRice.\n");
  EXPECT_EQ(sent.field("Organization"), "Cooks");
  EXPECT_EQ(sent.field("Precedence"), "list");
}

}  // namespace
}  // namespace majlis::lists
