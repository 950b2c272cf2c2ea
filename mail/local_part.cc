#include "mail/local_part.h"

#include <algorithm>

#include "base/text.h"
#include "mail/unicode.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxLocalOctets = 64;  // RFC 5321 4.5.3.1.1
constexpr std::string_view kAtomPunctuation = "!#$%&'*+-/=?^_`{|}~";
constexpr std::string_view kForbiddenFirst = "-|/ ";

bool is_visible_character(char32_t c) { return !is_hidden(c) && c != '<' && c != '>'; }

bool looks_like_encoded_word(std::string_view text) {
  const std::size_t start = text.find("=?");
  return start != std::string_view::npos && text.find("?=", start + 2) != std::string_view::npos;
}

}  // namespace

bool is_atom_octet(char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return letter || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80 ||
         kAtomPunctuation.find(c) != std::string_view::npos;
}

bool is_dot_atom(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || is_atom_octet(c); });
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > kMaxLocalOctets || quote_local_part(local).size() > kMaxLocalOctets) return false;
  if (kForbiddenFirst.find(local.front()) != std::string_view::npos || local.back() == ' ') return false;
  if (find_ignoring_case(local, ":include:") != std::string_view::npos) return false;
  if (looks_like_encoded_word(local) || !is_valid_utf8(local)) return false;
  for (std::string_view rest = local; !rest.empty();) {
    if (!is_visible_character(next_code_point(rest))) return false;
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
