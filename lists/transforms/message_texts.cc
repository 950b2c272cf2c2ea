#include "base/text.h"
#include "lists/post_tokens.h"
#include "lists/transforms/transforms.h"
#include "mail/decoration.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxLineOctets = 900;  // with CRLF well below RFC 5322's 998, also where $SENDER was filled in

// The setting as it stands in a post: tokens filled in, every line ended, none too long. Empty when nothing is set.
std::string text_for(const List& list, const PostTokens& tokens, Setting setting) {
  std::string text;
  for (const std::string& line : list.config().lines(setting)) {
    const std::string filled = fill_in_tokens(line, tokens);
    std::string_view rest = filled;
    while (rest.size() > kMaxLineOctets) {
      const std::string_view line_part = utf8_prefix(rest, kMaxLineOctets);
      text.append(line_part).append("\n");
      rest.remove_prefix(line_part.size());
    }
    text.append(rest).append("\n");
    if (text.size() > kMaxFilledOctets) break;
  }
  return text;
}

}  // namespace

// message_fronter and message_footer; the author's own octets stay what they are (mail/decoration.h).
void message_texts(const List& list, const mail::Message& message, mail::Edit& edit) {
  const ListConfig& config = list.config();
  if (!config.is_set(Setting::message_fronter) && !config.is_set(Setting::message_footer)) return;
  const PostTokens tokens = tokens_of(list, message, SenderAs::from_text);
  mail::decorate(message,
                 {text_for(list, tokens, Setting::message_fronter), text_for(list, tokens, Setting::message_footer)},
                 edit);
}

}  // namespace majlis::lists
