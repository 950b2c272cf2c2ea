#include "mail/local_part.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "base/unicode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxLocalOctets = 64;  // RFC 5321 4.5.3.1.1
constexpr std::string_view kAtomPunctuation = "!#$%&'*+-/=?^_`{|}~";
constexpr std::string_view kForbiddenFirst = "-|/ ";

constexpr std::array<bool, 256> make_atom_octets() {
  std::array<bool, 256> octets{};
  for (std::size_t c = 0; c < octets.size(); ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    octets[c] = letter || (c >= '0' && c <= '9') || c >= 0x80 ||
                kAtomPunctuation.find(static_cast<char>(c)) != std::string_view::npos;
  }
  return octets;
}
constexpr std::array<bool, 256> kAtomOctets = make_atom_octets();

bool looks_like_encoded_word(std::string_view text) {
  const std::size_t start = text.find("=?");
  return start != std::string_view::npos && text.find("?=", start + 2) != std::string_view::npos;
}

}  // namespace

bool may_tell_apart(char32_t c) { return appearance_of(c) == Appearance::visible && c != kReplacementCodePoint; }

bool is_atom_octet(char c) { return kAtomOctets[static_cast<unsigned char>(c)]; }

bool is_dot_atom(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || is_atom_octet(c); });
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > kMaxLocalOctets) return false;
  if (!is_dot_atom(local) && quoted_string(local).size() > kMaxLocalOctets) return false;
  if (kForbiddenFirst.find(local.front()) != std::string_view::npos || local.back() == ' ') return false;
  const bool has_colon = local.find(':') != std::string_view::npos;
  if (has_colon && find_ignoring_case(local, ":include:") != std::string_view::npos) return false;
  if (looks_like_encoded_word(local)) return false;
  const auto is_plain = [](char c) { return c > ' ' && c <= '~' && c != '<' && c != '>'; };
  if (std::all_of(local.begin(), local.end(), is_plain)) return true;  // nearly always
  if (!is_valid_utf8(local)) return false;
  for (std::string_view rest = local; !rest.empty();) {
    const char32_t c = next_code_point(rest);
    if (!may_tell_apart(c) || c == '<' || c == '>') return false;
  }
  return true;
}

std::string quote_local_part(std::string_view local) {
  return is_dot_atom(local) ? std::string(local) : quoted_string(local);
}

std::string quoted_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '"';
}

}  // namespace majlis::mail
