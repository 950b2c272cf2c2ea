#include "lists/upkeep/person_words.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

PersonWords person(std::vector<std::string> names = {"Carl Quill", "Cq"}) {
  return {*mail::Address::parse("carl@example.org"), names};
}

TEST(PersonWords, AreFoundWholeAndInAnyCase) {
  EXPECT_EQ(person().taken_out_of("CARL@Example.ORG, carl%40example.org and joecarl@example.org"),
            "erased, erased and joecarl@example.org");
  EXPECT_EQ(person().taken_out_of("carl QUILL wrote to Carl\r\n  Quill; Carl Quiller and Xcarl Quill are others"),
            "erased wrote to erased; Carl Quiller and Xcarl Quill are others");
  EXPECT_EQ(person().taken_out_of("Carl Quill <carl@example.org>"), "erased <erased>");
}

TEST(PersonWords, ANameIsNoPartOfAnAddress) {
  EXPECT_EQ(person().taken_out_of("<cq.1@host> cq@example.net joe-cq x.cq Cq. Cq-"),
            "<cq.1@host> cq@example.net joe-cq x.cq erased. erased-");
}

TEST(PersonWords, OneLetterOrTheAddressIsNoName) {
  EXPECT_TRUE(person({"C", "", " ", "carl@example.org"}).names().empty());
  EXPECT_EQ(person({" Carl \n  Quill ", "Carl Quill"}).names(), std::vector<std::string>{"Carl Quill"});
}

TEST(PersonWords, BlottedOutNoOctetMoves) {
  EXPECT_EQ(person().blotted_in("to=carl@example.org by=Cq."), "to=erased           by=er.");
}

TEST(PersonWords, ADomainIsFoundAsPeopleWriteIt) {
  const PersonWords words(*mail::Address::parse("carl@xn--bcher-kva.example"), {});
  EXPECT_EQ(words.taken_out_of("carl@b\xC3\xBC"
                               "cher.example carl@xn--bcher-kva.example"),
            "erased erased");
}

}  // namespace
}  // namespace majlis::lists
