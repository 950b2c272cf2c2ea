#include "mail/authentication/dkim.h"

#include <gtest/gtest.h>

#include <map>

#include "base/text.h"
#include "mail/authentication/canonical_form.h"

namespace majlis::mail {
namespace {

constexpr UnixTime kNow = 1'700'000'000;

// RFC 6376 appendix A.2 and C.
constexpr std::string_view kRfc6376 =
    "DKIM-Signature: v=1; a=rsa-sha256; s=brisbane; d=example.com;\r\n"
    "      c=simple/simple; q=dns/txt; i=joe@football.example.com;\r\n"
    "      h=Received : From : To : Subject : Date : Message-ID;\r\n"
    "      bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    "      b=AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB\r\n"
    "      4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\r\n"
    "      KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV\r\n"
    "      4bmp/YzhwvcubU4=;\r\n"
    "Received: from client1.football.example.com  [192.0.2.1]\r\n"
    "      by submitserver.example.com with SUBMISSION;\r\n"
    "      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)\r\n"
    "From: Joe SixPack <joe@football.example.com>\r\n"
    "To: Suzie Q <suzie@shopping.example.net>\r\n"
    "Subject: Is dinner ready?\r\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
    "\r\n"
    "Hi.\r\n"
    "\r\n"
    "We lost the game. Are you hungry yet?\r\n"
    "\r\n"
    "Joe.\r\n";

// RFC 8463 appendix A.
constexpr std::string_view kRfc8463 =
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
    " d=football.example.com; i=@football.example.com;\r\n"
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
    " subject : date : message-id : from : subject : date;\r\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    " b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus\r\n"
    " Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
    " d=football.example.com; i=@football.example.com;\r\n"
    " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
    " date : message-id : from : subject : date;\r\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    " b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3\r\n"
    " DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz\r\n"
    " dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=\r\n"
    "From: Joe SixPack <joe@football.example.com>\r\n"
    "To: Suzie Q <suzie@shopping.example.net>\r\n"
    "Subject: Is dinner ready?\r\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n"
    "\r\n"
    "Hi.\r\n"
    "\r\n"
    "We lost the game.  Are you hungry yet?\r\n"
    "\r\n"
    "Joe.\r\n";

using Keys = std::map<std::string, std::string>;

const Keys& rfc_keys() {
  static const Keys kKeys = {
      {"brisbane._domainkey.example.com",
       "v=DKIM1; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFCjxOCKG9v3b4"
       "jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gbto/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2"
       "QIDAQAB"},
      {"brisbane._domainkey.football.example.com",
       "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="},
      {"test._domainkey.football.example.com",
       "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J16"
       "JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l"
       "/K4w3QIDAQAB"}};
  return kKeys;
}

KeyLookup lookup_in(const Keys& keys) {
  return [&keys](const std::string& name) {
    const auto found = keys.find(name);
    if (found == keys.end()) return KeyAnswer{KeyAnswer::Kind::none, {}};
    return KeyAnswer{KeyAnswer::Kind::found, {found->second}};
  };
}

std::vector<std::string> faults(std::string text, const Keys& keys = rfc_keys(), UnixTime now = kNow) {
  std::vector<std::string> words;
  for (const DkimResult& result : verify_dkim(Message::open(std::move(text)), now, lookup_in(keys))) {
    words.emplace_back(word_for(result.fault));
  }
  return words;
}

using Words = std::vector<std::string>;

std::string changed(std::string_view text, std::string_view what, std::string_view by) {
  std::string copy(text);
  const std::size_t at = copy.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return copy.replace(at, what.size(), by);
}

std::string with_lf_only(std::string_view text) {
  std::string lines;
  while (const auto line = next_line(text)) lines += std::string(*line) + "\n";
  return lines;
}

TEST(Dkim, VerifiesTheExamplesOfTheStandards) {
  EXPECT_EQ(faults(std::string(kRfc6376)), Words{"pass"});
  EXPECT_EQ(faults(std::string(kRfc8463)), (Words{"pass", "pass"}));
  const auto results = verify_dkim(Message::open(std::string(kRfc6376)), kNow, lookup_in(rfc_keys()));
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].domain, "example.com");
  EXPECT_EQ(results[0].identity_domain, "football.example.com");
  EXPECT_EQ(results[0].selector, "brisbane");
}

TEST(Dkim, LineEndsMayHaveBecomeLf) {
  EXPECT_EQ(faults(with_lf_only(kRfc6376)), Words{"pass"});
  EXPECT_EQ(faults(with_lf_only(kRfc8463)), (Words{"pass", "pass"}));
}

TEST(Dkim, SeesEveryChangeOfWhatIsSigned) {
  EXPECT_EQ(faults(changed(kRfc6376, "Is dinner", "Is  dinner")), Words{"wrong"});
  EXPECT_EQ(faults(changed(kRfc6376, "hungry", "Hungry")), Words{"other_body"});
  EXPECT_EQ(faults(changed(kRfc6376, "<joe@", "<jim@")), Words{"wrong"});
  EXPECT_EQ(faults(changed(kRfc6376, "b=AuUo", "b=BuUo")), Words{"wrong"});
  EXPECT_EQ(faults(changed(kRfc8463, "game.  Are", "game. Are")), (Words{"pass", "pass"}));
  EXPECT_EQ(faults(changed(kRfc8463, "Subject: Is dinner ready?", "SUBJECT :  Is\r\n dinner  ready? ")),
            (Words{"pass", "pass"}));
  EXPECT_EQ(faults(changed(kRfc8463, "dinner ready", "dinnerready")), (Words{"wrong", "wrong"}));
  EXPECT_EQ(faults(std::string(kRfc8463) + "PS\r\n"), (Words{"other_body", "other_body"}));
  EXPECT_EQ(faults(std::string(kRfc8463) + " \r\n\r\n"), (Words{"pass", "pass"}));
  EXPECT_EQ(faults(std::string(kRfc6376) + "\r\n\r\n"), Words{"pass"});
  EXPECT_EQ(faults(std::string(kRfc6376) + " \r\n"), Words{"other_body"});
  EXPECT_EQ(faults(std::string(kRfc6376) + "\r"), Words{"other_body"});
}

TEST(Dkim, FieldsOfOneNameAreTakenFromTheBottom) {
  // Not signed, so it may stand on top.
  EXPECT_EQ(faults("Received: from elsewhere\r\n" + std::string(kRfc6376)), Words{"pass"});
  EXPECT_EQ(faults(changed(kRfc6376, "From: Joe", "Received: from elsewhere\r\nFrom: Joe")), Words{"wrong"});
}

TEST(Dkim, AFieldThatMayStandOnceAndStandsTwiceIsUnsigned) {
  for (const std::string_view field :
       {"From: eve@evil.example", "Subject: Other", "To: a@b", "Reply-To: a@b\r\nreply-to: c@d",
        "Content-Type: text/html\r\nContent-Type: text/plain", "Date: today"}) {
    EXPECT_EQ(faults(std::string(field) + "\r\n" + std::string(kRfc6376)), Words{"repeated_field"}) << field;
    EXPECT_EQ(faults(changed(kRfc6376, "\r\n\r\n", "\r\n" + std::string(field) + "\r\n\r\n")), Words{"repeated_field"})
        << field;
  }
}

TEST(Dkim, WhatCountsAsUnsigned) {
  const std::pair<std::string_view, std::string_view> kCases[] = {{"v=1; l=5;", "length_limit"},
                                                                  {"v=1; x=1699999999;", "expired"},
                                                                  {"v=1; t=5; x=4;", "malformed"},
                                                                  {"v=2;", "malformed"},
                                                                  {"v=1; v=1;", "malformed"},
                                                                  {"v=1; q=finger;", "malformed"},
                                                                  {"v=1; x=;", "malformed"},
                                                                  {"v=1; x=-5;", "malformed"},
                                                                  {"v=1; x=99999999999999;", "malformed"},
                                                                  {"", "malformed"}};
  for (const auto& [tags, fault] : kCases) {
    EXPECT_EQ(faults(changed(changed(kRfc6376, "q=dns/txt;", ""), "v=1;", tags)), Words{std::string(fault)}) << tags;
  }
  EXPECT_EQ(faults(changed(kRfc6376, "rsa-sha256", "rsa-sha1")), Words{"other_algorithm"});
  EXPECT_EQ(faults(changed(kRfc6376, "Received : From", "Received : Form")), Words{"from_not_signed"});
  EXPECT_EQ(faults(changed(kRfc6376, "joe@football.example.com", "joe@football.example.org")), Words{"bad_identity"});
  EXPECT_EQ(faults(changed(kRfc6376, "joe@football.example.com", "joe@notexample.com")), Words{"bad_identity"});
  EXPECT_EQ(faults(changed(kRfc6376, "c=simple/simple", "c=simple/nofws")), Words{"malformed"});
  EXPECT_EQ(faults(changed(kRfc6376, "s=brisbane", "s=..")), Words{"malformed"});
  EXPECT_EQ(faults(changed(kRfc6376, "d=example.com", "d=example com/")), Words{"malformed"});
  EXPECT_EQ(faults(changed(kRfc6376, "b=AuUo", "b=Au!o")), Words{"malformed"});
  EXPECT_EQ(faults("X: \1\rY: z\r\n" + std::string(kRfc6376)), Words{"malformed"});
}

TEST(Dkim, ASignatureIsGoodUntilItExpires) {
  // x= is signed too, so no example is at hand: another fault shows that this one is past.
  const std::string text = changed(kRfc6376, "v=1;", "v=1; x=1700000000;");
  EXPECT_EQ(faults(text, rfc_keys(), 1'700'000'000), Words{"wrong"});
  EXPECT_EQ(faults(text, rfc_keys(), 1'700'000'001), Words{"expired"});
}

TEST(Dkim, KeysThatDoNotServe) {
  const std::string name = "brisbane._domainkey.example.com";
  const std::string& right = rfc_keys().at(name);
  const std::string material = right.substr(right.find("p="));
  const std::string short_key =
      "p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAIWmlgix/84GJ+dfgjm7LTc9EPdfkftlgiPpCq4/kbDAZmU0VvYKDljjleJ1dfvS+CGy9U/kk1"
      "tG3EeEvb82xAcCAwEAAQ==";
  const std::pair<std::string, std::string> kCases[] = {
      {material, "pass"},
      {"v=DKIM1; k=rsa; h=sha1:sha256; s=email; t=x; " + material, "pass"},
      {"s=other:*; " + material + "; unknown=tag", "pass"},
      {"t=y; " + material, "testing"},
      {"t=y:s; " + material, "testing"},
      {"t=s; " + material, "bad_identity"},
      {"h=sha1; " + material, "no_key"},
      {"s=tlsrpt; " + material, "no_key"},
      {"k=ed25519; " + material, "no_key"},
      {material + "; v=DKIM1", "no_key"},
      {"v=DKIM2; " + material, "no_key"},
      {"v=DKIM1; p=", "revoked"},
      {"v=DKIM1", "no_key"},
      {"v=spf1 -all", "no_key"},
      {"p=AAAA", "no_key"},
      {material.substr(0, material.size() - 8), "no_key"},
      {short_key, "short_key"},
      {"", "no_key"}};
  for (const auto& [record, fault] : kCases) {
    EXPECT_EQ(faults(std::string(kRfc6376), {{name, record}}), Words{fault}) << record;
  }
  EXPECT_EQ(faults(std::string(kRfc6376), {}), Words{"no_key"});
}

TEST(Dkim, WhatTheNameServerDoesNotSayIsNotKnown) {
  const Message message = Message::open(std::string(kRfc6376));
  const KeyLookup fails = [](const std::string&) { return KeyAnswer{}; };
  EXPECT_EQ(verify_dkim(message, kNow, fails).at(0).fault, DkimFault::key_not_found_out);
  const KeyLookup twice = [](const std::string& name) {
    return KeyAnswer{KeyAnswer::Kind::found, {rfc_keys().at(name), rfc_keys().at(name)}};
  };
  EXPECT_EQ(verify_dkim(message, kNow, twice).at(0).fault, DkimFault::no_key);
}

TEST(Dkim, LooksAtFewSignaturesAndAsksForNoKeyInVain) {
  const std::string signature(kRfc6376.substr(0, kRfc6376.find("Received:")));
  std::string text;
  for (int i = 0; i < 20; ++i) text += signature;
  text += kRfc6376;
  std::size_t asked = 0;
  const KeyLookup counts = [&](const std::string&) {
    ++asked;
    return KeyAnswer{KeyAnswer::Kind::none, {}};
  };
  EXPECT_EQ(verify_dkim(Message::open(text), kNow, counts).size(), kMaxSignatures);
  EXPECT_EQ(asked, kMaxSignatures);
  asked = 0;
  verify_dkim(Message::open(text + "more\r\n"), kNow, counts);
  EXPECT_EQ(asked, 0U);
}

TEST(Dkim, AMessageWithoutSignaturesHasNoResults) {
  EXPECT_TRUE(faults("From: a@b.example\r\n\r\nx\r\n").empty());
  EXPECT_TRUE(faults("").empty());
}

// RFC 6376 3.4.4 and 3.4.3 give the hashes of an empty body.
TEST(CanonicalForm, OfAnEmptyBody) {
  EXPECT_EQ(hex(body_hash("", Canonicalization::relaxed)),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(body_hash("", Canonicalization::simple), body_hash("\r\n", Canonicalization::simple));
  EXPECT_EQ(body_hash("\n\n", Canonicalization::simple), body_hash("\r\n", Canonicalization::simple));
  EXPECT_EQ(body_hash(" \t\n\n", Canonicalization::relaxed), body_hash("", Canonicalization::relaxed));
}

// RFC 6376 3.4.5
TEST(CanonicalForm, OfTheExampleOfTheStandard) {
  const std::string body = " C \r\nD \t E\r\n\r\n\r\n";
  EXPECT_EQ(body_hash(body, Canonicalization::relaxed), body_hash(" C\r\nD E\r\n", Canonicalization::simple));
  EXPECT_EQ(body_hash(body, Canonicalization::simple), body_hash(" C \nD \t E\n", Canonicalization::simple));
  Sha256 relaxed;
  add_field(relaxed, "A: X\r\n", Canonicalization::relaxed);
  add_field(relaxed, "B : Y\t\r\n\tZ  \r\n", Canonicalization::relaxed);
  Sha256 wanted;
  wanted.add("a:X\r\nb:Y Z\r\n");
  EXPECT_EQ(relaxed.digest(), wanted.digest());
  add_field(relaxed, "B : Y\t\n\tZ  \n", Canonicalization::simple, FieldEnd::left_out);
  wanted.add("B : Y\t\r\n\tZ  ");
  EXPECT_EQ(relaxed.digest(), wanted.digest());
}

}  // namespace
}  // namespace majlis::mail
