#include "lists/posts/archive/list_files.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

struct Content {
  const char* bytes;
  const char* type;
  const char* charset;
};

TEST(ListFiles, TheTypeAndCharsetOfAFileAreReadOffItsOctets) {
  for (const Content& content :
       {Content{"caf\xC3\xA9\n", "text/plain", "UTF-8"}, Content{"un caf\xE9\r\n", "text/plain", "ISO-8859-1"},
        Content{"un caf\xE9 \x80 5\n", "text/plain", "windows-1252"},
        Content{"GIF89a\x01\xE9\n", "application/octet-stream", ""},
        Content{"\xFF\xD8\xFF\xE0 ab", "application/octet-stream", ""}}) {
    const mail::Attachment attachment = as_attachment("file.txt", content.bytes);
    EXPECT_EQ(attachment.type, content.type) << content.bytes;
    EXPECT_EQ(attachment.charset, content.charset) << content.bytes;
  }
}

TEST(ListFiles, WhatIsBeingWrittenHasNoNameYet) {
  EXPECT_TRUE(is_file_name("rice.txt"));
  EXPECT_TRUE(is_file_name("rice.tmp.txt"));
  EXPECT_FALSE(is_file_name("rice.txt.tmp.4711"));
}

TEST(ListFiles, AMonthIsATextThatTelephonesOpenUnlessItIsNone) {
  const mail::Attachment text = as_attachment("2026-11", "From a@example.org\nSubject: x\n\nSoup.\n");
  EXPECT_EQ(text.type, "text/plain");
  EXPECT_EQ(text.name, "2026-11.txt");
  const mail::Attachment octets = as_attachment("2026-11", std::string("From a@example.org\n\n\0\n", 22));
  EXPECT_EQ(octets.type, "application/mbox");
  EXPECT_EQ(octets.name, "2026-11.mbox");
}

}  // namespace
}  // namespace majlis::lists
