// Spans and gaps: pages of a roster of whom the file says only between which places they stand.

#include <cassert>

#include "base/text.h"
#include "spool/job/escape.h"
#include "spool/job/progress.h"

namespace majlis::spool {
namespace {

constexpr std::uint64_t kMaxSpan = 100'000;
constexpr std::uint64_t kMaxIndex = UINT64_MAX / 2;

void append_addresses(std::string& text, const std::vector<std::string>& addresses) {
  std::size_t octets = 0;
  for (const std::string& address : addresses) octets += address.size() + 1;
  text.reserve(text.size() + octets + 64);
  for (const std::string& address : addresses) {
    text += ' ';
    append_escaped(text, address);
  }
}

// "WORD FIRST COUNT BEHIND > UNTIL"
std::string span_text(std::string_view word, std::uint64_t first, std::size_t count, std::string_view behind,
                      std::string_view until) {
  std::string text(word);
  text.append(" ").append(std::to_string(first)).append(" ").append(std::to_string(count)).append(" ");
  append_escaped(text, behind);
  text += " > ";
  append_escaped(text, until);
  return text;
}

// Those of `words` from `from` on, up to ">" or the end.
std::optional<std::vector<std::string>> take_addresses(const std::vector<std::string_view>& words, std::size_t from) {
  std::vector<std::string> addresses;
  for (std::size_t i = from; i < words.size() && words[i] != ">"; ++i) {
    std::optional<std::string> address = unescaped(words[i]);
    if (!address) return std::nullopt;
    addresses.push_back(std::move(*address));
  }
  return addresses;
}

}  // namespace

std::string Progress::gap_line(std::uint64_t first, const Run& run) const {
  return line(span_text("gap", first, run.unread + run.recipients.size(), run.behind, run.until));
}

Progress::Runs::iterator Progress::first_gap() {
  auto run = runs_.begin();
  while (run != runs_.end() && run->second.unread == 0) ++run;
  return run;
}

Progress::Place Progress::next_place() const {
  for (const auto& [first, run] : runs_) {
    if (run.unread > 0) return {run.behind, run.until};
  }
  return {cursor_, {}};
}

std::string Progress::record_page(std::vector<std::string> addresses, std::string_view cursor) {
  assert(may_have_more());
  const std::uint64_t first = next_index_;
  if (unread_ > 0) {
    const auto gap = first_gap();
    std::string text = "again " + std::to_string(gap->first) + " " + std::to_string(first);
    append_addresses(text, addresses);
    text += " > ";
    append_escaped(text, cursor);
    gap->second.behind = cursor;
    if (cursor.empty()) forget(gap);
    add_run(first, std::move(addresses));
    return line(text);
  }
  const std::string behind = std::exchange(cursor_, std::string(cursor));
  roster_ended_ = cursor.empty();
  if (addresses.empty()) return line("page " + std::to_string(first) + " > " + escaped(cursor));
  Run& run = add_run(first, std::move(addresses))->second;
  run.is_named = false;
  run.behind = behind;
  run.until = cursor_;
  return line(span_text("span", first, run.recipients.size(), run.behind, run.until));
}

// `common`: what a record may say of a whole span without saying who they are.
std::string Progress::names_for(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes,
                                DeliveryOutcome::Kind common) {
  const auto is_recorded = [&](const DeliveryOutcome& outcome) {
    const bool is_decided =
        outcome.kind != DeliveryOutcome::Kind::untried && outcome.kind != DeliveryOutcome::Kind::accepted;
    return outcome.kind == common || (is_decided && common != DeliveryOutcome::Kind::accepted);
  };
  std::string records;
  for (std::size_t i = 0; i < targets.size();) {
    const auto run = run_of(targets[i].index);
    assert(run != runs_.end());
    const std::size_t size = run->second.recipients.size();
    std::size_t same = 0;
    std::size_t recorded = 0;
    for (; i < targets.size() && targets[i].index - run->first < size; ++i) {
      same += outcomes[i].kind == common ? 1 : 0;
      recorded += is_recorded(outcomes[i]) ? 1 : 0;
    }
    if (run->second.is_named || recorded == 0 || same == size) continue;
    std::string text = "names " + std::to_string(run->first);
    for (const Recipient& recipient : run->second.recipients) {
      text += ' ';
      append_escaped(text, recipient.address);
    }
    records += line(text);
    run->second.is_named = true;
  }
  return records;
}

void Progress::forget(Runs::iterator run) {
  for (Recipient& recipient : run->second.recipients) change(run->second, recipient, Recipient::State::settled);
  unread_ -= run->second.unread;
  runs_.erase(run);
}

// Nobody is left who knows who they were.
void Progress::make_gap(Runs::iterator run) {
  Run gap;
  gap.is_named = false;
  gap.unread = run->second.recipients.size();
  gap.is_uncertain = run->second.recipients.front().is_uncertain;
  gap.behind = std::move(run->second.behind);
  gap.until = std::move(run->second.until);
  const std::uint64_t first = run->first;
  forget(run);
  unread_ += gap.unread;
  runs_.emplace(first, std::move(gap));
}

// "span FIRST COUNT BEHIND > CURSOR" or, when a compaction wrote it, "gap FIRST COUNT BEHIND > UNTIL".
bool Progress::apply_span(const std::vector<std::string_view>& words) {
  if (!has_roster_ || roster_ended_ || words.size() != 6 || words[4] != ">") return false;
  const std::optional<std::uint64_t> first = parse_number(words[1]);
  const std::optional<std::uint64_t> count = parse_number(words[2]);
  std::optional<std::string> behind = unescaped(words[3]);
  std::optional<std::string> until = unescaped(words[5]);
  if (!first || *first < next_index_ || *first > kMaxIndex || !count || *count == 0 || *count > kMaxSpan) return false;
  if (!behind || !until) return false;
  if (words[0] == "span") {
    if (*behind != cursor_) return false;
    cursor_ = *until;
    roster_ended_ = cursor_.empty();
  }
  Run& run = add_run(*first, std::vector<std::string>(static_cast<std::size_t>(*count)))->second;
  run.is_named = false;
  run.behind = std::move(*behind);
  run.until = std::move(*until);
  return true;
}

// "names FIRST ADDRESS...", all of a span
bool Progress::apply_names(const std::vector<std::string_view>& words) {
  const std::optional<std::uint64_t> first = words.size() > 2 ? parse_number(words[1]) : std::nullopt;
  const auto run = first ? runs_.find(*first) : runs_.end();
  if (run == runs_.end() || run->second.is_named) return false;
  std::optional<std::vector<std::string>> addresses = take_addresses(words, 2);
  std::vector<Recipient>& recipients = run->second.recipients;
  if (!addresses || addresses->size() != recipients.size() || addresses->size() + 2 != words.size()) return false;
  for (std::size_t i = 0; i < recipients.size(); ++i) recipients[i].address = std::move((*addresses)[i]);
  run->second.is_named = true;
  return true;
}

// "again GAP FIRST ADDRESS... > CURSOR": the gap, or its beginning, was read again.
bool Progress::apply_again(const std::vector<std::string_view>& words) {
  if (words.size() < 5 || words[words.size() - 2] != ">") return false;
  const std::optional<std::uint64_t> old = parse_number(words[1]);
  const std::optional<std::uint64_t> first = parse_number(words[2]);
  std::optional<std::vector<std::string>> addresses = take_addresses(words, 3);
  std::optional<std::string> cursor = unescaped(words.back());
  const auto gap = old ? runs_.find(*old) : runs_.end();
  if (gap == runs_.end() || gap->second.is_named) return false;
  if (!first || *first < next_index_ || *first > kMaxIndex) return false;
  if (!addresses || addresses->size() + 5 != words.size() || !cursor) return false;
  gap->second.behind = *cursor;
  if (cursor->empty()) forget(gap);
  add_run(*first, std::move(*addresses));
  return true;
}

}  // namespace majlis::spool
