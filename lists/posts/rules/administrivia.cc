#include "base/text.h"
#include "lists/posts/reading/admin_request.h"
#include "lists/posts/reading/owner_command.h"
#include "lists/posts/reading/request_words.h"
#include "lists/posts/rules/patterns.h"
#include "lists/posts/rules/rules.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxTestedText = 16 * 1024;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

}  // namespace

// The owner's own idea of what a command looks like.
std::optional<Decision> admin_headers(const PostFacts& facts) {
  const ListConfig& config = facts.list->config();
  if (!config.is_on(Setting::administrivia) || !config.is_set(Setting::admin_headers)) return std::nullopt;
  return search_patterns(
      config, Setting::admin_headers,
      {header_as_read(*facts.message), kMaxHeaderLines, ReasonId::admin_headers, ReasonId::admin_headers_unclear});
}

// A command, or a request in words, that was sent to the members by mistake. The reason quotes nothing: there may be a
// password in it.
std::optional<Decision> administrivia(const PostFacts& facts) {
  const ListConfig& config = facts.list->config();
  if (!config.is_on(Setting::administrivia)) return std::nullopt;
  const std::string& list = facts.list->name().name();
  if (find_admin_request(*facts.message, list) != AdminRequest::none ||
      begins_with_owner_command(*facts.message, list)) {
    return decision(Action::hold, ReasonId::admin_request);
  }
  if (!config.is_set(Setting::admin_body)) return std::nullopt;
  const std::string first_lines = joined(own_text(facts.message->first_text(kMaxTestedText).value_or("")).lines);
  return search_patterns(config, Setting::admin_body,
                         {first_lines, kMaxOwnLines, ReasonId::admin_body, ReasonId::admin_body_unclear});
}

}  // namespace majlis::lists
