#include "mail/coding/charset_decoder.h"

#include <algorithm>
#include <optional>

#include "base/unicode.h"
#include "mail/coding/charset_tables.h"

namespace majlis::mail {
namespace {

constexpr unsigned kEscape = 0x1B;
constexpr std::uint32_t kFirstFarCount = 189'000;  // of GB18030, where the planes behind the first begin
constexpr char32_t kFirstFarCodePoint = 0x10000;
constexpr char32_t kLastCodePoint = 0x10FFFF;

unsigned octet_at(std::string_view bytes, std::size_t at) { return static_cast<unsigned char>(bytes[at]); }

const CharsetTable* find_table(std::string_view name) {
  const auto tables = charset_tables();
  const auto found =
      std::find_if(tables.begin(), tables.end(), [&](const CharsetTable& table) { return table.name == name; });
  return found == tables.end() ? nullptr : &*found;
}

// A character of GB18030 in four octets; nullopt when these are none.
std::optional<char32_t> counted_character(std::string_view bytes) {
  if (bytes.size() < 4) return std::nullopt;
  const unsigned third = octet_at(bytes, 2);
  const unsigned fourth = octet_at(bytes, 3);
  if (third < 0x81 || third > 0xFE || fourth < 0x30 || fourth > 0x39) return std::nullopt;
  const std::uint32_t lead = (octet_at(bytes, 0) - 0x81) * 10 + octet_at(bytes, 1) - 0x30;
  const std::uint32_t count = lead * 1260 + (third - 0x81) * 10 + fourth - 0x30;
  if (count >= kFirstFarCount) {
    const char32_t code_point = kFirstFarCodePoint + (count - kFirstFarCount);
    return code_point <= kLastCodePoint ? std::optional(code_point) : std::nullopt;
  }
  const auto runs = gb18030_runs();
  auto run = std::upper_bound(runs.begin(), runs.end(), count,
                              [](std::uint32_t wanted, const CountedRun& each) { return wanted < each.begin; });
  if (run == runs.begin() || count - (--run)->begin >= run->length) return std::nullopt;
  return run->code_point + (count - run->begin);
}

// Takes one character off `rest`, which is not empty, or one octet that begins none.
void decode_one(const CharsetTable& table, std::string_view& rest, std::string& out) {
  const CharsetNode* node = &table.nodes.front();
  for (std::size_t at = 0; at < rest.size(); ++at) {
    const std::uint16_t value = (*node)[octet_at(rest, at)];
    if (value == kInvalidOctet) break;
    if (value == kFourOctets) {
      const std::optional<char32_t> character = counted_character(rest);
      if (!character) break;
      append_utf8(out, *character);
      return rest.remove_prefix(4);
    }
    const std::size_t link = value - std::size_t{kFirstLink};
    if (value < kFirstLink || value > kInvalidOctet) {
      append_utf8(out, value);
      return rest.remove_prefix(at + 1);
    }
    if (link >= table.nodes.size()) {
      const FarCharacter& far = table.far_characters[link - table.nodes.size()];
      append_utf8(out, far.first);
      if (far.second != 0) append_utf8(out, far.second);
      return rest.remove_prefix(at + 1);
    }
    node = &table.nodes[link];
  }
  append_utf8(out, kReplacementCodePoint);
  rest.remove_prefix(1);
}

std::string decode_by_table(const CharsetTable& table, std::string_view rest) {
  std::string out;
  out.reserve(rest.size() + rest.size() / 2);
  while (!rest.empty()) decode_one(table, rest, out);
  return out;
}

enum class JapaneseSet { ascii, roman, pairs };

struct JapaneseEscape {
  std::string_view sequence;
  JapaneseSet set;
};
constexpr JapaneseEscape kJapaneseEscapes[] = {{"\x1B(B", JapaneseSet::ascii},
                                               {"\x1B(J", JapaneseSet::roman},
                                               {"\x1B$@", JapaneseSet::pairs},
                                               {"\x1B$B", JapaneseSet::pairs}};

bool is_half_of_pair(unsigned octet) { return octet > ' ' && octet < 0x7F; }

// EUC-JP has the pairs with the eighth bit set.
void decode_pair(const CharsetTable& euc_jp, std::string_view& rest, std::string& out) {
  if (rest.size() < 2 || !is_half_of_pair(octet_at(rest, 1))) {
    append_utf8(out, kReplacementCodePoint);
    return rest.remove_prefix(1);
  }
  const char pair[] = {static_cast<char>(octet_at(rest, 0) | 0x80U), static_cast<char>(octet_at(rest, 1) | 0x80U)};
  std::string_view taken(pair, sizeof pair);
  while (!taken.empty()) decode_one(euc_jp, taken, out);
  rest.remove_prefix(sizeof pair);
}

char32_t single_character(unsigned octet, JapaneseSet set) {
  if (set == JapaneseSet::roman && octet == 0x5C) return 0xA5;    // yen
  if (set == JapaneseSet::roman && octet == 0x7E) return 0x203E;  // overline
  return octet < 0x80 && octet != kEscape ? octet : kReplacementCodePoint;
}

std::string decode_iso_2022_jp(std::string_view rest) {
  const CharsetTable* euc_jp = find_table("EUC-JP");
  JapaneseSet set = JapaneseSet::ascii;
  std::string out;
  while (!rest.empty()) {
    const auto escape = std::find_if(std::begin(kJapaneseEscapes), std::end(kJapaneseEscapes),
                                     [&](const JapaneseEscape& each) { return rest.starts_with(each.sequence); });
    const unsigned octet = octet_at(rest, 0);
    if (escape != std::end(kJapaneseEscapes)) {
      set = escape->set;
      rest.remove_prefix(escape->sequence.size());
    } else if (set == JapaneseSet::pairs && is_half_of_pair(octet)) {
      decode_pair(*euc_jp, rest, out);
    } else {
      append_utf8(out, single_character(octet, set));
      if (octet == '\n') set = JapaneseSet::ascii;  // RFC 1468; some writers leave the sequence out
      rest.remove_prefix(1);
    }
  }
  return out;
}

enum class ByteOrder { big, little };

char32_t unit_at(std::string_view bytes, std::size_t at, std::size_t octets, ByteOrder order) {
  char32_t unit = 0;
  for (std::size_t i = 0; i < octets; ++i) {
    unit = unit << 8U | octet_at(bytes, at + (order == ByteOrder::big ? i : octets - 1 - i));
  }
  return unit;
}

std::string decode_units(std::string_view bytes, std::size_t octets, ByteOrder order) {
  std::string out;
  std::size_t at = 0;
  for (; at + octets <= bytes.size(); at += octets) {
    char32_t unit = unit_at(bytes, at, octets, order);
    const bool is_high = octets == 2 && unit >= 0xD800 && unit < 0xDC00 && at + 2 * octets <= bytes.size();
    if (is_high) {
      const char32_t low = unit_at(bytes, at + octets, octets, order);
      if (low >= 0xDC00 && low < 0xE000) {
        unit = 0x10000 + ((unit - 0xD800) << 10U) + (low - 0xDC00);
        at += octets;
      }
    }
    append_utf8(out, unit);
  }
  if (at < bytes.size()) append_utf8(out, kReplacementCodePoint);
  return out;
}

}  // namespace

std::string decode_charset(std::string_view bytes, std::string_view name) {
  if (name == "ISO-2022-JP") return decode_iso_2022_jp(bytes);
  if (name.starts_with("UTF-16") || name.starts_with("UTF-32")) {
    return decode_units(bytes, name.starts_with("UTF-16") ? 2 : 4,
                        name.ends_with("LE") ? ByteOrder::little : ByteOrder::big);
  }
  const CharsetTable* table = find_table(name);
  return table == nullptr ? std::string(bytes) : decode_by_table(*table, bytes);
}

}  // namespace majlis::mail
