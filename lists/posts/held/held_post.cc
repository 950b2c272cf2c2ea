#include "lists/posts/held/held_post.h"

#include <algorithm>

#include "base/text.h"
#include "store/codec.h"

namespace majlis::lists {
namespace {

// The reason in words, as posts were held before reasons had ids; also what store/rows.cc makes of the oldest rows.
constexpr std::uint8_t kInWords = 1;
constexpr std::uint8_t kVersion = 2;
constexpr std::size_t kMaxShownOctets = 140;
constexpr std::size_t kMaxReasons = 100;
constexpr std::size_t kMaxValues = 10;  // of one reason

void write_reasons(store::RowWriter& row, const Reasons& reasons) {
  row.number(reasons.size());
  for (const Reason& reason : reasons) {
    row.text(word_for(reason.id)).number(reason.values.size());
    for (const auto& [name, value] : reason.values) row.text(name).text(value);
  }
}

Reasons read_reasons(store::RowReader& in) {
  Reasons reasons;
  for (std::size_t left = in.count(kMaxReasons); left > 0; --left) {
    const std::string_view word = in.text();
    const auto id = reason_called(word);
    Reason reason{id.value_or(ReasonId::in_words)};
    for (std::size_t values = in.count(kMaxValues); values > 0; --values) {
      const std::string_view name = in.text();
      reason.values.insert_or_assign(std::string(name), std::string(in.text()));
    }
    if (!id) reason.values = {{"text", std::string(word)}};  // a later version's
    reasons.push_back(std::move(reason));
  }
  return reasons;
}

Reasons reasons_in_words(std::string_view words) {
  return words.empty() ? Reasons() : Reasons{{ReasonId::in_words, {{"text", std::string(words)}}}};
}

}  // namespace

bool is_for_manager(const Reasons& reasons) {
  return std::any_of(reasons.begin(), reasons.end(),
                     [](const Reason& reason) { return reason.id == ReasonId::admin_request; });
}

std::string shown_subject(const HeldPost& post) { return printable_utf8(post.subject, kMaxShownOctets); }

std::string details_of(const HeldPost& post) {
  store::RowWriter row(kVersion);
  row.text(post.subject).text(post.message_id).text(post.rule);
  write_reasons(row, post.reasons);
  return row.number(post.size_octets).take();
}

Result<HeldPost> read_held_post(const store::PendingItem& item) {
  const bool is_in_words = item.details.starts_with(static_cast<char>(kInWords));
  store::RowReader in(item.details, is_in_words ? kInWords : kVersion, "held post");
  HeldPost post;
  for (std::string* field : {&post.subject, &post.message_id, &post.rule}) *field = in.text();
  post.reasons = is_in_words ? reasons_in_words(in.text()) : read_reasons(in);
  post.size_octets = in.number();
  Status whole = in.finish();
  if (!whole) return whole.error();
  return post;
}

}  // namespace majlis::lists
