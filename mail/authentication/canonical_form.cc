#include "mail/authentication/canonical_form.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kBufferOctets = 64 * 1024;

// Collects small pieces before they are hashed.
class Buffer {
 public:
  explicit Buffer(Sha256& hash) : hash_(&hash) {}
  ~Buffer() { hash_->add(octets_); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;

  void add(std::string_view piece) {
    for (const char c : piece) add(c);
  }
  void add(char c) {
    octets_ += c;
    is_empty_ = false;
    if (octets_.size() < kBufferOctets) return;
    hash_->add(octets_);
    octets_.clear();
  }
  // Runs of blanks become one; those at the end go.
  void add_reduced(std::string_view text) {
    bool is_behind_blank = false;
    for (const char c : text) {
      if (is_blank(c)) {
        is_behind_blank = true;
        continue;
      }
      if (is_behind_blank) add(' ');
      is_behind_blank = false;
      add(c);
    }
  }
  bool is_empty() const { return is_empty_; }

 private:
  Sha256* hash_;
  std::string octets_;
  bool is_empty_ = true;
};

// The next line without its LF or CRLF. A CR that is not before an LF is text, also the last octet of all.
std::optional<std::string_view> next_exact_line(std::string_view& rest) {
  if (rest.empty()) return std::nullopt;
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

bool is_blank_line(std::string_view line, Canonicalization form) {
  return form == Canonicalization::simple ? line.empty() : line.find_first_not_of(" \t") == std::string_view::npos;
}

// Takes the next octet of a line in relaxed form, a run of blanks as one and none at the end; nullopt: it is over.
std::optional<char> next_reduced(std::string_view& line) {
  if (line.empty()) return std::nullopt;
  const bool is_run = is_blank(line.front());
  const std::size_t end = is_run ? line.find_first_not_of(" \t") : 1;
  if (end == std::string_view::npos) return std::nullopt;
  const char octet = is_run ? ' ' : line.front();
  line.remove_prefix(end);
  return octet;
}

bool is_same_line(std::string_view one, std::string_view other, Canonicalization form) {
  if (one == other || form == Canonicalization::simple) return one == other;
  for (;;) {
    const std::optional<char> octet = next_reduced(one);
    if (octet != next_reduced(other)) return false;
    if (!octet) return true;
  }
}

bool are_blank_lines(std::string_view text, Canonicalization form) {
  while (const std::optional<std::string_view> line = next_exact_line(text)) {
    if (!is_blank_line(*line, form)) return false;
  }
  return true;
}

}  // namespace

std::string body_hash(std::string_view body, Canonicalization form) {
  Sha256 hash;
  {
    Buffer buffer(hash);
    std::size_t empty_lines = 0;  // those at the end are not part of it
    while (const std::optional<std::string_view> line = next_exact_line(body)) {
      if (is_blank_line(*line, form)) {
        ++empty_lines;
        continue;
      }
      for (; empty_lines > 0; --empty_lines) buffer.add("\r\n");
      if (form == Canonicalization::simple) {
        buffer.add(*line);
      } else {
        buffer.add_reduced(*line);
      }
      buffer.add("\r\n");
    }
    if (form == Canonicalization::simple && buffer.is_empty()) buffer.add("\r\n");
  }
  return hash.digest();
}

bool is_same_body(std::string_view one, std::string_view other, Canonicalization form) {
  // Equal octets in front of the first line that differs tell nothing.
  const auto differs = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first;
  const std::size_t newline = one.substr(0, static_cast<std::size_t>(differs - one.begin())).rfind('\n');
  const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
  one.remove_prefix(begin);
  other.remove_prefix(begin);
  for (;;) {
    std::string_view rest = one;
    std::string_view other_rest = other;
    const std::optional<std::string_view> line = next_exact_line(one);
    const std::optional<std::string_view> other_line = next_exact_line(other);
    if (!line || !other_line) return are_blank_lines(rest, form) && are_blank_lines(other_rest, form);
    if (!is_same_line(*line, *other_line, form)) return false;
  }
}

void add_field(Sha256& hash, std::string_view octets, Canonicalization form, FieldEnd end) {
  Buffer buffer(hash);
  if (form == Canonicalization::relaxed) {
    const std::size_t colon = octets.find(':');
    buffer.add(to_lower_ascii(trim(octets.substr(0, colon))));
    buffer.add(':');
    std::string unfolded;
    std::string_view value = trim(octets.substr(colon + 1));
    while (const std::optional<std::string_view> line = next_exact_line(value)) unfolded += *line;
    buffer.add_reduced(unfolded);
  } else {
    bool is_first = true;
    while (const std::optional<std::string_view> line = next_exact_line(octets)) {
      if (!is_first) buffer.add("\r\n");
      is_first = false;
      buffer.add(*line);
    }
  }
  if (end == FieldEnd::kept) buffer.add("\r\n");
}

}  // namespace majlis::mail
