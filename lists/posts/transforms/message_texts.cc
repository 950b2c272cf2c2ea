#include "base/text.h"
#include "lists/posts/transforms/member_words.h"
#include "lists/posts/transforms/post_tokens.h"
#include "lists/posts/transforms/transforms.h"
#include "mail/coding/decode.h"
#include "mail/coding/encoded_words.h"
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

bool names_member(const PostContext& context) { return context.marks != nullptr && is_personal(*context.list); }

bool has(Texts texts, Setting setting) {
  const Texts without = setting == Setting::message_fronter ? Texts::no_fronter : Texts::no_footer;
  return texts != Texts::none && texts != without;
}

std::string text_of_copy(const PostContext& context, Setting setting, const PostTokens& tokens) {
  if (!has(context.texts, setting)) return {};
  if (names_member(context)) return open_text_for(*context.list, tokens, setting);
  return text_for(lines_for_all(*context.list, setting), tokens);
}

// What the header says, for those who do not see it.
std::string header_in_text(const mail::Message& message) {
  std::string text;
  for (const std::string_view name : {"From", "Date", "Subject"}) {
    const std::string body = message.field(name).value_or("");
    const std::string read = mail::one_line(mail::decode_words(mail::to_utf8(body, "utf-8")));
    const std::string line = std::string(name) + ": " + read;
    if (!read.empty()) text.append(utf8_prefix(line, kMaxLineOctets)).append("\n");
  }
  return text.empty() ? text : text + "\n";
}

}  // namespace

// message_fronter and message_footer; the author's own octets stay what they are (mail/decoration.h). What readers
// would understand differently gets neither, as it came.
Result<Draft> message_texts(const PostContext& context, Draft draft) {
  const ListConfig& config = context.list->config();
  const bool has_header = context.style == HeaderStyle::dual;
  const bool is_set = has_header || config.is_set(Setting::message_fronter) || config.is_set(Setting::message_footer);
  if (!is_set || context.post->scan().is_ambiguous()) return draft;
  PostTokens tokens = tokens_of(*context.list, *context.post, SenderAs::from_text);
  mail::Decoration texts;
  if (names_member(context)) {
    tokens.more = member_words(*context.list, *context.marks);
    texts.gap_stem = context.marks->stem();
  }
  texts.front = text_of_copy(context, Setting::message_fronter, tokens);
  texts.behind = text_of_copy(context, Setting::message_footer, tokens);
  if (texts.front.empty() && texts.behind.empty() && !has_header) return draft;
  const mail::Message& message = draft.message();
  if (has_header) texts.front = header_in_text(message) + texts.front;
  mail::decorate(message, texts, draft.edit());
  return draft;
}

}  // namespace majlis::lists
