#include "lists/upkeep/person_files.h"

#include <gmock/gmock.h>

#include "tests/unit/lists/scratch_list.h"

namespace majlis::lists {
namespace {

using testing::ElementsAre;

class PersonFiles : public ScratchList {
 protected:
  PersonFiles() { make_list("cooks", ""); }
  void put(const std::string& path, const std::string& text) const {
    const std::string whole = site_->directory() + "/" + path;
    ASSERT_TRUE(make_directories(whole.substr(0, whole.rfind('/')), 0700).ok());
    ASSERT_TRUE(replace_file(whole, text, 0600).ok());
  }
  std::vector<std::string> places() const {
    std::vector<std::string> found;
    EXPECT_TRUE(visit_places(*site_, *mail::Address::parse("ann@example.org"), [&](const PlaceInFile& place) {
                  found.push_back(place.file + "|" + place.message_id + "|" + place.subject + "|" + place.line);
                }).ok());
    return found;
  }
};

TEST_F(PersonFiles, EveryLineIsFoundWhereTheAddressStandsByItself) {
  put("texts/info", "Ann: ANN@Example.org\njoann@example.org\nmailto:ann%40example.org\nann@example.org.uk\n");
  EXPECT_THAT(places(), ElementsAre("texts/info|||Ann: ANN@Example.org", "texts/info|||mailto:ann%40example.org"));
}

TEST_F(PersonFiles, EachMessageOfAnArchiveIsToldOnceWithItsNames) {
  put("lists/lists.example.org/cooks/archive/2026-11.mbox",
      "From ann@example.org Tue\nFrom: ann@example.org\nSubject: one\nMessage-ID: <1@x>\n\nann@example.org\n\n"
      "From bob@example.org Tue\nSubject: two\nMessage-ID: <2@x>\n\nnobody\n\n"
      "From bob@example.org Tue\nMessage-ID: <3@x>\nSubject: three\n\nask ann@example.org\nann@example.org\n");
  EXPECT_THAT(places(),
              ElementsAre("lists/lists.example.org/cooks/archive/2026-11.mbox|<1@x>|one|From ann@example.org Tue",
                          "lists/lists.example.org/cooks/archive/2026-11.mbox|<3@x>|three|ask ann@example.org"));
}

TEST_F(PersonFiles, ALineWithoutEndAndOneOfMegabytesAreLookedThrough) {
  put("texts/info", std::string(3'000'000, 'x') + " ann@example.org");
  const std::vector<std::string> found = places();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_LT(found.front().size(), 300U);
}

TEST_F(PersonFiles, NeitherLinksNorTheDatabaseAreFollowed) {
  put("texts/info", "ann@example.org\n");
  std::filesystem::create_symlink(site_->directory() + "/texts/info", site_->directory() + "/texts/link");
  put("db/other", "ann@example.org\n");
  EXPECT_EQ(places().size(), 1U);
}

}  // namespace
}  // namespace majlis::lists
