#include "lists/site/config/mailman_patterns.h"

#include "base/regex.h"
#include "mail/address_pattern.h"

namespace majlis::lists {
namespace {

constexpr std::string_view kAliasBegin = "^(?:";
constexpr std::string_view kAliasEnd = ")";
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

std::string alias_pattern_of(std::string_view expression) {
  const auto anchored = [](std::string_view inside) {
    return std::string(kAliasBegin).append(inside).append(kAliasEnd);
  };
  if (pattern_of(expression)) {
    if (auto pattern = pattern_of(anchored(expression))) return *pattern;
  }
  std::string plain;
  for (const char c : expression) {
    if (kSpecial.find(c) != std::string_view::npos) plain += '\\';
    plain += c;
  }
  return pattern_of(anchored(plain)).value_or("");
}

std::string expression_of_alias(std::string_view pattern) {
  const std::string expression = expression_of_pattern(pattern);
  std::string_view inside = expression;
  if (inside.starts_with(kAliasBegin) && inside.ends_with(kAliasEnd)) {
    inside.remove_prefix(kAliasBegin.size());
    inside.remove_suffix(kAliasEnd.size());
    if (pattern_of(inside)) return std::string(inside);  // else its brackets belong to others
  }
  return expression.starts_with('^') ? expression : ".*(?:" + expression + ")";
}

}  // namespace majlis::lists
