#include "auth/password_mark.h"

#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "auth/fingerprint.h"
#include "base/text.h"

namespace majlis::auth {
namespace {

constexpr std::size_t kMarkOctets = crypto_shorthash_siphashx24_BYTES;
constexpr std::size_t kKeyOctets = crypto_shorthash_siphashx24_KEYBYTES;
constexpr std::string_view kKind = "sip";

using MarkKey = std::array<unsigned char, kKeyOctets>;
using MarkOctets = std::array<unsigned char, kMarkOctets>;

std::string_view text_of_mark(std::string_view hash) {
  return hash.substr(std::min(hash.size(), without_mark(hash).size() + 1));
}

bool is_mark_in_hex(std::string_view digits) {
  return digits.size() == 2 * kMarkOctets && digits.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

struct Mark {
  const SecretKey* key;
  std::string_view digits;
};

std::optional<Mark> mark_of(std::string_view hash, const SecretKeys& keys) {
  const std::vector<std::string_view> pieces = split_at(text_of_mark(hash), ':');
  if (pieces.size() != 3 || pieces[1] != kKind || !is_mark_in_hex(pieces[2])) return std::nullopt;
  const std::optional<std::uint64_t> id = parse_number(pieces[0]);
  const auto found = std::find_if(keys.begin(), keys.end(), [&](const SecretKey& key) { return key.id() == id; });
  return found == keys.end() ? std::nullopt : std::optional(Mark{&*found, pieces[2]});
}

MarkKey key_of_marks(const SecretKey& key, std::string_view hash) {
  std::string octets = keyed_fingerprint(key, {"mark of a password", without_mark(hash)});
  MarkKey made{};
  std::memcpy(made.data(), octets.data(), made.size());
  sodium_memzero(octets.data(), octets.size());
  return made;
}

// In the same time wherever they differ, as sodium_memcmp() but without its call a word.
bool is_same(const MarkOctets& a, const MarkOctets& b) {
  std::array<std::uint64_t, 2> left{};
  std::array<std::uint64_t, 2> right{};
  std::memcpy(left.data(), a.data(), a.size());
  std::memcpy(right.data(), b.data(), b.size());
  return ((left[0] ^ right[0]) | (left[1] ^ right[1])) == 0;
}

MarkOctets marked(std::string_view word, const MarkKey& key) {
  MarkOctets mark{};
  crypto_shorthash_siphashx24(mark.data(), reinterpret_cast<const unsigned char*>(word.data()), word.size(),
                              key.data());
  return mark;
}

}  // namespace

std::string with_mark(std::string_view hash, std::string_view password, const SecretKey& key) {
  MarkKey mark_key = key_of_marks(key, hash);
  const MarkOctets mark = marked(password, mark_key);
  sodium_memzero(mark_key.data(), mark_key.size());
  return std::string(without_mark(hash)) + " " + std::to_string(key.id()) + ":" + std::string(kKind) + ":" +
         hex({reinterpret_cast<const char*>(mark.data()), mark.size()});
}

std::string_view without_mark(std::string_view hash) { return hash.substr(0, hash.find(' ')); }

bool has_mark_or_none(std::string_view hash) {
  if (hash.find(' ') == std::string_view::npos) return true;
  const std::vector<std::string_view> pieces = split_at(text_of_mark(hash), ':');
  const bool is_known = pieces.size() == 2 || (pieces.size() == 3 && pieces[1] == kKind);
  return is_known && parse_number(pieces[0]) && is_mark_in_hex(pieces.back());
}

bool has_mark(std::string_view hash, const SecretKeys& keys) { return mark_of(hash, keys).has_value(); }

PasswordMarks::PasswordMarks(const SecretKeys& keys, const std::vector<std::string_view>& hashes) {
  static_assert(kOctets == kMarkOctets && kOctets == kKeyOctets);
  known_.reserve(hashes.size());  // so that no copy of a key is left behind
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    const std::optional<Mark> mark = mark_of(hashes[i], keys);
    if (!mark) continue;
    Known known{i, key_of_marks(*mark->key, hashes[i]), {}};
    sodium_hex2bin(known.mark.data(), known.mark.size(), mark->digits.data(), mark->digits.size(), nullptr, nullptr,
                   nullptr);
    known_.push_back(known);
  }
}

PasswordMarks::~PasswordMarks() { sodium_memzero(known_.data(), known_.size() * sizeof(Known)); }

std::optional<std::size_t> PasswordMarks::find(std::string_view word) const {
  for (const Known& known : known_) {
    if (is_same(marked(word, known.key), known.mark)) return known.hash;
  }
  return std::nullopt;
}

}  // namespace majlis::auth
