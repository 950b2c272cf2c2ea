#include "lists/effects/arrival.h"

#include <gtest/gtest.h>

namespace majlis::lists {
namespace {

TEST(Arrival, WhatStandsBehindThePlusIsNotShown) {
  EXPECT_EQ(without_tag("cooks-confirm+token@lists.example.org"), "cooks-confirm+***@lists.example.org");
  EXPECT_EQ(without_tag("cooks-confirm+to+ken@lists.example.org"), "cooks-confirm+***@lists.example.org");
  EXPECT_EQ(without_tag("cooks-confirm+token"), "cooks-confirm+***");
  EXPECT_EQ(without_tag("cooks@lists+example.org"), "cooks@lists+***");
  EXPECT_EQ(without_tag("cooks@lists.example.org"), "cooks@lists.example.org");
  EXPECT_EQ(without_tag(""), "");
}

Arrival arrival_of(const std::string& raw, std::string_view sender = "ann@example.com") {
  return {mail::Message::open(raw), *mail::Address::parse("cooks@lists.example.org"), mail::ReturnPath::parse(sender),
          0};
}

TEST(Arrival, AnotherSenderHeaderOrBodyIsAnotherMessageAndTheMtasLinesAreNone) {
  const std::string raw = "Subject: Rice\n\nSoak it.\n";
  const std::string first = arrival_of(raw).fingerprint();
  EXPECT_EQ(first.size(), 16U);
  EXPECT_EQ(first, arrival_of(raw).fingerprint());
  EXPECT_EQ(first, arrival_of("Return-Path: <ann@example.com>\n" + raw).fingerprint());
  EXPECT_NE(first, arrival_of(raw, "bob@example.com").fingerprint());
  EXPECT_NE(first, arrival_of("X-Hop: 1\n" + raw).fingerprint());
  EXPECT_NE(first, arrival_of(raw + "Stir.\n").fingerprint());
}

TEST(Arrival, ABodyThatIsNotTheArrivalsHasADigestOfItsOwn) {
  const Arrival arrival = arrival_of("Subject: Rice\n\nSoak it.\n");
  const mail::Message copy = arrival.message;
  EXPECT_EQ(body_digest_of(copy, arrival), arrival.body_digest());
  EXPECT_EQ(body_digest_of(mail::Message::open("Subject: Tea\n\nSoak it.\n"), arrival), arrival.body_digest());
  EXPECT_NE(body_digest_of(mail::Message::open("Subject: Rice\n\nStir it.\n"), arrival), arrival.body_digest());
}

}  // namespace
}  // namespace majlis::lists
