#include "auth/secret_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/file.h"
#include "base/text.h"

namespace majlis::auth {
namespace {

// The file's form: '#' comments and lines "key ID HEX", the key that makes new tokens first.
constexpr std::string_view kHeading =
    "# Majlis: keys of this site's tokens. Keep it secret, mode 0600; one key a line, newest first.\n";
constexpr std::size_t kMaxFileOctets = 4096;
constexpr std::size_t kMaxKeys = 8;
constexpr std::uint64_t kMaxKeyId = 255;
constexpr std::uint8_t kFirstKeyId = 1;
constexpr std::size_t kKeysAfterRotation = 2;

Error misconfigured(const std::string& path, std::string_view why) {
  return {ErrorKind::misconfigured, "auth: secret file " + printable(path) + ": " + std::string(why)};
}

Status check_rights(int fd, const std::string& path) {
  struct stat status {};
  if (fstat(fd, &status) != 0) return misconfigured(path, "cannot be examined");
  if (status.st_uid != geteuid())
    return misconfigured(path, "belongs to another user: chown it to the one Majlis runs as");
  const mode_t rights = status.st_mode & 07777U;
  if (rights != 0600 && rights != 0400) return misconfigured(path, "its mode must be 0600: chmod 600");
  return {};
}

SecretKey random_key(std::uint8_t id) {
  std::array<unsigned char, SecretKey::kOctets> octets{};
  randombytes_buf(octets.data(), octets.size());
  const SecretKey key(id, octets);
  sodium_memzero(octets.data(), octets.size());
  return key;
}

std::optional<SecretKey> parse_key(std::string_view line) {
  const std::vector<std::string_view> words = split_words(line);
  if (words.size() != 3 || words[0] != "key" || words[2].size() != 2 * SecretKey::kOctets) return std::nullopt;
  const std::optional<std::uint64_t> id = parse_number(words[1]);
  if (!id || *id > kMaxKeyId) return std::nullopt;
  std::array<unsigned char, SecretKey::kOctets> octets{};
  std::size_t length = 0;
  if (sodium_hex2bin(octets.data(), octets.size(), words[2].data(), words[2].size(), nullptr, &length, nullptr) != 0 ||
      length != octets.size() || sodium_is_zero(octets.data(), octets.size()) != 0) {
    return std::nullopt;
  }
  const SecretKey key(static_cast<std::uint8_t>(*id), octets);
  sodium_memzero(octets.data(), octets.size());
  return key;
}

Result<SecretKeys> parse_keys(std::string_view text, const std::string& path) {
  SecretKeys keys;
  std::size_t number = 0;
  while (const std::optional<std::string_view> line = next_line(text)) {
    ++number;
    const std::string_view content = trim(*line);
    if (content.empty() || content.front() == '#') continue;
    std::optional<SecretKey> key = parse_key(content);
    if (!key) return misconfigured(path, "line " + std::to_string(number) + " is not a usable key");
    const auto same_id = [&](const SecretKey& known) { return known.id() == key->id(); };
    if (std::any_of(keys.begin(), keys.end(), same_id)) return misconfigured(path, "two keys have the same id");
    if (keys.size() == kMaxKeys) return misconfigured(path, "more than " + std::to_string(kMaxKeys) + " keys");
    keys.push_back(*key);
  }
  if (keys.empty()) return misconfigured(path, "no key in it: make a new one");
  return keys;
}

std::string write_keys(const SecretKeys& keys) {
  std::string text(kHeading);
  for (const SecretKey& key : keys) {
    text += "key " + std::to_string(key.id()) + " ";
    text += hex(std::string_view(reinterpret_cast<const char*>(key.data()), SecretKey::kOctets));
    text += '\n';
  }
  return text;
}

}  // namespace

SecretKey::~SecretKey() { sodium_memzero(octets_.data(), octets_.size()); }

Status start_crypto() {
  if (sodium_init() < 0) return Error{ErrorKind::misconfigured, "auth: start: libsodium cannot be initialised"};
  return {};
}

Status create_secret_file(const std::string& path) {
  std::string text = write_keys({random_key(kFirstKeyId)});
  Status created = create_file(path, text, 0600);
  sodium_memzero(text.data(), text.size());
  return created;
}

Status rotate_secret_file(const std::string& path) {
  Result<SecretKeys> keys = load_secret_file(path);
  if (!keys) return keys.error();
  const auto next_id = static_cast<std::uint8_t>((keys->front().id() + 1U) & kMaxKeyId);
  SecretKeys rotated{random_key(next_id)};
  for (const SecretKey& key : *keys) {
    if (rotated.size() < kKeysAfterRotation && key.id() != next_id) rotated.push_back(key);
  }
  std::string text = write_keys(rotated);
  Status replaced = replace_file(path, text, 0600);
  sodium_memzero(text.data(), text.size());
  return replaced;
}

Result<SecretKeys> load_secret_file(const std::string& path) {
  Result<UniqueFd> fd = open_file(path, O_RDONLY);
  if (!fd) {
    struct stat status {};
    const bool found = lstat(path.c_str(), &status) == 0;
    if (found && S_ISLNK(status.st_mode)) return misconfigured(path, "a symbolic link: put the file itself there");
    if (found && !S_ISREG(status.st_mode)) return misconfigured(path, "not a regular file");
    if (fd.error().kind == ErrorKind::again) return fd.error();
    return misconfigured(path, found ? "cannot be read by this user" : "missing: make the site with 'majlis init'");
  }
  Status rights = check_rights(fd->get(), path);
  if (!rights) return rights.error();
  Result<std::string> text = read_all(fd->get(), kMaxFileOctets, path);
  if (!text) return text.error().kind == ErrorKind::refused ? misconfigured(path, "too large") : text.error();
  Result<SecretKeys> keys = parse_keys(*text, path);
  sodium_memzero(text->data(), text->size());
  return keys;
}

std::string random_octets(std::size_t count) {
  std::string octets(count, '\0');
  randombytes_buf(octets.data(), octets.size());
  return octets;
}

}  // namespace majlis::auth
