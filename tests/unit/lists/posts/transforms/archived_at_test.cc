#include <gtest/gtest.h>

#include "tests/unit/lists/posts/transforms/transformed_post.h"

namespace majlis::lists {
namespace {

class ArchivedAt : public TransformedPost {
 protected:
  std::optional<std::string> url(const std::string& value, const std::string& id) const {
    const std::string field = id.empty() ? "" : "Message-ID: " + id + "\n";
    return copy("archived_at = " + value + "\n",
                "From: ann@example.com\nArchived-At: <https://evil.example/>\n" + field + "\nRice.\n")
        .field("Archived-At");
  }
};

TEST_F(ArchivedAt, IsMadeOfListMonthAndMessageId) {
  EXPECT_EQ(url("https://$DOMAIN/$LIST/$MONTH/$MSGID.html", "<a.b-1@example.com>"),
            "<https://lists.example.org/cooks/2026-11/a.b-1%40example.com.html>");
}

TEST_F(ArchivedAt, AMessageIdLeadsNowhereElse) {
  EXPECT_EQ(url("https://example.org/$MSGID", "<../../x?y=z&a#b@example.com>"),
            "<https://example.org/..%2F..%2Fx%3Fy%3Dz%26a%23b%40example.com>");
}

TEST_F(ArchivedAt, IsLeftOutWhereItCannotBe) {
  EXPECT_EQ(url("https://example.org/$MSGID", ""), std::nullopt);
  EXPECT_EQ(url("https://example.org/$MSGID", "<" + std::string(900, 'x') + "@y>"), std::nullopt);
}

}  // namespace
}  // namespace majlis::lists
