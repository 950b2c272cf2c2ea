#include "mail/address_search.h"

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

std::string without(std::string_view text, const std::vector<std::string>& addresses = {"ann@example.com"}) {
  std::vector<Address> parsed;
  for (const std::string& address : addresses) parsed.push_back(*Address::parse(address));
  return with_replaced(text, find_addresses(text, parsed), "*");
}

TEST(AddressSearch, FindsAnAddressWhereverItStands) {
  EXPECT_EQ(without("ann@example.com"), "*");
  EXPECT_EQ(without("<ANN@Example.Com>, (ann@example.com)."), "<*>, (*).");
  EXPECT_EQ(without("--ann@example.com--, _ann@example.com_"), "--*--, _*_");
  EXPECT_EQ(without("\xC2\xAB"
                    "ann@example.com\xC2\xBB"),
            "\xC2\xAB*\xC2\xBB");
  EXPECT_EQ(without("ann@example.comann@example.com"), "ann@example.comann@example.com");
  EXPECT_EQ(without("ann@example.com ann@example.com,ann@example.com"), "* *,*");
}

TEST(AddressSearch, FindsItInLinksAndPages) {
  EXPECT_EQ(without("mailto:ann%40example.com?to=%3Cann%40EXAMPLE.com%3E"), "mailto:*?to=%3C*%3E");
  EXPECT_EQ(without("ann&#64;example.com ann&#x40;example.com ann&commat;example.com"), "* * *");
}

TEST(AddressSearch, LeavesOthersAlone) {
  for (const char* text : {"joann@example.com", "jo.ann@example.com", "jo+ann@example.com", "jo--ann@example.com",
                           "ann@example.community", "ann@example.com.au", "ann@example.com-x.org", "ann@example.org",
                           "ann at example.com", "@example.com", "ann@", "", "&&%%@@"}) {
    EXPECT_EQ(without(text), text);
  }
}

TEST(AddressSearch, NamesMayGoOnBehindIt) {
  const std::vector<Address> ann = {*Address::parse("ann@example.com")};
  const std::string text = "ann@example.com.pdf joann@example.com.pdf ann@example.community";
  EXPECT_EQ(with_replaced(text, find_addresses(text, ann, SearchIn::names), "*"),
            "*.pdf joann@example.com.pdf ann@example.community");
}

TEST(AddressSearch, TakesSeveralAndOddOnes) {
  EXPECT_EQ(without("a@b.example c@d.example", {"a@b.example", "c@d.example"}), "* *");
  EXPECT_EQ(without("x \"a b\"@example.com y", {"\"a b\"@example.com"}), "x * y");
  EXPECT_EQ(without("ann@example.com", {}), "ann@example.com");
}

TEST(AddressSearch, IsLinear) {
  const std::string dots(2'000'000, '.');
  EXPECT_EQ(without(dots + "@example.com" + dots).size(), 2 * dots.size() + 12);
  std::string signs;
  for (int i = 0; i < 300'000; ++i) signs += "ann@x";
  EXPECT_EQ(without(signs), signs);
}

}  // namespace
}  // namespace majlis::mail
