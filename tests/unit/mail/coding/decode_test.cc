#include "mail/coding/decode.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/text.h"
#include "mail/coding/quoted_printable.h"

namespace majlis::mail {
namespace {

using namespace std::string_literals;

struct Pair {
  std::string in, out;
};

TEST(QuotedPrintable, KeepsEveryLineEndAsLf) {
  const Pair cases[] = {
      {"abc \ndef", "abc\ndef"},
      {"abc\r\ndef\r\n", "abc\ndef\n"},
      {"subscribe x \nend", "subscribe x\nend"},
      {"soft=\nbreak", "softbreak"},
      {"soft= \t\r\nbreak", "softbreak"},
      {"last=", "last"},
      {"=41=4a=4A", "AJJ"},
      {"=4", "=4"},
      {"=4x=", "=4x"},
      {"a==41", "a=A"},
      {"=ZZ", "=ZZ"},
      {"=0D=0A", "\r\n"},
      {"caf=C3=A9", "caf\xC3\xA9"},
      {"", ""},
      {"\n\n", "\n\n"},
      {"x=00y", "x\0y"s},
  };
  for (const Pair& c : cases) EXPECT_EQ(decode_quoted_printable(c.in), c.out) << c.in;
}

TEST(QuotedPrintable, DecodesWhatItEncodes) {
  std::minstd_rand random(7);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (auto i = random() % 300; i > 0; --i)
      text += static_cast<char>(random() % 3 == 0 ? random() % 256 : 'a' + random() % 26);
    const std::string encoded = encode_quoted_printable(text);
    EXPECT_EQ(decode_quoted_printable(encoded), text);
    for (std::string_view rest(encoded); const auto line = next_line(rest);) EXPECT_LE(line->size(), 76U);
  }
}

TEST(QuotedPrintable, IsToldFromWhatIsOnlyLabelledSo) {
  for (const std::string good : {"", "a", "a=\r\nb=3D\r\n", "=c3=a9", "soft= \t\nbreak", "blank \n", "last="}) {
    EXPECT_TRUE(is_quoted_printable(good)) << good;
  }
  EXPECT_TRUE(is_quoted_printable(std::string(75, 'x') + "=\r\nx"));
  EXPECT_FALSE(is_quoted_printable(std::string(77, 'x') + "\n"));
  for (const std::string& bad : {"caf\xC3\xA9"s, "x\x7F"s, "a\rb"s, "a=\rb"s, "x\0y"s, "=4"s, "=ZZ"s, "a==\n"s}) {
    EXPECT_FALSE(is_quoted_printable(bad)) << bad;
  }
}

struct BaseCase {
  std::string in, out;
  bool canonical;
};

TEST(Base64, SkipsForeignOctetsAndStopsAtPadding) {
  const BaseCase cases[] = {
      {"QUJD", "ABC", true},    {"QUI=", "AB", true},
      {"QQ==", "A", true},      {"QUJD\r\nQUJD\r\n", "ABCABC", true},
      {"", "", true},           {"=QUJD", "", false},
      {"QU=JD", "A", false},    {"QUI=QUJD", "AB", false},
      {"Q|UJD", "ABC", false},  {"QUI", "AB", false},
      {"Q", "", false},         {"QUJ=", "AB", false},
      {"QQ=", "A", false},      {"QUJD====", "ABC", false},
      {"Q U J D", "ABC", true}, {"\xFFQUJD", "ABC", false},
  };
  for (const BaseCase& c : cases) {
    bool canonical = !c.canonical;
    EXPECT_EQ(decode_base64(c.in, &canonical), c.out) << c.in;
    EXPECT_EQ(canonical, c.canonical) << c.in;
  }
}

TEST(Base64, DecodesWhatItEncodes) {
  std::minstd_rand random(8);
  for (std::size_t size = 0; size < 300; ++size) {
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(random() % 256);
    for (const std::size_t line : {std::size_t{0}, std::size_t{4}, std::size_t{76}}) {
      bool canonical = false;
      EXPECT_EQ(decode_base64(encode_base64(bytes, line), &canonical), bytes);
      EXPECT_TRUE(canonical);
    }
  }
  EXPECT_EQ(encode_base64(std::string(58, 'A')).find("\r\n"), 76U);
  EXPECT_EQ(encode_base64("AB", 0), "QUI=");
}

TEST(Transfer, LeavesUnknownEncodingsAlone) {
  EXPECT_EQ(decode_transfer("QUJD", "base64"), "ABC");
  EXPECT_EQ(decode_transfer("=41", "quoted-printable"), "A");
  EXPECT_EQ(decode_transfer("=41", "7bit"), "=41");
  EXPECT_EQ(decode_transfer("=41", "base9000"), "=41");
}

struct CharsetCase {
  std::string bytes, charset, text;
};

TEST(Charset, ReadsWhatMailIsWrittenIn) {
  const CharsetCase cases[] = {
      {"caf\xE9", "iso-8859-1", "café"},
      {"caf\xE9", "ISO-8859-1 ", "café"},
      {"\x93x\x94", "iso-8859-1", "“x”"},
      {"\xA4", "iso-8859-15", "€"},
      {"\x80", "windows-1252", "€"},
      {"\xC3\xA9", "utf-8", "é"},
      {"\xC3\xA9", "uft-8", "é"},
      {"\xC3\xA9", "us-ascii", "é"},
      {"\xE9", "us-askey", "é"},
      {"\xC3\xA9", "unknown-8bit", "é"},
      {"\xE9", "", "é"},
      {"\xF0\xD2\xC9", "koi8-r", "При"},
      {"\x1B$B$3$s\x1B(B", "iso-2022-jp", "こん"},
      {"\x82\xB1", "shift_jis", "こ"},
      {"\xC7\xD1", "ks_c_5601-1987", "한"},
      {"\xC7\xD1", "euc-kr", "한"},
      {"\xC4\xE3", "gb2312", "你"},
      {"\xA7\x41", "big5", "你"},
      {"\x8E", "x-mac-roman", "é"},
      {"\x80", "x-mac-cyrillic", "А"},
      {"\xFE\xFF\x00\x41"s, "utf-16", "A"},
      {"\xFF\xFE\x41\x00"s, "utf-16", "A"},
      {"\x00\x41"s, "utf-16", "A"},
      {"\xD8\x00\x00\x41"s, "utf-16be",
       "\xEF\xBF\xBD"
       "A"},
      {"\xEF\xBB\xBFsubscribe", "utf-8", "subscribe"},
      {"a\xFF"
       "b",
       "utf-8",
       "a\xEF\xBF\xBD"
       "b"},
      {"\xED\xA0\x80", "utf-8", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
      {"a\x81"
       "b",
       "windows-1252",
       "a\xEF\xBF\xBD"
       "b"},
      {"\x82", "shift_jis", "\xEF\xBF\xBD"},
  };
  for (const CharsetCase& c : cases) EXPECT_EQ(to_utf8(c.bytes, c.charset), c.text) << c.charset;
}

TEST(Charset, NamesFromMailNeverReachIconv) {
  for (const std::string& name : {"utf-7"s, "UTF-16//TRANSLIT"s, "iso-8859-5//IGNORE"s, "../../evil"s, "IBM930"s,
                                  "iso-2022-cn-ext"s, "hz-gb-2312"s, std::string(100000, 'x')}) {
    EXPECT_EQ(to_utf8("+AGE-", name), "+AGE-") << name;
  }
}

TEST(Charset, AnyBytesInAnyCharsetGiveValidUtf8) {
  std::minstd_rand random(9);
  for (const char* charset : {"iso-2022-jp", "shift_jis", "euc-jp", "big5", "gb18030", "euc-kr", "euc-tw", "utf-16",
                              "utf-16le", "utf-32", "koi8-u", "windows-1255", "windows-1258", "x-mac-ce", "none"}) {
    for (int round = 0; round < 50; ++round) {
      std::string bytes;
      for (auto i = random() % 6000; i > 0; --i) bytes += static_cast<char>(random() % 256);
      EXPECT_TRUE(is_valid_utf8(to_utf8(bytes, charset))) << charset;
    }
  }
}

TEST(Words, DecodeAsRfc2047Shows) {
  const Pair cases[] = {
      {"=?ISO-8859-1?Q?a?=", "a"},
      {"=?ISO-8859-1?Q?a?= b", "a b"},
      {"=?ISO-8859-1?Q?a?= =?ISO-8859-1?Q?b?=", "ab"},
      {"=?ISO-8859-1?Q?a?=\r\n  =?ISO-8859-1?Q?b?=", "ab"},
      {"=?ISO-8859-1?Q?a_b?=", "a b"},
      {"=?ISO-8859-1?Q?a?= =?ISO-8859-2?Q?_b?=", "a b"},
      {"=?us-ascii*en?q?hi?=", "hi"},
      {"=?utf-8?b?w6k=?=", "é"},
      {"=?utf-8?b?w6k?=", "é"},
      {"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "é"},
      {"x =?utf-8?q?=C3=A9?= y", "x é y"},
      {"(=?utf-8?q?a?=)", "(a)"},
      {"=?utf-8?q?a=5Fb?=", "a_b"},
      {"=?utf-8?q?a=?=", "a="},
      {"=?utf-8?q?a_?=", "a "},
      {"=?utf-8?x?a?=", "=?utf-8?x?a?="},
      {"=?utf-8?q?a", "=?utf-8?q?a"},
      {"=??q?a?=", "=??q?a?="},
      {"=?utf-8?q?\?=", ""},
      {"=?", "=?"},
      {"a\r\n b", "a b"},
      {"a\nb", "a b"},
      {"=?utf-8?q?a=0D=0ABcc:_x?=", "a  Bcc: x"},
      {"=?utf-8?q?a=00b?=", "a b"},
      {"=?utf-8?q?a=E2=80=A8b?=", "a b"},
      {"caf\xE9", "café"},
      {"café", "café"},
  };
  for (const Pair& c : cases) EXPECT_EQ(decode_words(c.in), c.out) << c.in;
}

TEST(Words, UnfinishedWordsCostLinearTime) {
  std::string field;
  while (field.size() < 4000000) field += "=?utf-8?q?=?";
  EXPECT_FALSE(decode_words(field).empty());
}

}  // namespace
}  // namespace majlis::mail
