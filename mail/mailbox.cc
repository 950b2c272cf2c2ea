#include <algorithm>
#include <span>

#include "base/text.h"
#include "mail/address.h"
#include "mail/local_part.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxBodyOctets = 64 * 1024;  // ScanLimits::max_field_octets
constexpr int kMaxCommentDepth = 20;

enum class TokenKind { atom, quoted, special };

struct Token {
  TokenKind kind = TokenKind::special;
  std::string text;  // quoted: without quotes and escapes; special: its one character
  bool folded = false;
  bool is(char special) const { return kind == TokenKind::special && text.front() == special; }
  bool is_word() const { return kind != TokenKind::special; }
};

struct Tokens {
  std::vector<Token> list;
  std::string last_comment;
};

// RFC 5322 3.2 lexical tokens of one mailbox after the other. Dots belong to atoms: "Q." is a word of a display name,
// and where an address stands, Address::parse looks at the dots.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  // The tokens up to the next comma or the end; nullopt when something is malformed.
  std::optional<Tokens> read_element() {
    Tokens tokens;
    while (skip_blanks() && !at_end()) {
      if (peek() == ',') return tokens;
      if (!read_token(tokens)) return std::nullopt;
    }
    if (!at_end()) return std::nullopt;
    return tokens;
  }

  // True when another element follows: the comma is taken.
  bool take_comma() {
    if (at_end()) return false;
    ++at_;
    return true;
  }

 private:
  bool at_end() const { return at_ == text_.size(); }
  char peek() const { return text_[at_]; }

  // Blanks and folds. False at a line end that is no fold.
  bool skip_blanks() {
    while (!at_end() && (is_blank(peek()) || is_line_end(peek()))) {
      if (is_line_end(peek()) && !skip_fold()) return false;
      while (!at_end() && is_blank(peek())) ++at_;
    }
    return true;
  }

  static bool is_line_end(char c) { return c == '\r' || c == '\n'; }

  // A line end at the very end of the body belongs to no content; elsewhere a blank must follow.
  bool skip_fold() {
    if (peek() == '\r') ++at_;
    if (at_end() || peek() != '\n') return false;
    ++at_;
    return at_end() || is_blank(peek());
  }

  bool read_token(Tokens& tokens) {
    const char c = peek();
    if (c == '(') return read_comment(tokens.last_comment);
    Token token;
    if (c == '"') {
      if (!read_quoted(token)) return false;
    } else if (c == '.' || is_atom_octet(c)) {
      read_atom(token);
    } else if (c == '<' || c == '>' || c == '@') {
      token.text = c;
      ++at_;
    } else {
      return false;  // group syntax, domain literals, stray brackets and backslashes, controls
    }
    tokens.list.push_back(std::move(token));
    return true;
  }

  void read_atom(Token& token) {
    token.kind = TokenKind::atom;
    while (!at_end() && (peek() == '.' || is_atom_octet(peek()))) token.text += text_[at_++];
  }

  bool read_quoted(Token& token) {
    token.kind = TokenKind::quoted;
    ++at_;
    while (!at_end()) {
      if (peek() == '"') {
        ++at_;
        return true;
      }
      if (!read_quoted_octet(token.text, token.folded)) return false;
    }
    return false;
  }

  // One octet, escaped octet or fold of a quoted string or comment.
  bool read_quoted_octet(std::string& out, bool& folded) {
    if (is_line_end(peek())) {
      folded = true;
      return skip_fold();
    }
    if (peek() == '\\' && ++at_ == text_.size()) return false;
    const char c = text_[at_++];
    const auto octet = static_cast<unsigned char>(c);
    if ((octet < 0x20 && c != '\t') || octet == 0x7F) return false;
    out += c;
    return true;
  }

  bool read_comment(std::string& content) {
    content.clear();
    bool folded = false;
    int depth = 0;
    while (!at_end()) {
      const char c = peek();
      if (c == '(' || c == ')') {
        depth += c == '(' ? 1 : -1;
        if (depth > kMaxCommentDepth) return false;
        if (depth > 1 || (depth == 1 && c == ')')) content += c;
        ++at_;
        if (depth == 0) return true;
      } else if (!read_quoted_octet(content, folded)) {
        return false;
      }
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<Address> read_address(std::span<const Token> tokens) {
  if (tokens.size() != 3 || !tokens[0].is_word() || !tokens[1].is('@')) return std::nullopt;
  if (tokens[2].kind != TokenKind::atom || tokens[0].folded) return std::nullopt;
  const bool quoted = tokens[0].kind == TokenKind::quoted;
  return Address::parse((quoted ? quoted_string(tokens[0].text) : tokens[0].text) + '@' + tokens[2].text);
}

std::string join_words(std::span<const Token> words) {
  std::string joined;
  for (const Token& word : words) {
    if (!joined.empty() && !word.text.empty()) joined += ' ';
    joined += word.text;
  }
  std::replace(joined.begin(), joined.end(), '\t', ' ');
  return std::string(trim(joined));
}

std::optional<Mailbox> read_mailbox(const Tokens& tokens) {
  const std::span<const Token> all(tokens.list);
  if (all.size() == 3) {
    std::optional<Address> address = read_address(all);
    if (!address) return std::nullopt;
    std::string comment = tokens.last_comment;
    std::replace(comment.begin(), comment.end(), '\t', ' ');
    return Mailbox{std::string(trim(comment)), std::move(*address)};
  }
  constexpr std::size_t kAngleTokens = 5;  // < local @ domain >
  if (all.size() < kAngleTokens) return std::nullopt;
  const std::span<const Token> words = all.first(all.size() - kAngleTokens);
  const std::span<const Token> angle = all.last(kAngleTokens);
  if (!angle.front().is('<') || !angle.back().is('>')) return std::nullopt;
  if (!std::all_of(words.begin(), words.end(), [](const Token& token) { return token.is_word(); })) return std::nullopt;
  std::optional<Address> address = read_address(angle.subspan(1, 3));
  if (!address) return std::nullopt;
  return Mailbox{join_words(words), std::move(*address)};
}

}  // namespace

std::optional<std::vector<Mailbox>> parse_mailbox_list(std::string_view field_body, std::size_t max) {
  std::vector<Mailbox> mailboxes;
  if (trim(field_body).empty()) return mailboxes;
  if (field_body.size() > kMaxBodyOctets) return std::nullopt;
  Lexer lexer(field_body);
  do {
    const std::optional<Tokens> tokens = lexer.read_element();
    if (!tokens || mailboxes.size() == max) return std::nullopt;
    std::optional<Mailbox> mailbox = read_mailbox(*tokens);
    if (!mailbox) return std::nullopt;
    mailboxes.push_back(std::move(*mailbox));
  } while (lexer.take_comma());
  return mailboxes;
}

std::optional<Mailbox> parse_mailbox(std::string_view field_body) {
  std::optional<std::vector<Mailbox>> mailboxes = parse_mailbox_list(field_body, 1);
  if (!mailboxes || mailboxes->empty()) return std::nullopt;
  return std::move(mailboxes->front());
}

}  // namespace majlis::mail
