#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

// Character sets as tables that tools/charset_tables.cc makes, when Majlis is built, of the C library's converters: a
// program that is linked with its C library would load another one to convert by iconv(3).
namespace majlis::mail {

// What an octet leads to. Values that are no code point of the first plane, the surrogates, have meanings:
using CharsetNode = std::array<std::uint16_t, 256>;
constexpr std::uint16_t kFirstLink = 0xD800;     // and up: in order, the charset's own nodes, then its far characters
constexpr std::uint16_t kInvalidOctet = 0xDFFF;  // nothing begins so, or goes on so
constexpr std::uint16_t kFourOctets = 0xDFFE;    // of GB18030, found by counting

// Far characters stand beyond the first plane, or are two at once.
struct FarCharacter {
  std::uint32_t first = 0;
  std::uint32_t second = 0;  // 0: none
};

struct CharsetTable {
  std::string_view name;               // as iconv(3) knows it
  std::span<const CharsetNode> nodes;  // the first octet's in front
  std::span<const FarCharacter> far_characters;
};
std::span<const CharsetTable> charset_tables();

// Of GB18030's characters of four octets in the first plane, counted in order: runs of following code points.
struct CountedRun {
  std::uint32_t begin = 0;
  std::uint32_t length = 0;
  std::uint32_t code_point = 0;
};
std::span<const CountedRun> gb18030_runs();

}  // namespace majlis::mail
