#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "base/text.h"
#include "base/unicode.h"
#include "mail/coding/decode.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr char kFallback[] = "CP1252";

struct Charset {
  std::string_view label;  // as mail spells it, lower case
  const char* name;        // as iconv(3) knows it
};

// Sorted by label. Left out on purpose: UTF-7 (hides any character from a filter), ISO-2022-CN, ISO-2022-KR and HZ
// (stateful, and where iconv's own defects were). US-ASCII is left to the guess.
constexpr std::array kCharsets = {
    Charset{"big5", "BIG5-HKSCS"},
    Charset{"big5-hkscs", "BIG5-HKSCS"},
    Charset{"cp1250", "CP1250"},
    Charset{"cp1251", "CP1251"},
    Charset{"cp1252", "CP1252"},
    Charset{"cp1253", "CP1253"},
    Charset{"cp1254", "CP1254"},
    Charset{"cp1255", "CP1255"},
    Charset{"cp1256", "CP1256"},
    Charset{"cp1257", "CP1257"},
    Charset{"cp1258", "CP1258"},
    Charset{"cp437", "CP437"},
    Charset{"cp850", "CP850"},
    Charset{"cp852", "CP852"},
    Charset{"cp866", "CP866"},
    Charset{"cp874", "CP874"},
    Charset{"cp932", "CP932"},
    Charset{"cp936", "GB18030"},
    Charset{"cp949", "CP949"},
    Charset{"euc-jp", "EUC-JP"},
    Charset{"euc-kr", "CP949"},
    Charset{"euc-tw", "EUC-TW"},
    Charset{"gb18030", "GB18030"},
    Charset{"gb2312", "GB18030"},
    Charset{"gb_2312-80", "GB18030"},
    Charset{"gbk", "GB18030"},
    Charset{"ibm437", "CP437"},
    Charset{"ibm850", "CP850"},
    Charset{"ibm852", "CP852"},
    Charset{"ibm866", "CP866"},
    Charset{"iso-2022-jp", "ISO-2022-JP"},
    Charset{"iso-8859-1", "CP1252"},
    Charset{"iso-8859-10", "ISO-8859-10"},
    Charset{"iso-8859-11", "CP874"},
    Charset{"iso-8859-13", "ISO-8859-13"},
    Charset{"iso-8859-14", "ISO-8859-14"},
    Charset{"iso-8859-15", "ISO-8859-15"},
    Charset{"iso-8859-16", "ISO-8859-16"},
    Charset{"iso-8859-2", "ISO-8859-2"},
    Charset{"iso-8859-3", "ISO-8859-3"},
    Charset{"iso-8859-4", "ISO-8859-4"},
    Charset{"iso-8859-5", "ISO-8859-5"},
    Charset{"iso-8859-6", "ISO-8859-6"},
    Charset{"iso-8859-7", "ISO-8859-7"},
    Charset{"iso-8859-8", "ISO-8859-8"},
    Charset{"iso-8859-8-i", "ISO-8859-8"},
    Charset{"iso-8859-9", "CP1254"},
    Charset{"iso8859-1", "CP1252"},
    Charset{"iso8859-15", "ISO-8859-15"},
    Charset{"iso8859-2", "ISO-8859-2"},
    Charset{"iso_8859-1", "CP1252"},
    Charset{"iso_8859-15", "ISO-8859-15"},
    Charset{"koi8-r", "KOI8-R"},
    Charset{"koi8-u", "KOI8-U"},
    Charset{"ks_c_5601-1987", "CP949"},
    Charset{"ksc5601", "CP949"},
    Charset{"latin1", "CP1252"},
    Charset{"latin2", "ISO-8859-2"},
    Charset{"macintosh", "MACINTOSH"},
    Charset{"ms949", "CP949"},
    Charset{"ms_kanji", "CP932"},
    Charset{"shift-jis", "CP932"},
    Charset{"shift_jis", "CP932"},
    Charset{"sjis", "CP932"},
    Charset{"tis-620", "CP874"},
    Charset{"utf-16", "UTF-16BE"},
    Charset{"utf-16be", "UTF-16BE"},
    Charset{"utf-16le", "UTF-16LE"},
    Charset{"utf-32", "UTF-32BE"},
    Charset{"utf-32be", "UTF-32BE"},
    Charset{"utf-32le", "UTF-32LE"},
    Charset{"windows-1250", "CP1250"},
    Charset{"windows-1251", "CP1251"},
    Charset{"windows-1252", "CP1252"},
    Charset{"windows-1253", "CP1253"},
    Charset{"windows-1254", "CP1254"},
    Charset{"windows-1255", "CP1255"},
    Charset{"windows-1256", "CP1256"},
    Charset{"windows-1257", "CP1257"},
    Charset{"windows-1258", "CP1258"},
    Charset{"windows-31j", "CP932"},
    Charset{"windows-874", "CP874"},
    Charset{"windows-936", "GB18030"},
    Charset{"windows-949", "CP949"},
    Charset{"x-euc-jp", "EUC-JP"},
    Charset{"x-gbk", "GB18030"},
    Charset{"x-mac-ce", "MAC-CENTRALEUROPE"},
    Charset{"x-mac-cyrillic", "MAC-CYRILLIC"},
    Charset{"x-mac-roman", "MACINTOSH"},
    Charset{"x-sjis", "CP932"},
};
static_assert(std::is_sorted(kCharsets.begin(), kCharsets.end(),
                             [](const Charset& a, const Charset& b) { return a.label < b.label; }));

const char* iconv_name(std::string_view label) {
  const auto found =
      std::lower_bound(kCharsets.begin(), kCharsets.end(), label,
                       [](const Charset& charset, std::string_view wanted) { return charset.label < wanted; });
  return found != kCharsets.end() && found->label == label ? found->name : nullptr;
}

bool means_utf8(std::string_view label) {
  constexpr std::array<std::string_view, 5> kSpellings = {"utf-8", "utf8", "uft-8", "unicode-1-1-utf-8", "utf_8"};
  return std::find(kSpellings.begin(), kSpellings.end(), label) != kSpellings.end();
}

std::string repair_utf8(std::string_view text) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  if (is_valid_utf8(text)) return std::string(text);
  std::string repaired;
  repaired.reserve(text.size());
  while (!text.empty()) append_utf8(repaired, next_code_point(text));
  return repaired;
}

class Converter {
 public:
  explicit Converter(const char* name) : handle_(iconv_open("UTF-8", name)), unit_octets_(unit_of(name)) {}
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() {
    if (is_open()) iconv_close(handle_);
  }
  bool is_open() const { return handle_ != reinterpret_cast<iconv_t>(-1); }

  std::string convert(std::string_view bytes) {
    std::string out;
    std::array<char, 4096> chunk;
    char* in = const_cast<char*>(bytes.data());  // iconv(3) does not write there
    std::size_t in_left = bytes.size();
    while (in_left > 0) {
      char* to = chunk.data();
      std::size_t to_left = chunk.size();
      const bool failed = iconv(handle_, &in, &in_left, &to, &to_left) == static_cast<std::size_t>(-1);
      const int why = errno;
      out.append(chunk.data(), chunk.size() - to_left);
      // Room ran out only if some was used: whatever else stops the conversion costs input, so it always ends.
      if (!failed || (why == E2BIG && to_left < chunk.size())) continue;
      out += kReplacement;
      const std::size_t skipped = std::min(unit_octets_, in_left);
      in += skipped;
      in_left -= skipped;
    }
    // Some converters hold a character back to see whether an accent follows.
    char* to = chunk.data();
    std::size_t to_left = chunk.size();
    iconv(handle_, nullptr, nullptr, &to, &to_left);
    out.append(chunk.data(), chunk.size() - to_left);
    return out;
  }

 private:
  static std::size_t unit_of(std::string_view name) {
    if (name.starts_with("UTF-16")) return 2;
    return name.starts_with("UTF-32") ? 4 : 1;
  }

  iconv_t handle_;
  std::size_t unit_octets_;
};

std::string convert(std::string_view bytes, const char* name) {
  Converter converter(name);
  return repair_utf8(converter.is_open() ? converter.convert(bytes) : std::string(bytes));
}

std::string guess(std::string_view bytes) {
  return is_valid_utf8(bytes) ? repair_utf8(bytes) : convert(bytes, kFallback);
}

// RFC 2781 4.3: without a byte order mark UTF-16 is big-endian.
const char* byte_order(std::string_view bytes, std::string_view label, const char* name) {
  if (label == "utf-16" && bytes.starts_with("\xFF\xFE")) return "UTF-16LE";
  return name;
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view charset) {
  const std::string label = to_lower_ascii(trim(charset));
  if (means_utf8(label)) return repair_utf8(bytes);
  const char* name = iconv_name(label);
  if (name == nullptr) return guess(bytes);
  return convert(bytes, byte_order(bytes, label, name));
}

}  // namespace majlis::mail
