#include "lists/site/config/value_tokens.h"

#include <array>

#include "base/text.h"

namespace majlis::lists {
namespace {

struct TokenRow {
  std::string_view written;
  std::string PostTokens::*value;
};
constexpr std::array kTokens = {TokenRow{"$LIST", &PostTokens::list}, TokenRow{"$SENDER", &PostTokens::sender},
                                TokenRow{"$VERSION", &PostTokens::version}};

bool continues_a_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

bool is_whole_word(std::string_view text, std::size_t octets) {
  return text.size() <= octets || !continues_a_word(text[octets]);
}

std::string fill_in_tokens(std::string_view text, const PostTokens& tokens) {
  std::string filled;
  while (!text.empty() && filled.size() < kMaxFilledOctets) {
    const std::size_t next = text.find_first_of("$\\");
    filled += text.substr(0, next);
    if (next == std::string_view::npos) break;
    text.remove_prefix(next);
    std::size_t taken = 1;
    std::string_view put = text.substr(0, 1);
    if (text.starts_with("\\$")) {
      taken = 2;
      put = "$";
    }
    for (const TokenRow& row : kTokens) {
      if (!text.starts_with(row.written)) continue;
      taken = row.written.size();
      put = tokens.*row.value;
    }
    for (const auto& [written, value] : tokens.more) {
      if (!text.starts_with(written) || !is_whole_word(text, written.size())) continue;
      taken = written.size();
      put = value;
    }
    filled += put;
    text.remove_prefix(taken);
  }
  filled.resize(utf8_prefix(filled, kMaxFilledOctets).size());
  return filled;
}

}  // namespace majlis::lists
