#include "lists/site/config/header_values.h"

#include <gmock/gmock.h>

#include "lists/site/config/config_fault.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::string refusal(Setting setting, std::string_view value) {
  ListConfig config;
  const Status set = config.set(setting, value);
  return set ? "" : set.error().what;
}

TEST(HeaderValues, ReplyToModeIsAWordOrAnAddress) {
  for (const char* value : {"author", "list", "both", "Both", "desk@example.org"}) {
    EXPECT_EQ(refusal(Setting::reply_to_mode, value), "") << value;
  }
  for (const char* value :
       {"lists", "sender", "$LIST", "desk", "desk@", "Desk <desk@example.org>", "a@b.example,c@d.example"}) {
    EXPECT_THAT(refusal(Setting::reply_to_mode, value), HasSubstr("reply_to_mode: '")) << value;
  }
  EXPECT_THAT(refusal(Setting::reply_to_mode, "lists"), HasSubstr("neither author, list, both nor a mail address"));
  EXPECT_EQ(read_reply_to_mode("BOTH").to, ReplyToMode::To::both);
  EXPECT_EQ(read_reply_to_mode("desk@example.org").address, mail::Address::parse("desk@example.org"));
}

TEST(HeaderValues, FieldsThatAPostNeedsAreNotRemoved) {
  for (const char* value : {"X-Mailer", "Received", "Reply-To", "DKIM-Signature\nUser-Agent:", "x!y", "Subject"}) {
    EXPECT_EQ(refusal(Setting::remove_headers, value), "") << value;
  }
  for (const char* value : {"From", "date", "Message-Id", "MIME-Version", "Content-Type", "content-transfer-encoding",
                            "List-Id", "LIST-unsubscribe", "X-Loop", "X-A\nFrom:"}) {
    EXPECT_THAT(refusal(Setting::remove_headers, value), HasSubstr("a field that every post needs")) << value;
  }
  for (const char* value : {"X Mailer", "X-A: b", "\xC3\xA9", "X-A, X-B"}) {
    EXPECT_THAT(refusal(Setting::remove_headers, value), HasSubstr("is not the name of a header field")) << value;
  }
  EXPECT_NE(refusal(Setting::remove_headers, std::string(80, 'x')), "");
  std::string many;
  for (int i = 0; i < 51; ++i) many += "X-" + std::to_string(i) + "\n";
  EXPECT_THAT(refusal(Setting::remove_headers, many), HasSubstr("more than 50 fields"));
  EXPECT_THAT(removed_field_names("X-A:\n\n X-B \n"), ElementsAre("X-A", "X-B"));
}

TEST(HeaderValues, ArchivedAtIsTheAddressOfAPage) {
  for (const char* value : {"https://example.org/$LIST/$MONTH/$MSGID", "http://$DOMAIN/?id=$MSGID", "HTTPS://x"}) {
    EXPECT_EQ(refusal(Setting::archived_at, value), "") << value;
  }
  for (const char* value : {"example.org/$MSGID", "javascript:alert(1)", "ftp://example.org/$MSGID", "https://",
                            "https:///x", "https://example.org/a b", "https://example.org/>", "https://example.org/\"x",
                            "https://example.org/\\$LIST", "https://\xC3\xA9.example"}) {
    EXPECT_THAT(refusal(Setting::archived_at, value), HasSubstr("gives no address of a page")) << value;
  }
  for (const char* value : {"https://example.org/$SENDER", "https://example.org/$MSGIDS", "https://example.org/$"}) {
    EXPECT_THAT(refusal(Setting::archived_at, value), HasSubstr("is not filled in here")) << value;
  }
  EXPECT_NE(refusal(Setting::archived_at, "https://example.org/" + std::string(900, 'x')), "");
}

}  // namespace
}  // namespace majlis::lists
