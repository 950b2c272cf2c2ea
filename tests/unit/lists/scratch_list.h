#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "lists/effects/new_site.h"
#include "lists/site/list.h"
#include "spool/job/job.h"
#include "store/database.h"
#include "tests/support/scripted_dns_server.h"

// A site in a scratch folder with lists, gone with the test.
namespace majlis::lists {

constexpr const char* kDomain = "lists.example.org";
constexpr const char* kCooks = "cooks@lists.example.org";

class ScratchList : public ::testing::Test {
 protected:
  ScratchList() {
    std::string pattern = (std::filesystem::temp_directory_path() / "majlis-list-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    SiteConfig config;
    config.domain = kDomain;
    config.postmaster = "postmaster@example.org";
    config.resolver = test::nobodys_dns_address();
    EXPECT_TRUE(create_site(root_ + "/site", config).ok());
    site_ = std::make_unique<Site>(Site::open(root_ + "/site").value());
  }
  ~ScratchList() override { std::filesystem::remove_all(root_); }

  void make_list(const std::string& name, const std::string& config) const {
    const std::string folder = site_->list_directory(*ListName::parse(name, kDomain));
    ASSERT_TRUE(make_directories(folder, 0700).ok());
    ASSERT_TRUE(replace_file(folder + "/config", config, 0600).ok());
  }
  void configure_site(const std::function<void(SiteConfig&)>& change) {
    SiteConfig config = site_->config();
    change(config);
    ASSERT_TRUE(replace_file(site_->directory() + "/site.conf", config.write(), 0600).ok());
    site_ = std::make_unique<Site>(Site::open(site_->directory()).value());
  }
  List list(const std::string& name) const { return List::open(*site_, *ListName::parse(name, kDomain)).value(); }

  std::unique_ptr<store::Writer> writer() const {
    return std::move(store::Writer::open(site_->database_directory(), 10'000).value());
  }
  std::unique_ptr<store::Reader> reader() const {
    return std::move(store::Reader::open(site_->database_directory(), 10'000).value());
  }

  // What waits for delivery, in the order of the files' names.
  std::vector<std::string> jobs() const {
    std::vector<std::string> bytes;
    const std::vector<std::string> names = list_directory(site_->directory() + "/spool/new").value();
    for (const std::string& name : names) {
      bytes.push_back(read_file(site_->directory() + "/spool/new/" + name, 100'000'000).value());
    }
    return bytes;
  }

  std::string root_;
  std::unique_ptr<Site> site_;
};

}  // namespace majlis::lists
