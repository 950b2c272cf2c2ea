#include "lists/posts/held/notice.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "lists/effects/ceilings.h"
#include "lists/effects/decide_lines.h"
#include "lists/effects/letters.h"
#include "lists/posts/reading/given_words.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr std::size_t kMaxSubjectOctets = 60;
constexpr std::size_t kMaxExcerptOctets = 600;
constexpr std::size_t kMaxExcerptLines = 8;
constexpr std::size_t kMaxExcerptLineOctets = 70;
constexpr std::string_view kQuoted = "> ";
constexpr std::size_t kMaxOriginalLineOctets = 900;  // of one that no mail program breaks
constexpr std::size_t kMinLineOctets = 20;           // a shorter one may be anybody's

std::string in_language(const Work& work, const List& list, const Reasons& reasons) {
  return reasons_in(work.site(), list.config().text(Setting::language), reasons);
}

// The scanner found something, or was not there: the post goes to nobody by mail.
bool is_kept_back(const PostFacts& facts) { return facts.scan && facts.scan->verdict != net::Scan::Verdict::clean; }
bool is_infected(const PostFacts& facts) { return facts.scan && facts.scan->verdict == net::Scan::Verdict::found; }

// The post as its moderators are shown it: without what is not permitted, and without words that its author gave as a
// password. `are_blanked`: there are such.
struct ShownPost {
  mail::Message message;
  bool are_blanked = false;
};
ShownPost shown_post(const List& list, const PostFacts& facts, const HeldPost& post) {
  const mail::Message& message = facts.shown ? *facts.shown : *facts.message;
  if (!is_for_manager(post.reasons)) return {message};
  const std::vector<std::string> words = given_words(message, list.name().name());
  if (words.empty()) return {message};
  return {without_given_words(message, words), true};
}

std::string attached_words(const Work& work, const List& list, const PostFacts& facts, bool are_blanked,
                           std::size_t shown) {
  if (is_infected(facts)) return part_text(work, list, "part_attached_infected");
  if (is_kept_back(facts)) return part_text(work, list, "part_attached_unscanned");
  if (facts.shown) return part_text(work, list, "part_attached_without");
  if (are_blanked) return part_text(work, list, "part_attached_blanked");
  const std::size_t size = facts.message->bytes().size();
  if (shown == size) return part_text(work, list, "part_attached_whole");
  return part_text(work, list, "part_attached_cut", {{"shown", std::to_string(shown)}, {"size", std::to_string(size)}});
}

// In the Subject of a notice, so that a list of letters tells which is which.
std::string about(const PendingItem& item, const HeldPost& post, const std::string& reason) {
  const std::string subject = post.subject.empty() ? "?" : printable_utf8(post.subject, kMaxSubjectOctets);
  if (item.address.empty() || reason.find(item.address) != std::string::npos) return subject;
  return printable_utf8(item.address, kMaxSubjectOctets) + ": " + subject;
}

// The first lines, for whoever reads on a telephone that does not open what is attached; quoted, so that no
// answer has them as its writer's.
std::string excerpt_of(const Work& work, const List& list, const mail::Message& message) {
  const std::string text = message.written_text(kMaxExcerptOctets).value_or("");
  std::string_view rest = text;
  std::string lines;
  std::size_t count = 0;
  while (const auto line = next_line(rest)) {
    if (trim(*line).empty()) continue;
    if (++count > kMaxExcerptLines) break;
    lines += (lines.empty() ? "" : "\n") + std::string(kQuoted) + printable_utf8(trim(*line), kMaxExcerptLineOctets);
  }
  return lines.empty() ? lines : part_text(work, list, "part_excerpt", {{"lines", lines}}) + "\n\n";
}

// The post as its readers see it: its fields as they came, and the text.
std::string original_of(const Work& work, const List& list, const mail::Message& message, const std::string& token,
                        std::size_t most) {
  std::string text(beginning_of(message.header(), most));
  text += "\n" + message.written_text(most).value_or("");
  std::replace(text.begin(), text.end(), '\t', ' ');
  std::string_view rest = text;
  std::string lines;
  while (const auto line = next_line(rest)) lines += printable_utf8(*line, kMaxOriginalLineOctets) + "\n";
  const std::string_view bytes = message.bytes();
  const auto count = std::to_string(std::count(bytes.begin(), bytes.end(), '\n'));
  return part_text(work, list, "part_original", {{"token", token}, {"count", count}, {"original", lines}});
}

// What is known of the post without its message.
TextValues values_of(const Work& work, const List& list, const PendingItem& item, const HeldPost& post) {
  const std::string reason = in_language(work, list, post.reasons);
  TextValues values = {
      {"about", about(item, post, reason)},
      {"author", item.address.empty() ? in_language(work, list, {{ReasonId::nobody_named}}) : item.address},
      {"subject", shown_subject(post)},
      {"size", std::to_string(post.size_octets)},
      {"reason", reason},
      {"server", list.role_address("request")},
      {"expires", iso8601(item.expires).substr(0, 10)}};
  values.merge(decide_values(work, list, item, dialect_of(list), kReasonPart));
  return values;
}

// Those in which nothing is put in that differs from notice to notice.
std::vector<std::string> lines_of_notices(const Site& site, const List& list) {
  std::vector<std::string> lines;
  for (const std::string_view name : {dialect_of(list).notice, kClaimedText}) {
    const RenderedText notice = render_text(site, list.config().text(Setting::language), name, list_values(list));
    std::string_view rest = notice.body;
    while (const auto line = next_line(rest)) {
      if (line->size() >= kMinLineOctets && line->find("${") == std::string_view::npos) lines.emplace_back(trim(*line));
    }
  }
  return lines;
}

// A notice that has the post in its own text as well as attached has half of what may go with it in each.
std::size_t octets_of_each_copy(const Work& work, const List& list) {
  const auto most = static_cast<std::size_t>(list.config().integer(Setting::held_notice_octets));
  const RenderedText notice =
      render_text(work.site(), list.config().text(Setting::language), dialect_of(list).notice, {});
  return notice.body.find("${original}") == std::string::npos ? most : most / 2;
}

// Mailman's: a reply to it decides.
mail::Attachment letter_to_answer(const Work& work, const List& list, const TextValues& values) {
  mail::Letter letter;
  letter.from = letter.to = list.role_address("request");
  letter.subject = fill_in(dialect_of(list).confirm_line, {{"token", values.at("token")}});
  letter.message_id = "<confirm." + values.at("token") + "@" + list.name().domain() + ">";
  letter.text =
      part_text(work, list, "part_answer_letter", {{"subject", values.at("subject")}, {"author", values.at("author")}});
  return {"message/rfc822", "confirm.eml", mail::compose(letter, work.now())};
}

}  // namespace

std::string subject_of_notice(const Work& work, const List& list, const PendingItem& item) {
  const Result<HeldPost> post = read_held_post(item);
  if (!post) return {};
  TextValues values = list_values(list);
  values.merge(values_of(work, list, item, *post));
  return render_text(work.site(), list.config().text(Setting::language), dialect_of(list).notice, values).subject;
}

std::string above_notice(const Site& site, const List& list, std::string_view text) {
  const std::vector<std::string> known = lines_of_notices(site, list);
  std::string above;
  while (const auto line = next_line(text)) {
    if (std::find(known.begin(), known.end(), trim(*line)) != known.end()) break;
    above += std::string(*line) + "\n";
  }
  return above;
}

std::string_view beginning_of(std::string_view bytes, std::size_t most) {
  if (bytes.size() <= most) return bytes;
  const std::string_view first = bytes.substr(0, most);
  const std::size_t end = first.rfind('\n');
  return end == std::string_view::npos ? first : first.substr(0, end + 1);
}

Status notify_moderators(Work& work, const List& list, const PostFacts& facts, const PendingItem& item,
                         const HeldPost& post) {
  const auto most = static_cast<std::uint64_t>(list.config().integer(Setting::held_notices_per_day));
  if (most == 0) return {};
  Result<bool> within = work.count_within("held-notices:" + list.address(), most, kDay);
  if (!within) return within.error();
  if (!*within) return tell_of_ceiling(work, &list, {Ceiling::held_notices, most});
  const auto [message, are_blanked] = shown_post(list, facts, post);
  const std::string_view bytes = message.bytes();
  const std::size_t share = octets_of_each_copy(work, list);
  const std::string_view attached = beginning_of(bytes, share);
  Correspondence notice;
  notice.text_name = dialect_of(list).notice;
  notice.values = values_of(work, list, item, post);
  notice.values["excerpt"] = is_infected(facts) ? "" : excerpt_of(work, list, message);
  notice.values["original"] =
      is_kept_back(facts) ? "" : original_of(work, list, message, notice.values["token"], share);
  notice.values["attached"] = attached_words(work, list, facts, are_blanked, attached.size());
  notice.message_id = notice_message_id(list, item.id);
  notice.to = list.moderators();
  notice.reply_to = list.role_address("request");
  const bool has_answer = dialect_of(list).asks_by_attachment;
  if (!is_kept_back(facts)) notice.attachments = {{"message/rfc822", "held.eml", std::string(attached)}};
  if (has_answer) notice.attachments.push_back(letter_to_answer(work, list, notice.values));
  send_letter(work, list, notice);
  return {};
}

}  // namespace majlis::lists
