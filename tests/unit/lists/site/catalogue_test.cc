#include "lists/site/catalogue.h"
#include "lists/effects/new_site.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>

#include "base/file.h"

namespace majlis::lists {
namespace {

constexpr const char* kDomain = "lists.example.org";

class CatalogueFile : public ::testing::Test {
 protected:
  CatalogueFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "majlis-catalogue-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    SiteConfig config;
    config.domain = kDomain;
    config.postmaster = "postmaster@example.org";
    EXPECT_TRUE(create_site(root_ + "/site", config).ok());
    site_ = std::make_unique<Site>(Site::open(root_ + "/site").value());
  }
  ~CatalogueFile() override { std::filesystem::remove_all(root_); }

  ListName name(const std::string& list) const { return ListName::parse(list, kDomain).value(); }
  std::string path(const std::string& list) const { return site_->list_directory(name(list)); }

  void write_config(const std::string& list, const std::string& text) {
    ASSERT_TRUE(make_directories(path(list), 0700).ok());
    ASSERT_TRUE(replace_file(path(list) + "/config", text, 0600).ok());
  }

  std::string shown() const {
    std::string all;
    const Catalogue catalogue = Catalogue::read(*site_).value();
    for (const Listing& listing : catalogue.listings()) {
      all.append(listing.address.substr(0, listing.address.find('@')));
      all += "=" + std::to_string(static_cast<int>(listing.visibility));
      all.append(listing.description).append(";");
    }
    return all;
  }

  bool has_file() const { return path_exists(site_->directory() + "/" + kCatalogueFile); }

  std::string root_;
  std::unique_ptr<Site> site_;
};

TEST_F(CatalogueFile, WithoutAFileTheConfigurationsAnswer) {
  write_config("cooks", "description = Cooking\n");
  write_config("bakers", "noadvertise << END\n/.*/\nEND\n");
  EXPECT_EQ(shown(), "bakers=1;cooks=0Cooking;");
  EXPECT_FALSE(has_file());
}

TEST_F(CatalogueFile, AnswersAlikeFromItsFile) {
  write_config("cooks", "description = Cooking\n");
  write_config("bakers", "advertise << END\n/@example\\.org$/\nEND\n");
  const std::string before = shown();
  ASSERT_TRUE(refresh_catalogue(*site_).ok());
  ASSERT_TRUE(has_file());
  EXPECT_EQ(shown(), before);
  EXPECT_EQ(before, "bakers=2;cooks=0Cooking;");
}

TEST_F(CatalogueFile, SeesWhatCameWentAndChanged) {
  write_config("cooks", "description = Cooking\n");
  write_config("bakers", "");
  ASSERT_TRUE(refresh_catalogue(*site_).ok());
  write_config("cooks", "noadvertise << END\n/.*/\nEND\n");
  write_config("diners", "");
  std::filesystem::remove_all(path("bakers"));
  EXPECT_EQ(shown(), "bakers=0;cooks=0Cooking;");
  ASSERT_TRUE(refresh_catalogue(*site_).ok());
  EXPECT_EQ(shown(), "cooks=1;diners=0;");
}

TEST_F(CatalogueFile, RefreshesOneListAlone) {
  write_config("cooks", "");
  write_config("bakers", "");
  ASSERT_TRUE(refresh_catalogue(*site_, name("cooks")).ok());
  EXPECT_FALSE(has_file());
  ASSERT_TRUE(refresh_catalogue(*site_).ok());
  write_config("cooks", "noadvertise << END\n/.*/\nEND\n");
  write_config("bakers", "description = unseen\n");
  ASSERT_TRUE(refresh_catalogue(*site_, name("cooks")).ok());
  EXPECT_EQ(shown(), "bakers=0;cooks=1;");
  std::filesystem::remove_all(path("cooks"));
  ASSERT_TRUE(refresh_catalogue(*site_, name("cooks")).ok());
  EXPECT_EQ(shown(), "bakers=0;");
}

TEST_F(CatalogueFile, ADamagedFileIsNotBelieved) {
  write_config("cooks", "");
  ASSERT_TRUE(refresh_catalogue(*site_).ok());
  const std::string file = site_->directory() + "/" + kCatalogueFile;
  const std::string whole = read_file(file, 10'000).value();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    std::ofstream(file, std::ios::trunc) << whole.substr(0, length);
    EXPECT_EQ(shown(), "cooks=0;") << length;
  }
  std::ofstream(file, std::ios::trunc) << whole << "../../etc@lists.example.org\t1\teveryone\t\n";
  EXPECT_EQ(shown(), "cooks=0;");
  ASSERT_TRUE(refresh_catalogue(*site_).ok());
  EXPECT_EQ(read_file(file, 10'000).value(), whole);
}

TEST_F(CatalogueFile, AListThatCannotBeReadIsLeftOut) {
  write_config("cooks", "");
  write_config("bakers", "moderate = perhaps\n");
  ASSERT_TRUE(refresh_catalogue(*site_).ok());
  EXPECT_EQ(shown(), "cooks=0;");
}

TEST(Visibility, IsWhatAdvertiseAndNoadvertiseComeTo) {
  const auto of = [](const std::string& text) { return visibility_of(ListConfig::parse(text).config); };
  EXPECT_EQ(of(""), Visibility::everyone);
  EXPECT_EQ(of("advertise << END\n/x/\n/.*/\nEND\n"), Visibility::everyone);
  EXPECT_EQ(of("advertise << END\n/x/\nEND\n"), Visibility::patterns);
  EXPECT_EQ(of("noadvertise << END\n/x/\nEND\n"), Visibility::patterns);
  EXPECT_EQ(of("advertise << END\n/.*/\nEND\nnoadvertise << END\n/.*/\nEND\n"), Visibility::members);
}

}  // namespace
}  // namespace majlis::lists
