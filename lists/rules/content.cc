#include "base/regex.h"
#include "base/text.h"
#include "lists/rules/rules.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxTestedLines = 2000;
constexpr std::size_t kMaxTestedText = 256 * 1024;

// Majordomo's taboo tests, line by line. A pattern that explodes or cannot be read holds the post: fail safe.
std::optional<Decision> taboo(const PostFacts& facts, Setting setting, std::string_view text, std::string_view where) {
  for (const std::string& written : facts.list->config().lines(setting)) {
    Result<Pattern> pattern = Pattern::parse(written);
    if (!pattern) return Decision{Action::hold, {}, "a taboo pattern of the list cannot be used: " + written};
    std::string_view rest = text;
    for (std::size_t count = 0; count < kMaxTestedLines; ++count) {
      const auto line = next_line(rest);
      if (!line) break;
      const Pattern::Answer answer = pattern->search(*line);
      if (answer == Pattern::Answer::does_not_match) continue;
      const char* why = answer == Pattern::Answer::matches ? "taboo " : "too complex to tell, taboo ";
      return Decision{Action::hold, {}, why + std::string(where) + " match " + printable(written, 200)};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<Decision> max_size(const PostFacts& facts) {
  const std::int64_t limit = facts.list->config().integer(Setting::maxlength);
  const auto size = static_cast<std::int64_t>(facts.message->body().size());
  if (size <= limit) return std::nullopt;
  return Decision{Action::hold,
                  {},
                  "Message too long (" + std::to_string(size) + " of at most " + std::to_string(limit) + " octets)"};
}

// What readers would understand differently is not sent on unseen: the filter must have seen what the members see.
std::optional<Decision> malformed(const PostFacts& facts) {
  const mail::Scan& scan = facts.message->scan();
  const bool reject = facts.list->config().choice(Setting::malformed_posts) == "reject";
  const Action action = reject ? Action::reject : Action::hold;
  if (scan.is_ambiguous()) {
    return Decision{
        action, {}, std::string("the message is malformed (") + mail::word_for(scan.ambiguities.front()) + ")"};
  }
  if (facts.structure.opinion == mail::Opinion::agrees) return std::nullopt;
  return Decision{action, {}, "the message is malformed (" + facts.structure.why + ")"};
}

std::optional<Decision> taboo_headers(const PostFacts& facts) {
  return taboo(facts, Setting::taboo_headers, facts.message->header(), "header");
}

std::optional<Decision> taboo_body(const PostFacts& facts) {
  if (facts.list->config().lines(Setting::taboo_body).empty()) return std::nullopt;
  return taboo(facts, Setting::taboo_body, facts.message->first_text(kMaxTestedText).value_or(""), "body");
}

}  // namespace majlis::lists
