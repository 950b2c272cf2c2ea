#include <gtest/gtest.h>
#include <iconv.h>

#include <array>
#include <cerrno>

#include "mail/coding/charset_decoder.h"
#include "mail/coding/charset_names.h"
#include "mail/coding/charset_tables.h"

// What the tables say beside what iconv(3) says.
namespace majlis::mail {
namespace {

using namespace std::string_literals;

class Converter {
 public:
  explicit Converter(const std::string& name) : handle_(iconv_open("UTF-8", name.c_str())) {
    EXPECT_NE(handle_, reinterpret_cast<iconv_t>(-1)) << name;
  }
  ~Converter() { iconv_close(handle_); }

  // Nothing when it does not take all of them.
  std::string convert(std::string octets) {
    std::array<char, 64> out{};
    char* to = out.data();
    std::size_t to_left = out.size();
    char* in = octets.data();
    std::size_t in_left = octets.size();
    iconv(handle_, nullptr, nullptr, nullptr, nullptr);
    if (iconv(handle_, &in, &in_left, &to, &to_left) == static_cast<std::size_t>(-1)) return {};
    iconv(handle_, nullptr, nullptr, &to, &to_left);
    return {out.data(), out.size() - to_left};
  }

 private:
  iconv_t handle_;
};

bool has_replacement(const std::string& text) { return text.find("\xEF\xBF\xBD") != std::string::npos; }

std::string pair_of(unsigned first, unsigned second) { return {static_cast<char>(first), static_cast<char>(second)}; }

TEST(CharsetTables, SayOfEveryOctetAndPairWhatTheConverterSays) {
  for (const CharsetTable& table : charset_tables()) {
    Converter converter{std::string(table.name)};
    for (unsigned first = 1; first < 256; ++first) {
      const std::string octet(1, static_cast<char>(first));
      const std::string alone = converter.convert(octet);
      if (!alone.empty()) {
        EXPECT_EQ(decode_charset(octet, table.name), alone) << table.name << " " << first;
        continue;
      }
      if (table.nodes.size() == 1) continue;
      for (unsigned second = 0; second < 256; ++second) {
        const std::string pair = converter.convert(pair_of(first, second));
        if (pair.empty()) continue;
        EXPECT_EQ(decode_charset(pair_of(first, second), table.name), pair) << table.name;
      }
    }
  }
}

TEST(CharsetTables, HaveTheLongSequencesOfEucJpAndGb18030) {
  Converter japanese("EUC-JP");
  Converter chinese("GB18030");
  std::size_t seen = 0;
  for (unsigned second = 0xA1; second < 0xFF; ++second) {
    for (unsigned third = 0xA1; third < 0xFF; ++third) {
      const std::string octets = "\x8F" + pair_of(second, third);
      const std::string expected = japanese.convert(octets);
      if (expected.empty()) continue;
      ++seen;
      EXPECT_EQ(decode_charset(octets, "EUC-JP"), expected);
    }
  }
  EXPECT_GT(seen, 6'000U);
  for (const unsigned first : {0x81U, 0x82U, 0x84U, 0x90U, 0x9AU, 0xE3U, 0xE4U}) {
    for (unsigned rest = 0; rest < 12'600; rest += 7) {
      const std::string octets = pair_of(first, 0x30 + rest / 1260) + pair_of(0x81 + rest / 10 % 126, 0x30 + rest % 10);
      const std::string expected = chinese.convert(octets);
      if (expected.empty()) continue;
      EXPECT_EQ(decode_charset(octets, "GB18030"), expected) << first << " " << rest;
    }
  }
}

TEST(CharsetTables, AreThereForEveryNameButThoseThatNeedNone) {
  for (const Charset& charset : kCharsets) {
    const std::string text = decode_charset("caf\xE9 ", charset.name);
    const bool is_kept = text.find('\xE9') != std::string::npos && text.size() == 5;
    EXPECT_FALSE(is_kept) << charset.label << " has no table";
  }
}

TEST(CharsetDecoder, ReadsJapaneseBetweenEscapesAsTheConverterDoes) {
  Converter converter("ISO-2022-JP");
  for (const std::string& text : {"\x1B$B$3$s\x1B(B ok"s, "\x1B$@$3$s\x1B(J\\~\x1B(B\\~"s, "plain\n"s}) {
    EXPECT_EQ(decode_charset(text, "ISO-2022-JP"), converter.convert(text));
  }
  EXPECT_TRUE(has_replacement(decode_charset("\x1B$B$", "ISO-2022-JP")));
  EXPECT_TRUE(has_replacement(decode_charset("\x1B$X", "ISO-2022-JP")));
  EXPECT_EQ(decode_charset("\x1B$B$3\nplain", "ISO-2022-JP"), "\xE3\x81\x93\nplain");
}

TEST(CharsetDecoder, ReadsUnitsInBothOrders) {
  EXPECT_EQ(decode_charset("\0a\xD8\x3D\xDE\0"s, "UTF-16BE"), "a\xF0\x9F\x98\x80");
  EXPECT_EQ(decode_charset("a\0\x3D\xD8\0\xDE"s, "UTF-16LE"), "a\xF0\x9F\x98\x80");
  EXPECT_EQ(decode_charset("\0\x01\xF6\0"s, "UTF-32BE"), "\xF0\x9F\x98\x80");
  EXPECT_EQ(decode_charset("\0\xF6\x01\0"s, "UTF-32LE"), "\xF0\x9F\x98\x80");
  EXPECT_TRUE(has_replacement(decode_charset("\xD8\x3D"s, "UTF-16BE")));
  EXPECT_TRUE(has_replacement(decode_charset("\0"s, "UTF-16BE")));
  EXPECT_TRUE(has_replacement(decode_charset("\x7F\xFF\xFF\xFF"s, "UTF-32BE")));
}

TEST(CharsetDecoder, OneBadOctetHidesNothingBehindIt) {
  EXPECT_EQ(decode_charset("\x82 subscribe", "CP932"), "\xEF\xBF\xBD subscribe");
  EXPECT_EQ(decode_charset("\xFFsubscribe", "GB18030"), "\xEF\xBF\xBDsubscribe");
  EXPECT_EQ(decode_charset("\x81\x30\x81", "GB18030"),
            "\xEF\xBF\xBD"
            "0\xEF\xBF\xBD");
}

}  // namespace
}  // namespace majlis::mail
