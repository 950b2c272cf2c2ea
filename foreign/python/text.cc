#include "foreign/python/text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/coding/decode.h"

namespace majlis::foreign {
namespace {

struct Language {
  std::string_view code;
  std::string_view charset;
};

// add_language() of Mailman 2.1's Defaults.py; those with us-ascii are left out.
constexpr auto kLanguages = std::to_array<Language>({
    {"ar", "utf-8"},       {"ast", "iso-8859-1"}, {"ca", "utf-8"},         {"cs", "iso-8859-2"},  {"da", "iso-8859-1"},
    {"de", "iso-8859-1"},  {"el", "iso-8859-7"},  {"eo", "utf-8"},         {"es", "iso-8859-1"},  {"et", "iso-8859-15"},
    {"eu", "iso-8859-15"}, {"fa", "utf-8"},       {"fi", "iso-8859-1"},    {"fr", "iso-8859-1"},  {"gl", "utf-8"},
    {"he", "utf-8"},       {"hr", "iso-8859-2"},  {"hu", "iso-8859-2"},    {"ia", "iso-8859-15"}, {"it", "iso-8859-1"},
    {"ja", "euc-jp"},      {"ko", "euc-kr"},      {"lt", "iso-8859-13"},   {"nl", "iso-8859-1"},  {"no", "iso-8859-1"},
    {"pl", "iso-8859-2"},  {"pt", "iso-8859-1"},  {"pt_BR", "iso-8859-1"}, {"ro", "iso-8859-2"},  {"ru", "koi8-r"},
    {"sk", "utf-8"},       {"sl", "iso-8859-2"},  {"sr", "utf-8"},         {"sv", "iso-8859-1"},  {"tr", "iso-8859-9"},
    {"uk", "utf-8"},       {"vi", "utf-8"},       {"zh_CN", "utf-8"},      {"zh_TW", "utf-8"},
});

constexpr std::array<std::string_view, 4> kGuessed = {"", "us-ascii", "iso-8859-1", "utf-8"};

}  // namespace

std::string_view charset_of_language(std::string_view language) {
  const auto found =
      std::find_if(kLanguages.begin(), kLanguages.end(), [&](const Language& each) { return each.code == language; });
  return found == kLanguages.end() ? std::string_view("us-ascii") : found->charset;
}

std::string utf8_of(const PythonValue& value, std::string_view charset) {
  const auto octets = value.as_octets();
  if (!octets) return "";
  const std::string label = to_lower_ascii(charset);
  const bool guess = value.is(PythonKind::text) || std::find(kGuessed.begin(), kGuessed.end(), label) != kGuessed.end();
  // Without a charset it is UTF-8 where that is well-formed, else windows-1252.
  return mail::with_lf(mail::to_utf8(*octets, guess ? std::string_view() : std::string_view(label)));
}

}  // namespace majlis::foreign
