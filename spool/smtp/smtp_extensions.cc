#include "spool/smtp/smtp_extensions.h"

#include <array>

#include "base/text.h"

namespace majlis::spool {
namespace {

struct Keyword {
  std::string_view name;
  bool Extensions::*offered;
};

constexpr std::array<Keyword, 8> kKeywords = {{
    {"PIPELINING", &Extensions::pipelining},
    {"SIZE", &Extensions::size},
    {"8BITMIME", &Extensions::eight_bit_mime},
    {"SMTPUTF8", &Extensions::smtputf8},
    {"CHUNKING", &Extensions::chunking},
    {"DSN", &Extensions::dsn},
    {"XVERP", &Extensions::xverp},
    {"STARTTLS", &Extensions::starttls},
}};

constexpr std::array<Keyword, 2> kMechanisms = {{
    {"PLAIN", &Extensions::auth_plain},
    {"LOGIN", &Extensions::auth_login},
}};

template <typename Keywords>
void note(const Keywords& keywords, std::string_view word, Extensions& extensions) {
  for (const Keyword& keyword : keywords) {
    if (equals_ignoring_case(word, keyword.name)) extensions.*keyword.offered = true;
  }
}

// "AUTH PLAIN LOGIN"; before RFC 2554 it was "AUTH=PLAIN LOGIN", and some still say both.
void note_mechanisms(std::string_view line, Extensions& extensions) {
  if (!starts_with_ignoring_case(line, "AUTH ") && !starts_with_ignoring_case(line, "AUTH=")) return;
  for (const std::string_view word : split_words(line.substr(5))) note(kMechanisms, word, extensions);
}

// RFC 9422: "LIMITS RCPTMAX=100 MAILMAX=..."; 0 would say that there is no use in talking, and is not believed.
void note_limits(const std::vector<std::string_view>& words, Extensions& extensions) {
  constexpr std::string_view kMost = "RCPTMAX=";
  if (!equals_ignoring_case(words.front(), "LIMITS")) return;
  for (const std::string_view word : words) {
    if (!starts_with_ignoring_case(word, kMost)) continue;
    const std::optional<std::uint64_t> most = parse_number(word.substr(kMost.size()));
    if (most && *most > 0) extensions.most_recipients = static_cast<std::size_t>(*most);
  }
}

}  // namespace

Extensions Extensions::parse(std::string_view text) {
  Extensions extensions;
  next_line(text);  // the server's name
  while (const std::optional<std::string_view> line = next_line(text)) {
    const std::vector<std::string_view> words = split_words(*line);
    if (words.empty()) continue;
    note(kKeywords, words.front(), extensions);
    note_limits(words, extensions);
    note_mechanisms(trim(*line), extensions);
  }
  return extensions;
}

}  // namespace majlis::spool
