#include "mail/address.h"

#include <gtest/gtest.h>

#include <string>

namespace majlis::mail {
namespace {

struct Accepted {
  std::string_view written, local, domain, text;
};

TEST(Address, TakesWhatAMailboxMayBeCalled) {
  const Accepted cases[] = {
      {"a@b", "a", "b", "a@b"},
      {"Joe.Public@Example.ORG", "Joe.Public", "example.org", "Joe.Public@example.org"},
      {"a+b=c{d}!e%f@x.org", "a+b=c{d}!e%f", "x.org", "a+b=c{d}!e%f@x.org"},
      {"\"joe\"@x.org", "joe", "x.org", "joe@x.org"},
      {"\"a@b\"@x.org", "a@b", "x.org", "\"a@b\"@x.org"},
      {"\"a b\"@x.org", "a b", "x.org", "\"a b\"@x.org"},
      {R"("a\"b\\c"@x.org)", R"(a"b\c)", "x.org", R"("a\"b\\c"@x.org)"},
      {"\"a..b\"@x.org", "a..b", "x.org", "\"a..b\"@x.org"},
      {"a@xn--bcher-kva.example", "a", "xn--bcher-kva.example", "a@xn--bcher-kva.example"},
      {"a@bücher.example", "a", "xn--bcher-kva.example", "a@xn--bcher-kva.example"},
      {"a@BÜCHER.Example", "a", "xn--bcher-kva.example", "a@xn--bcher-kva.example"},
      {"a@faß.example", "a", "xn--fa-hia.example", "a@xn--fa-hia.example"},
      {"a@r3---sn-x.example", "a", "r3---sn-x.example", "a@r3---sn-x.example"},
      {"a@1and1.com", "a", "1and1.com", "a@1and1.com"},
      {"jürgen@x.org", "jürgen", "x.org", "jürgen@x.org"},
      {"用户@例子.example", "用户", "xn--fsqu00a.example", "用户@xn--fsqu00a.example"},
  };
  for (const Accepted& c : cases) {
    const auto address = Address::parse(c.written);
    ASSERT_TRUE(address) << c.written;
    EXPECT_EQ(address->local(), c.local);
    EXPECT_EQ(address->domain(), c.domain);
    EXPECT_EQ(address->text(), c.text);
    EXPECT_EQ(Address::parse(address->text()), address);
  }
}

TEST(Address, RefusesHostileSpellings) {
  using namespace std::string_view_literals;
  const std::string_view cases[] = {
      ""sv,
      "a"sv,
      "@"sv,
      "@b"sv,
      "a@"sv,
      "a@b@c"sv,
      "a@@b"sv,
      "a b@c"sv,
      " a@b"sv,
      "a@b "sv,
      "a @b"sv,
      "a@ b"sv,
      "<a@b>"sv,
      "Joe <a@b>"sv,
      "a@b (Joe)"sv,
      "(Joe)a@b"sv,
      "@x:a@b"sv,
      "@x,@y:a@b"sv,
      "a@b,c@d"sv,
      "a@b;c@d"sv,
      "mailto:a@b"sv,
      "g:a@b;"sv,
      "a@.b"sv,
      "a@b."sv,
      "a@b..c"sv,
      "a@-b.c"sv,
      "a@b-.c"sv,
      "a@b_c.d"sv,
      "a@b c"sv,
      "a@1.2.3.4"sv,
      "a@[1.2.3.4]"sv,
      "a@[IPv6:::1]"sv,
      "a@b\0.c"sv,
      "a\0@b"sv,
      "a\r\n@b"sv,
      "a@b\r\nRCPT TO:<c@d>"sv,
      "a@b\n"sv,
      "a\t@b"sv,
      "a\x7F@b"sv,
      "-oQ@b"sv,
      "-a@b"sv,
      "\"-a\"@b"sv,
      "|sh@b"sv,
      "\"|sh -c x\"@b"sv,
      "/etc/passwd@b"sv,
      "\"/tmp/x\"@b"sv,
      "\":include:/etc/x\"@b"sv,
      "\":Include:x\"@b"sv,
      "\"a<b\"@c"sv,
      "\"a>b\"@c"sv,
      "\"\"@b"sv,
      "\"a@b"sv,
      "\"a\"b@c"sv,
      "a\"b\"@c"sv,
      "a.\"b\"@c"sv,
      "\"a\\\"@b"sv,
      "\"a\r\n b\"@c"sv,
      "\"a\tb\"@c"sv,
      "\" a\"@b"sv,
      "\"a \"@b"sv,
      "=?utf-8?q?a?=@b"sv,
      "\"=?utf-8?q?a?=\"@b"sv,
      "a@=?utf-8?q?b?="sv,
      "a@xn--.b"sv,
      "a@xn--"sv,
      "a@b/c"sv,
      "a@b:25"sv,
      "a\\@b@c"sv,
      "a(c)@b"sv,
      "a\xE2\x80\x8B@b"sv,      // zero width space
      "a\xE2\x80\x8D@b"sv,      // zero width joiner
      "a\xE2\x80\xAE@b"sv,      // right-to-left override
      "a\xE2\x80\xA8@b"sv,      // line separator
      "a\xEF\xBB\xBF@b"sv,      // byte order mark
      "a\xC2\xAD@b"sv,          // soft hyphen
      "a\xC2\xA0@b"sv,          // no-break space
      "a\xC2\x85@b"sv,          // C1 next line
      "a\xE3\x85\xA4@b"sv,      // Hangul filler
      "a\xF3\xA0\x81\xA1@b"sv,  // tag letter
      "a\xEF\xBF\xBD@b"sv,      // replacement character
      "a\xEF\xBC\xA0"
      "b"sv,  // full-width at sign
      "a\xFF@b"sv,
      "a\xC0\xAE@b"sv,
      "a\xED\xA0\x80@b"sv,
      "a@b\xFF.c"sv,
      "a@b\xE2\x80\x8B.c"sv,  // zero width space in the domain
      "a@b\xC2\xADx.c"sv,     // soft hyphen in the domain
      "a@b\xEF\xBC\x8F"
      "c"sv,  // full-width solidus
      "a@b\xEF\xBC\xA0"
      "c.d"sv,  // full-width at sign in the domain
      "a@\xE3\x80\x82"
      "b"sv,  // ideographic full stop: an empty label
  };
  for (const std::string_view text : cases) EXPECT_FALSE(Address::parse(text)) << text;
}

TEST(Address, HoldsToTheLimits) {
  const std::string local64(64, 'a');
  const std::string label63(63, 'b');
  EXPECT_TRUE(Address::parse(local64 + "@b"));
  EXPECT_FALSE(Address::parse(local64 + "a@b"));
  EXPECT_TRUE(Address::parse('"' + std::string(30, 'a') + ' ' + std::string(31, 'a') + "\"@b"));
  EXPECT_FALSE(Address::parse('"' + std::string(30, 'a') + ' ' + std::string(32, 'a') + "\"@b"));
  EXPECT_TRUE(Address::parse("a@" + label63));
  EXPECT_FALSE(Address::parse("a@" + label63 + "b"));
  const std::string domain = label63 + '.' + label63 + '.' + label63;
  EXPECT_TRUE(Address::parse("a@" + domain + '.' + std::string(60, 'c')));
  EXPECT_FALSE(Address::parse("aa@" + domain + '.' + std::string(60, 'c')));
  EXPECT_FALSE(Address::parse("a@" + std::string(1000000, 'a')));
}

TEST(Address, OneDomainInManySpellingsIsOneMailbox) {
  const auto first = Address::parse("Joe@bücher.example");
  ASSERT_TRUE(first);
  for (const std::string_view spelling : {"joe@XN--BCHER-KVA.example", "JOE@Bücher.EXAMPLE",
                                          "joe@bu\xCC\x88"
                                          "cher.example",
                                          "\"joe\"@bücher\xE3\x80\x82"
                                          "example"}) {
    EXPECT_EQ(Address::parse(spelling), first) << spelling;
  }
  EXPECT_EQ(first->canonical(), "joe@xn--bcher-kva.example");
  EXPECT_EQ(first->text(), "Joe@xn--bcher-kva.example");
}

TEST(Address, FoldsOnlyAsciiLettersOfTheLocalPart) {
  EXPECT_NE(Address::parse("\xE2\x84\xAA@x.org"), Address::parse("k@x.org"));  // Kelvin sign
  EXPECT_NE(Address::parse("\xC5\xBF@x.org"), Address::parse("s@x.org"));      // long s
  EXPECT_NE(Address::parse("Ü@x.org"), Address::parse("ü@x.org"));
  EXPECT_NE(Address::parse("\xEF\xBD\x81@x.org"), Address::parse("a@x.org"));  // full-width a
  EXPECT_FALSE(Address::parse("ü@x.org")->is_ascii());
  EXPECT_TRUE(Address::parse("u@bücher.example")->is_ascii());
}

TEST(Address, DotsWithoutQuotesAreWhatTheyAreWithThem) {
  for (const std::string_view local : {"user..name", "user.", ".user", "a...b", "."}) {
    const auto plain = Address::parse(std::string(local) + "@docomo.example");
    const auto quoted = Address::parse("\"" + std::string(local) + "\"@docomo.example");
    ASSERT_TRUE(plain && quoted) << local;
    EXPECT_EQ(*plain, *quoted) << local;
    EXPECT_EQ(plain->text(), "\"" + std::string(local) + "\"@docomo.example");
  }
}

struct Written {
  std::string_view body, display, address;
};

TEST(Mailbox, FindsTheAddressWhereRfc5322PutsIt) {
  const Written cases[] = {
      {"a@b.c", "", "a@b.c"},
      {" a@b.c \r\n", "", "a@b.c"},
      {"<a@b.c>", "", "a@b.c"},
      {"<a@b.c> ", "", "a@b.c"},
      {"Joe Q. Public <a@b.c>", "Joe Q. Public", "a@b.c"},
      {"\"Public, Joe\" <a@b.c>", "Public, Joe", "a@b.c"},
      {R"("Joe \"x\"" <a@b.c>)", "Joe \"x\"", "a@b.c"},
      {"a@b.c (Joe (the) Public)", "Joe (the) Public", "a@b.c"},
      {"Joe (c) <a@b.c> (trail)", "Joe", "a@b.c"},
      {"Joe\r\n <a@b.c>", "Joe", "a@b.c"},
      {"=?utf-8?q?J=C3=B6?= <a@b.c>", "=?utf-8?q?J=C3=B6?=", "a@b.c"},
      {"\"victim@good.example\" <a@b.c>", "victim@good.example", "a@b.c"},
      {"\"<victim@good.example>\" <a@b.c>", "<victim@good.example>", "a@b.c"},
      {"victim(@evil.example)@good.example", "@evil.example", "victim@good.example"},
      {"(victim@good.example) a@b.c", "victim@good.example", "a@b.c"},
      {"Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>", "Pete", "pete@silly.test"},
      {"\"a@b\"@c.d", "", "\"a@b\"@c.d"},
      {"\"a@b\" <\"x@y\"@c.d>", "a@b", "\"x@y\"@c.d"},
      {"J\xF6rg <a@b.c>", "J\xF6rg", "a@b.c"},
  };
  for (const Written& c : cases) {
    const auto mailbox = parse_mailbox(c.body);
    ASSERT_TRUE(mailbox) << c.body;
    EXPECT_EQ(mailbox->display, c.display) << c.body;
    EXPECT_EQ(mailbox->address.text(), c.address) << c.body;
  }
}

TEST(Mailbox, RefusesWhatReadersUnderstandDifferently) {
  using namespace std::string_view_literals;
  const std::string_view cases[] = {
      ""sv,
      " "sv,
      ","sv,
      "<>"sv,
      "Joe"sv,
      "Joe <>"sv,
      "Joe <a@b@c>"sv,
      "<a@b.c> trailing"sv,
      "a b@c.d"sv,
      "<a b@c.d>"sv,
      "<a@b> <c@d>"sv,
      "a@b <c@d>"sv,
      "a@b.c;d@e.f"sv,
      "a@b.c, d@e.f"sv,
      "a@b.c,"sv,
      ",a@b.c"sv,
      "mailto:a@b.c"sv,
      "g: a@b;"sv,
      "undisclosed-recipients:;"sv,
      "Cc: a:"sv,
      "<@x:a@b>"sv,
      "<@x,@y:a@b>"sv,
      "a@[IPv6:::1]"sv,
      "a@[1.2.3.4]"sv,
      "\"Joe <a@b.c>"sv,
      "Joe <a@b.c"sv,
      "Joe a@b.c>"sv,
      "Joe <<a@b.c>>"sv,
      "a@b.c (Joe"sv,
      "a@b.c Joe)"sv,
      "a . b@c.d"sv,
      "a@b . c"sv,
      "a@b(c).d"sv,
      "a.\"b\"@c.d"sv,
      "a\\@b@c.d"sv,
      "Public, Joe <a@b.c>"sv,
      "=?utf-8?q?a@b.c?="sv,
      "=?utf-8?q?a?=@b.c"sv,
      "<=?utf-8?q?a=40b.c?=>"sv,
      "Joe <a@b\t.c>"sv,
      "Joe\r\n<a@b.c>"sv,
      "Joe\r <a@b.c>"sv,
      "Joe\0 <a@b.c>"sv,
      "Joe \x01<a@b.c>"sv,
      "\"Joe\0\" <a@b.c>"sv,
      "a@b.c (\x07)"sv,
      "\"vic\r\n tim\"@b.c"sv,
      "x <y@                                        >"sv,
      "a@b.c\r\nBcc: e@x"sv,
      "a@b.c\nBcc: e@x"sv,
      "[x] <a@b.c>"sv,
      "Joe \\ <a@b.c>"sv,
      "\"a\\"sv,
      "<a@b.c>, <d@e.f>"sv,
  };
  for (const std::string_view body : cases) EXPECT_FALSE(parse_mailbox(body)) << body;
}

TEST(Mailbox, CommentsNestOnlySoDeep) {
  const auto nested = [](std::size_t depth) { return "a@b.c " + std::string(depth, '(') + std::string(depth, ')'); };
  EXPECT_TRUE(parse_mailbox(nested(20)));
  EXPECT_FALSE(parse_mailbox(nested(21)));
  EXPECT_FALSE(parse_mailbox("a@b.c " + std::string(60000, '(')));
  EXPECT_FALSE(parse_mailbox(std::string(200000, ' ') + "a@b.c"));
}

TEST(MailboxList, ReadsEachOrNone) {
  const auto list = parse_mailbox_list("a@b.c, \"x, y\" <d@e.f>,\r\n g@h.i (z)");
  ASSERT_TRUE(list);
  ASSERT_EQ(list->size(), 3U);
  EXPECT_EQ((*list)[1].display, "x, y");
  EXPECT_EQ((*list)[2].address.text(), "g@h.i");
  EXPECT_TRUE(parse_mailbox_list("")->empty());
  EXPECT_TRUE(parse_mailbox_list(" \r\n")->empty());
  EXPECT_FALSE(parse_mailbox_list("a@b.c,, d@e.f"));
  EXPECT_FALSE(parse_mailbox_list("a@b.c, d@e@f"));
  EXPECT_FALSE(parse_mailbox_list("a@b, c@d, e@f", 2));
  EXPECT_TRUE(parse_mailbox_list("a@b, c@d", 2));
}

}  // namespace
}  // namespace majlis::mail
