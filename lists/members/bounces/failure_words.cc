#include "lists/members/bounces/failure_words.h"

#include <algorithm>

#include "base/text.h"

namespace majlis::lists {
namespace {

bool is_type(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

std::string failure_words(std::string_view status, std::string_view text) {
  const std::size_t semicolon = text.find(';');
  if (semicolon != std::string_view::npos && is_type(text.substr(0, semicolon))) {
    text = trim(text.substr(semicolon + 1));
  }
  if (status.empty() || text.find(status) != std::string_view::npos) return std::string(text);
  return std::string(status) + (text.empty() ? "" : " ") + std::string(text);
}

}  // namespace majlis::lists
