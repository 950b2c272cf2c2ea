#include "lists/moving/pipermail_map.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

using Volumes = foreign::Pipermail::Volumes;

constexpr UnixTime kThursday = 1099526400;  // 4 November 2004

TEST(PipermailMap, KnowsTheFolderOfADay) {
  EXPECT_EQ(pipermail_volume(Volumes::yearly, kThursday), "2004");
  EXPECT_EQ(pipermail_volume(Volumes::monthly, kThursday), "2004-November");
  EXPECT_EQ(pipermail_volume(Volumes::quarterly, kThursday), "2004q4");
  EXPECT_EQ(pipermail_volume(Volumes::weekly, kThursday), "Week-of-Mon-20041101");
  EXPECT_EQ(pipermail_volume(Volumes::daily, kThursday), "20041104");
}

TEST(PipermailMap, NumbersPostsFromNought) {
  const foreign::Pipermail web{.address = "https://x.example/pipermail/cooks/"};
  PipermailMap map(web);
  map.add("Subject: a\nMessage-ID: <a@x>\n\nMessage-ID: <no@x>\n", kThursday);
  map.add("Message-ID:\n <folded@x>\n\n", kThursday);
  map.add("Subject: b\n\nMessage-ID: <no@x>\n", kThursday);
  map.add("Message-ID: <d@x>\n\n", kThursday);
  EXPECT_EQ(map.text(),
            "https://x.example/pipermail/cooks/2004-November/000000.html\t<a@x>\n"
            "https://x.example/pipermail/cooks/2004-November/000001.html\t<folded@x>\n"
            "https://x.example/pipermail/cooks/2004-November/000003.html\t<d@x>\n");
}

}  // namespace
}  // namespace majlis::lists
