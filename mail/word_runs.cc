#include "mail/word_runs.h"

namespace majlis::mail {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

// Behind the encoded word that begins at `begin`, "=?charset?encoding?text?="; npos: none does.
std::size_t end_of_word(std::string_view body, std::size_t begin) {
  if (!body.substr(begin).starts_with("=?")) return std::string_view::npos;
  std::size_t at = begin + 2;
  for (int part = 0; part < 2; ++part) {
    at = body.find('?', at);
    if (at == std::string_view::npos) return at;
    ++at;
  }
  const std::size_t end = body.find("?=", at);
  const bool is_one =
      end != std::string_view::npos && body.substr(begin, end - begin).find_first_of(kBlanks) == std::string_view::npos;
  return is_one ? end + 2 : std::string_view::npos;
}

}  // namespace

std::vector<TextRange> encoded_word_runs(std::string_view field_body) {
  std::vector<TextRange> runs;
  std::size_t at = field_body.find("=?");
  while (at != std::string_view::npos) {
    const std::size_t end = end_of_word(field_body, at);
    if (end == std::string_view::npos) {
      at = field_body.find("=?", at + 2);
      continue;
    }
    const bool goes_on =
        !runs.empty() &&
        field_body.substr(runs.back().end, at - runs.back().end).find_first_not_of(kBlanks) == std::string_view::npos;
    if (goes_on) {
      runs.back().end = end;
    } else {
      runs.push_back({at, end});
    }
    at = field_body.find("=?", end);
  }
  return runs;
}

}  // namespace majlis::mail
