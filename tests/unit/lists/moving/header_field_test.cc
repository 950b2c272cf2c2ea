#include "lists/moving/header_field.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

TEST(HeaderField, IsReadOverItsFolds) {
  const std::string message =
      "Message-ID:\n <a@x>\nDate: Fri,\n\t8 Jan 1999 10:00:00 +0000\nmessage-id: <b@x>\n\nTo: nobody\n";
  EXPECT_EQ(header_field(message, "Message-ID"), "<a@x>");
  EXPECT_EQ(header_field(message, "date"), "Fri,\t8 Jan 1999 10:00:00 +0000");
  EXPECT_EQ(header_field(message, "To"), "");
  EXPECT_EQ(header_field(">From ann Fri Jan  8\n" + message, "Message-ID"), "<a@x>");
  EXPECT_EQ(header_field(">From ann", "Message-ID"), "");
  EXPECT_EQ(header_field("", "Message-ID"), "");
}

}  // namespace
}  // namespace majlis::lists
