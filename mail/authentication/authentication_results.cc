#include "mail/authentication/authentication_results.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxBodyOctets = 16 * 1024;
constexpr std::size_t kMaxResults = 100;
constexpr std::size_t kMaxProperties = 50;  // of one result
constexpr int kMaxCommentDepth = 10;
constexpr std::string_view kVersion = "1";  // of the field and of every method in it

bool is_fold(char c) { return is_blank(c) || c == '\r' || c == '\n'; }
bool is_visible_ascii(char c) { return c > ' ' && c <= '~'; }

// RFC 2045 5.1: what needs no quotes.
bool is_token_octet(char c) {
  return is_visible_ascii(c) && std::string_view("()<>@,;:\\\"/[]?=").find(c) == std::string_view::npos;
}

// RFC 5321 4.1.2 Keyword, and the underscore that some programs use.
bool is_keyword_octet(char c) {
  const char lower = to_lower_ascii(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

// What a value may hold outside quotes: UTF-8 as well (RFC 8616), no blank, nothing that ends a result or opens a
// comment or quotes.
bool is_value_octet(char c) {
  const bool is_eight_bit = static_cast<unsigned char>(c) > 127;
  return is_eight_bit || (is_visible_ascii(c) && std::string_view(";()\"\\").find(c) == std::string_view::npos);
}

// Reads from left to right; whatever it cannot read spoils the whole field.
class ResultsReader {
 public:
  explicit ResultsReader(std::string_view body) : text_(body) {}

  std::optional<AuthenticationResults> read() {
    AuthenticationResults field;
    if (!skip_blanks() || !read_host(field.authserv_id) || !read_version()) return std::nullopt;
    while (at_ < text_.size()) {
      if (!take(';') || !skip_blanks()) return std::nullopt;
      if (at_ == text_.size()) break;
      if (++count_ > kMaxResults || !read_result(field)) return std::nullopt;
    }
    return count_ == 0 ? std::nullopt : std::optional(std::move(field));
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(char c) {
    if (peek() != c || at_ == text_.size()) return false;
    ++at_;
    return true;
  }

  bool skip_comment() {
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == '\\' && at_ < text_.size()) ++at_;
      if (c == '(' && ++depth > kMaxCommentDepth) return false;
      if (c == ')' && --depth == 0) return true;
    }
    return false;
  }

  // Blanks, folds, comments. False: a comment without an end.
  bool skip_blanks() {
    for (;;) {
      while (at_ < text_.size() && is_fold(text_[at_])) ++at_;
      if (peek() != '(') return true;
      if (!skip_comment()) return false;
    }
  }

  bool read_quoted(std::string& value) {
    while (at_ < text_.size()) {
      char c = text_[at_++];
      if (c == '"') return true;
      if (c == '\\') {
        if (at_ == text_.size()) return false;
        c = text_[at_++];
      }
      if (c != '\r' && c != '\n') value += c;
    }
    return false;
  }

  template <typename Test>
  bool read_while(Test test, std::string& word) {
    const std::size_t begin = at_;
    while (at_ < text_.size() && test(text_[at_])) ++at_;
    word = text_.substr(begin, at_ - begin);
    return at_ > begin;
  }

  bool read_keyword(std::string& word) {
    if (!read_while(is_keyword_octet, word)) return false;
    word = to_lower_ascii(word);
    return true;
  }

  bool read_host(std::string& host) {
    const bool read = take('"') ? read_quoted(host) : read_while(is_token_octet, host);
    host = to_lower_ascii(host);
    return read && !host.empty() && skip_blanks();
  }

  bool read_version() {
    std::string version;
    if (at_ == text_.size() || peek() == ';') return true;
    return read_while(is_keyword_octet, version) && version == kVersion && skip_blanks();
  }

  // A value: quoted, plain, or a quoted local part with its domain behind it. An empty one stands before the end of its
  // result only.
  bool read_value(std::string& value) {
    if (!skip_blanks()) return false;
    std::string rest;
    if (take('"')) {
      if (!read_quoted(value)) return false;
      if (peek() == '@' && read_while(is_value_octet, rest)) value += rest;
    } else if (!read_while(is_value_octet, value) && at_ < text_.size() && peek() != ';') {
      return false;
    }
    return skip_blanks();
  }

  // "reason=..." or "ptype.property=..." behind a result.
  bool read_property(AuthenticationResult& result) {
    ResultProperty property;
    if (!read_keyword(property.type) || !skip_blanks()) return false;
    if (take('.')) {
      if (!skip_blanks() || !read_keyword(property.name) || !skip_blanks()) return false;
    }
    if (!take('=') || !read_value(property.value)) return false;
    if (!property.name.empty()) result.properties.push_back(std::move(property));
    return result.properties.size() <= kMaxProperties;
  }

  // "none", or a method, its version and what came out.
  bool read_result(AuthenticationResults& field) {
    AuthenticationResult result;
    std::string version(kVersion);
    if (!read_keyword(result.method) || !skip_blanks()) return false;
    if (result.method == "none" && (at_ == text_.size() || peek() == ';')) return true;
    if (take('/') && (!skip_blanks() || !read_while(is_keyword_octet, version) || !skip_blanks())) return false;
    if (!take('=') || !skip_blanks() || !read_keyword(result.result) || !skip_blanks()) return false;
    while (at_ < text_.size() && peek() != ';') {
      if (!read_property(result)) return false;
    }
    if (version == kVersion) field.results.push_back(std::move(result));
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t count_ = 0;
};

}  // namespace

std::optional<std::string_view> AuthenticationResult::property(std::string_view type, std::string_view name) const {
  const auto is_it = [&](const ResultProperty& each) { return each.type == type && each.name == name; };
  const auto found = std::find_if(properties.begin(), properties.end(), is_it);
  if (found == properties.end() || std::any_of(found + 1, properties.end(), is_it)) return std::nullopt;
  return found->value;
}

std::optional<AuthenticationResults> parse_authentication_results(std::string_view body) {
  if (body.size() > kMaxBodyOctets) return std::nullopt;
  return ResultsReader(body).read();
}

}  // namespace majlis::mail
