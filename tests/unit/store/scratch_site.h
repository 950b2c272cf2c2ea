#pragma once

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "mail/address.h"
#include "store/database.h"

// A site's db/ in a scratch folder, gone with the test.
namespace majlis::store {

constexpr const char* kCooks = "cooks@lists.example.org";
constexpr const char* kBakers = "bakers@lists.example.org";
constexpr int kPatienceMs = 10'000;

class ScratchSite : public ::testing::Test {
 protected:
  ScratchSite() {
    std::string name = (std::filesystem::temp_directory_path() / "majlis-store-XXXXXX").string();
    directory_ = mkdtemp(name.data()) != nullptr ? name : "";
  }
  ~ScratchSite() override { std::filesystem::remove_all(directory_); }

  std::unique_ptr<Writer> writer(int timeout_ms = kPatienceMs) const {
    Result<std::unique_ptr<Writer>> opened = Writer::open(directory_, timeout_ms);
    EXPECT_TRUE(opened.ok()) << (opened ? "" : opened.error().what);
    return opened ? std::move(*opened) : nullptr;
  }
  std::unique_ptr<Reader> reader(int timeout_ms = kPatienceMs) const {
    Result<std::unique_ptr<Reader>> opened = Reader::open(directory_, timeout_ms);
    EXPECT_TRUE(opened.ok()) << (opened ? "" : opened.error().what);
    return opened ? std::move(*opened) : nullptr;
  }
  std::string path(const std::string& name) const { return directory_ + "/" + name; }

  std::string directory_;
};

inline mail::Address address(const std::string& text) { return *mail::Address::parse(text); }

inline Member member(const std::string& text, UnixTime joined = 1'000) {
  return Member{address(text), "", 0, joined, 0};
}

// "user000042@host.example.org"
inline mail::Address numbered(int number) {
  char text[64];
  std::snprintf(text, sizeof text, "user%06d@host.example.org", number);
  return address(text);
}

// The value of a Result that must be ok.
template <typename T>
T got(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().what);
  return std::move(*result);
}

}  // namespace majlis::store
