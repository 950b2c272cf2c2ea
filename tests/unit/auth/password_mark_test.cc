#include "auth/password_mark.h"

#include <gtest/gtest.h>

#include "auth/password.h"

namespace majlis::auth {
namespace {

using namespace std::literals;

class PasswordMark : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(start_crypto().ok());
    marked_ = hash_password("correct horse", key_).value();
  }

  const SecretKey key_{3, {1, 2, 3}};
  std::string marked_;
};

TEST_F(PasswordMark, TellsTheWordWithTheKeyOnly) {
  EXPECT_TRUE(is_password_hash(marked_));
  EXPECT_TRUE(verify_password("correct horse", marked_).value());
  EXPECT_FALSE(verify_password("correct hors", marked_).value());
  EXPECT_TRUE(PasswordMarks({SecretKey(2, {9}), key_}, {marked_}).has("correct horse"));
  EXPECT_FALSE(PasswordMarks({key_}, {marked_}).has("correct hors"));
  EXPECT_FALSE(PasswordMarks({key_}, {marked_}).has(""));
  EXPECT_FALSE(PasswordMarks({SecretKey(3, {1, 2, 4})}, {marked_}).has("correct horse"));
  EXPECT_FALSE(PasswordMarks({key_}, {without_mark(marked_)}).has("correct horse"));
  EXPECT_FALSE(PasswordMarks({key_}, {}).has("correct horse"));
  EXPECT_TRUE(has_mark(marked_, {key_}));
  EXPECT_FALSE(has_mark(marked_, {SecretKey(2, {9})}));
  EXPECT_FALSE(has_mark(without_mark(marked_), {key_}));
  EXPECT_EQ(with_mark(marked_, "correct horse", key_), marked_);
}

TEST_F(PasswordMark, IsAnotherBesideEveryHash) {
  const std::string other = hash_password("correct horse", key_).value();
  EXPECT_NE(other.substr(other.find(' ')), marked_.substr(marked_.find(' ')));
}

TEST_F(PasswordMark, TellsWhichOfSeveralHashesIsMeant) {
  const std::string other = hash_password("rice and saffron", key_).value();
  const PasswordMarks marks({key_}, {without_mark(marked_), other, marked_});
  EXPECT_EQ(marks.find("correct horse"), 2U);
  EXPECT_EQ(marks.find("rice and saffron"), 1U);
  EXPECT_EQ(marks.find("staple"), std::nullopt);
}

TEST_F(PasswordMark, ThatIsBrokenMakesNoHash) {
  for (const std::string& text :
       {marked_ + "0", marked_.substr(0, marked_.size() - 1), marked_ + " ", marked_ + "\n",
        std::string(without_mark(marked_)) + " ", std::string(without_mark(marked_)) + " 3:sip:"}) {
    EXPECT_FALSE(is_password_hash(text)) << text.substr(without_mark(text).size());
  }
}

TEST_F(PasswordMark, OfAFormerKindIsReadAndCountsAsNone) {
  const std::string former = std::string(without_mark(marked_)) + " 3:0123456789abcdef0123456789abcdef";
  EXPECT_TRUE(is_password_hash(former));
  EXPECT_FALSE(has_mark(former, {key_}));
  EXPECT_EQ(with_mark(former, "correct horse", key_), marked_);
}

}  // namespace
}  // namespace majlis::auth
