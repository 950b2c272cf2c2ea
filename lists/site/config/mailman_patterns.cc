#include "lists/site/config/mailman_patterns.h"

#include "base/regex.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kSpecial = ".[](){}|+?^$\\*";

}  // namespace

std::string expression_of_wildcard(std::string_view pattern) {
  if (!mail::is_pattern(pattern)) return std::string(pattern);
  std::string expression = "^";
  for (const char c : pattern) {
    if (c == '*') {
      expression += ".*";
    } else {
      if (kSpecial.find(c) != std::string_view::npos) expression += '\\';
      expression += c;
    }
  }
  return expression + "$";
}

std::optional<std::string> pattern_of(std::string_view expression) {
  std::string pattern = "/";
  for (std::size_t i = 0; i < expression.size(); ++i) {
    const bool is_escape = expression[i] == '\\' && i + 1 < expression.size();
    if (expression[i] == '/') pattern += '\\';
    pattern += expression[i];
    if (is_escape) pattern += expression[++i];
  }
  pattern += "/i";
  return Pattern::parse(pattern) ? std::optional(pattern) : std::nullopt;
}

std::string expression_of_pattern(std::string_view pattern) {
  const Result<Pattern> parsed = Pattern::parse(pattern);
  const std::string_view inside = parsed ? parsed->expression() : pattern;
  std::string expression;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const bool is_slash = inside.substr(i).starts_with("\\/");
    expression += is_slash ? '/' : inside[i];
    const bool is_escape = inside[i] == '\\' && !is_slash && i + 1 < inside.size();
    if (is_slash || is_escape) ++i;
    if (is_escape) expression += inside[i];
  }
  return expression;
}

}  // namespace majlis::lists
