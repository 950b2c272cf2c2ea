#include "lists/site/config/posting_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lists/posts/posters.h"
#include "lists/site/config/list_config.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;

bool takes(Setting setting, std::string_view value) {
  ListConfig config;
  return config.set(setting, value).ok();
}

TEST(PostingValues, RestrictPostNamesListsAndFilesOnly) {
  EXPECT_TRUE(takes(Setting::restrict_post, "cooks:cooks-posters staff.txt"));
  for (const char* value : {"/etc/passwd", "../other/config", "cooks:../x", "a/b", "..", ".hidden", "a..b", "-x",
                            "~root", "x\\y", "cooks@example.org", "|id", "$HOME"}) {
    EXPECT_FALSE(takes(Setting::restrict_post, value)) << value;
  }
  std::string many = "a";
  for (std::size_t i = 0; i < kMaxPosterNames; ++i) many += ":a";
  EXPECT_FALSE(takes(Setting::restrict_post, many));
  EXPECT_THAT(poster_names("a: b::c"), ElementsAre("a", "b", "c"));
}

TEST(PostingValues, MessageHeadersAreFieldsAListMayAdd) {
  EXPECT_TRUE(
      takes(Setting::message_headers, "X-List: $LIST\nOrganization: Cooks\nList-Archive: <https://example.org/>"));
  for (const char* value :
       {"no field", ": x", "From: a@example.org", "from : x", "X Y: z", "Content-Type: text/html", "Bcc: a@example.org",
        "List-Id: <x>", "Resent-To: a@b.example", "\xC3\xA9: x", "Sender: x", "ARC-Seal: x", "Subject: x"}) {
    EXPECT_FALSE(takes(Setting::message_headers, value)) << value;
  }
  std::string many;
  for (std::size_t i = 0; i <= kMaxAddedFields; ++i) many += "X-" + std::to_string(i) + ": y\n";
  EXPECT_FALSE(takes(Setting::message_headers, many));
}

TEST(PostingValues, AddressesAreAddressesOrGetADomain) {
  for (const Setting setting : {Setting::sender, Setting::moderator, Setting::reply_to}) {
    EXPECT_TRUE(takes(setting, "owner-cooks"));
    EXPECT_TRUE(takes(setting, "cooks@example.org"));
    for (const char* value : {"a@b@c", "@", "a@", "<a@example.org>", "a,b", "-x", "a@[127.0.0.1]"}) {
      EXPECT_FALSE(takes(setting, value)) << value;
    }
  }
  EXPECT_TRUE(takes(Setting::reply_to, "$LIST"));
  EXPECT_TRUE(takes(Setting::reply_to, "$SENDER"));
  EXPECT_TRUE(takes(Setting::reply_to, "$LIST-digest@example.org"));
  EXPECT_FALSE(takes(Setting::reply_to, "$SENDER@example.org"));
}

TEST(PostingValues, HostAndPrecedenceArePlainWords) {
  EXPECT_TRUE(takes(Setting::resend_host, "lists.example.org"));
  EXPECT_FALSE(takes(Setting::resend_host, "lists_example"));
  EXPECT_FALSE(takes(Setting::resend_host, "a@b.example"));
  EXPECT_TRUE(takes(Setting::precedence, "bulk"));
  EXPECT_FALSE(takes(Setting::precedence, "bulk,list"));
}

TEST(PostingValues, AFileOfPostersHoldsAddressesInAnyForm) {
  const auto ann = *mail::Address::parse("ann@example.com");
  for (const char* file :
       {"ann@example.com", "# x\n\nAnn Lee <Ann@Example.COM>\r\n", "bob@x.org\nann@example.com (Ann)"}) {
    EXPECT_TRUE(names_address(file, ann)) << file;
  }
  for (const char* file : {"", "#ann@example.com", "joann@example.com", "ann@example.com.org", "ann@sub.example.com",
                           "\"ann@example.com\" <bob@x.org>", "ann@example.com, bob@x.org"}) {
    EXPECT_FALSE(names_address(file, ann)) << file;
  }
  const auto quoted = *mail::Address::parse("\"a b\"@example.com");
  EXPECT_TRUE(names_address("\"a\\ b\"@example.com\n", quoted) || names_address("\"a b\"@example.com\n", quoted));
}

}  // namespace
}  // namespace majlis::lists
