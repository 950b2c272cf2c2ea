#include "base/text.h"
#include "lists/posts/rules/patterns.h"
#include "lists/posts/rules/rules.h"
#include "mail/coding/decode.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxBodyLines = 4000;
// Every text part as people read it, whatever its encoding: resend tests the octets, and base64 hides all from it.
// What owners write for resend finds the headers of parts too, and tags.
std::string all_text(const mail::Message& message) {
  std::string text;
  std::string tags;
  for (const mail::Part& part : message.scan().parts) {
    if (text.size() + tags.size() >= kMaxSearchedOctets) break;
    if (part.parent >= 0) text += message.bytes().substr(part.header_begin, part.body_begin - part.header_begin);
    if (!part.type.starts_with("text/")) continue;
    const bool is_html = part.type == "text/html";
    const std::string content = text_of_part(message, part);
    text += (is_html ? mail::html_to_text(content) : content) + '\n';
    if (is_html) tags += content + '\n';
  }
  return text + tags;
}

// A pattern that cannot tell holds the post, whatever it would do.
std::optional<Decision> by_header(const PostFacts& facts, Setting setting, Action action) {
  const ListConfig& config = facts.list->config();
  if (!config.is_set(setting)) return std::nullopt;
  std::optional<Decision> found = search_patterns(
      config, setting,
      {header_as_read(*facts.message), kMaxHeaderLines, ReasonId::taboo_headers, ReasonId::taboo_headers_unclear});
  if (found && found->broken_pattern.empty()) found->action = action;
  return found;
}

}  // namespace

std::optional<Decision> discard_headers(const PostFacts& facts) {
  return by_header(facts, Setting::discard_headers, Action::discard);
}

std::optional<Decision> reject_headers(const PostFacts& facts) {
  return by_header(facts, Setting::reject_headers, Action::reject);
}

std::optional<Decision> taboo_headers(const PostFacts& facts) {
  return by_header(facts, Setting::taboo_headers, Action::hold);
}

std::optional<Decision> taboo_body(const PostFacts& facts) {
  const ListConfig& config = facts.list->config();
  if (!config.is_set(Setting::taboo_body)) return std::nullopt;
  const std::string text = all_text(*facts.message);
  return search_patterns(config, Setting::taboo_body,
                         {text, kMaxBodyLines, ReasonId::taboo_body, ReasonId::taboo_body_unclear});
}

}  // namespace majlis::lists
