#include "base/text.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/decoration.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxLineOctets = 900;  // with CRLF well below RFC 5322's 998, also where $SENDER was filled in

// The setting as it stands in a post: tokens filled in, every line ended, none too long. Empty when nothing is set.
std::string text_for(const std::vector<std::string>& lines, const PostTokens& tokens) {
  std::string text;
  for (const std::string& line : lines) {
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

// The same where marks may stand in it, which no line break may part. It is encoded, so a line may have any length.
std::string open_text_for(const List& list, const PostTokens& tokens, Setting setting) {
  std::string text;
  PostTokens without_marks = tokens;
  without_marks.more.clear();
  for (const std::string& line : list.config().lines(setting)) {
    // A line that would be cut could end in half a mark.
    const std::string filled = fill_in_tokens(line, tokens);
    const bool may_be_cut = filled.size() + tokens.sender.size() >= kMaxFilledOctets;
    text.append(may_be_cut ? fill_in_tokens(line, without_marks) : filled).append("\n");
    if (text.size() > kMaxFilledOctets) break;
  }
  return text;
}

}  // namespace

// message_fronter and message_footer; the author's own octets stay what they are (mail/decoration.h).
void message_texts(const List& list, const mail::Message& message, mail::Edit& edit) {
  const std::vector<std::string> front = lines_for_all(list, Setting::message_fronter);
  const std::vector<std::string> behind = lines_for_all(list, Setting::message_footer);
  if (front.empty() && behind.empty()) return;
  const PostTokens tokens = tokens_of(list, message, SenderAs::from_text);
  mail::decorate(message, {text_for(front, tokens), text_for(behind, tokens)}, edit);
}

void decorate_with_texts(const List& list, const mail::Message& message, const PostTokens& tokens,
                         std::string_view gap_stem, mail::Edit& edit) {
  mail::decorate(message,
                 {open_text_for(list, tokens, Setting::message_fronter),
                  open_text_for(list, tokens, Setting::message_footer), std::string(gap_stem)},
                 edit);
}

}  // namespace majlis::lists
