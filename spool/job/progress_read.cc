// Progress::read(): what the records of an earlier run add up to.

#include <algorithm>

#include "base/text.h"
#include "spool/job/escape.h"
#include "spool/job/progress.h"
#include "spool/job/ranges.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kChecksumDigits = 8;
constexpr std::size_t kTextAt = kChecksumDigits + 1;
constexpr std::string_view kSynced = "synced ";
constexpr std::uint64_t kMaxIndex = UINT64_MAX / 2;
constexpr std::uint64_t kMaxAttempts = 1'000'000;

Error damaged(std::string_view why) { return Error{ErrorKind::damaged, "spool: read progress: " + std::string(why)}; }

// nullopt: no line ends behind `at`.
std::optional<std::string_view> record_at(std::string_view records, std::size_t at) {
  const std::size_t end = records.find('\n', at);
  return end == std::string_view::npos ? std::nullopt : std::optional(records.substr(at, end - at));
}

std::optional<DeliveryStatus> parse_answer(std::string_view status_word, std::string_view text_word) {
  std::optional<std::string> status = unescaped(status_word);
  std::optional<std::string> text = unescaped(text_word);
  if (!status || !text) return std::nullopt;
  return DeliveryStatus{std::move(*status), std::move(*text)};
}

std::optional<unsigned> parse_attempts(std::string_view word) {
  const std::optional<std::uint64_t> attempts = parse_number(word);
  if (!attempts || *attempts > kMaxAttempts) return std::nullopt;
  return static_cast<unsigned>(*attempts);
}

// "wait RANGES STATUS TEXT ATTEMPTS SINCE", without the last two in files of the first version; "no RANGES STATUS
// TEXT".
std::shared_ptr<const Wait> parse_wait(const std::vector<std::string_view>& words) {
  Wait wait;
  std::optional<DeliveryStatus> answer = parse_answer(words[2], words[3]);
  if (!answer) return nullptr;
  wait.answer = std::move(*answer);
  if (words.size() == 6) {
    const std::optional<unsigned> attempts = parse_attempts(words[4]);
    const std::optional<std::uint64_t> since = parse_number(words[5]);
    if (!attempts || !since || *since > INT64_MAX) return nullptr;
    wait.attempts = *attempts;
    wait.since = static_cast<UnixTime>(*since);
  }
  return std::make_shared<const Wait>(std::move(wait));
}

}  // namespace

bool Progress::is_intact(std::string_view line) const {
  if (line.size() <= kTextAt || line[kChecksumDigits] != ' ') return false;
  return this->line(line.substr(kTextAt)).compare(0, kChecksumDigits, line.substr(0, kChecksumDigits)) == 0;
}

// Records are written in their order, and reach the disk in any until they are synced: behind a spoilt one there may be
// good ones that a power cut left. They are worth nothing, because what stood between is lost; they were never synced.
Result<std::size_t> Progress::read(std::string_view records, Reading reading) {
  std::size_t valid = 0;
  while (const std::optional<std::string_view> line = record_at(records, valid)) {
    if (!is_intact(*line)) break;
    if (!apply(line->substr(kTextAt))) {
      if (reading == Reading::salvage) break;
      return damaged("record \"" + printable(*line, 60) + "\"");
    }
    valid += line->size() + 1;
  }
  if (reading == Reading::salvage) {
    apply_what_is_left(records.substr(valid));
  } else if (synced_behind(records, valid) > valid) {
    return damaged("the record at octet " + std::to_string(valid) + " is spoilt, later ones are not");
  }
  begin_again();
  return valid;
}

// The most that a record behind `from` says was on the disk.
std::uint64_t Progress::synced_behind(std::string_view records, std::size_t from) const {
  std::uint64_t most = 0;
  std::size_t at = from;
  while (const std::optional<std::string_view> line = record_at(records, at)) {
    at += line->size() + 1;
    const bool is_about_it = line->size() > kTextAt && line->substr(kTextAt).starts_with(kSynced);
    if (!is_about_it || !is_intact(*line)) continue;
    most = std::max(most, parse_number(line->substr(kTextAt + kSynced.size())).value_or(0));
  }
  return most;
}

// Records are about recipients by their numbers. Those of a roster have theirs from records in front, so behind a
// spoilt one nothing can be understood.
void Progress::apply_what_is_left(std::string_view records) {
  if (has_roster_) return;
  while (const std::optional<std::string_view> line = next_line(records)) {
    if (is_intact(*line)) (void)apply(line->substr(kTextAt));  // what contradicts is passed over as well
  }
}

void Progress::begin_again() {
  for (auto& [first, run] : runs_) {
    for (const Recipient& recipient : run.recipients) {
      const bool is_settled = recipient.state == Recipient::State::settled;
      uncertain_at_start_ += recipient.is_uncertain && !is_settled ? 1 : 0;
    }
  }
  for (auto run = runs_.begin(); run != runs_.end();) dissolve(run++);
  for (auto run = runs_.begin(); run != runs_.end();) {
    const auto here = run++;
    if (!here->second.is_named) make_gap(here);
  }
  requeue_deferred();
}

bool Progress::apply(std::string_view text) {
  const std::vector<std::string_view> words = split_at(text, ' ');
  const std::string_view kind = words.front();
  if (kind == "page") return apply_page(words);
  if (kind == "span" || kind == "gap") return apply_span(words);
  if (kind == "names") return apply_names(words);
  if (kind == "again") return apply_again(words);
  if (kind == "ok" || kind == "try" || kind == "wait" || kind == "no") return apply_outcome(kind, words);
  if (kind == "fail") return apply_failure(words);
  if (kind == "due") return apply_due(words);
  if (kind == "total") return apply_total(words);
  if (kind == "synced") return words.size() == 2 && parse_number(words[1]).has_value();
  if (words.size() != 1) return false;
  if (kind == "claim") {
    ++fruitless_claims_;
    return true;
  }
  if (kind == "told") {
    untold_.clear();
    return true;
  }
  if (kind == "retry") {
    forget_waits();
    return true;
  }
  return false;
}

// "page FIRST ADDRESS... > CURSOR", or "page FIRST ADDRESS... >" when a compaction wrote it.
bool Progress::apply_page(const std::vector<std::string_view>& words) {
  if (!has_roster_ || roster_ended_ || words.size() < 3) return false;
  const std::optional<std::uint64_t> first = parse_number(words[1]);
  if (!first || *first < next_index_ || *first > kMaxIndex) return false;
  std::vector<std::string> addresses;
  std::size_t i = 2;
  for (; i < words.size() && words[i] != ">"; ++i) {
    std::optional<std::string> address = unescaped(words[i]);
    if (!address) return false;
    addresses.push_back(std::move(*address));
  }
  const std::size_t behind = words.size() - i;  // ">" and perhaps the cursor
  if (behind != 1 && behind != 2) return false;
  if (behind == 2) {
    std::optional<std::string> cursor = unescaped(words[i + 1]);
    if (!cursor) return false;
    cursor_ = std::move(*cursor);
    roster_ended_ = cursor_.empty();
  }
  add_run(*first, std::move(addresses));
  return true;
}

bool Progress::apply_outcome(std::string_view kind, const std::vector<std::string_view>& words) {
  const bool has_answer = kind == "wait" || kind == "no";
  const bool has_times = kind == "wait" && words.size() == 6;
  if (!has_times && words.size() != (has_answer ? 4U : 2U)) return false;
  const std::optional<std::vector<IndexRange>> ranges = parse_ranges(words[1]);
  const std::shared_ptr<const Wait> wait = has_answer ? parse_wait(words) : nullptr;
  if (!ranges || (has_answer && !wait)) return false;
  for (const IndexRange& range : *ranges) {
    if (!apply_to_range(kind, range.from, range.to, wait)) return false;
  }
  if (kind != "try") fruitless_claims_ = 0;
  return true;
}

bool Progress::apply_to_range(std::string_view kind, std::uint64_t from, std::uint64_t to,
                              const std::shared_ptr<const Wait>& wait) {
  for (std::uint64_t index = from; index <= to; ++index) {
    const auto run = run_of(index);
    if (run == runs_.end() || !may_speak_of(run, kind, from, to)) return false;
    if (!apply_one(kind, run, run->second.recipients[static_cast<std::size_t>(index - run->first)], wait)) {
      return false;
    }
  }
  return true;
}

// Of a span only what is said of all.
bool Progress::may_speak_of(Runs::const_iterator run, std::string_view kind, std::uint64_t from, std::uint64_t to) {
  const bool is_whole = from <= run->first && to - run->first >= run->second.recipients.size() - 1;
  return run->second.is_named || (is_whole && (kind == "ok" || kind == "try"));
}

bool Progress::apply_one(std::string_view kind, Runs::iterator run, Recipient& recipient,
                         const std::shared_ptr<const Wait>& wait) {
  if (recipient.state == Recipient::State::settled) return false;
  recipient.is_uncertain = kind == "try";
  if (kind == "try") return true;
  if (kind == "wait") recipient.last = wait;
  if (kind == "no") untold_.push_back(Loss{recipient.address, wait->answer});
  delivered_ += kind == "ok" ? 1 : 0;
  failed_ += kind == "no" ? 1 : 0;
  change(run->second, recipient, kind == "wait" ? Recipient::State::deferred : Recipient::State::settled);
  return true;
}

bool Progress::apply_failure(const std::vector<std::string_view>& words) {
  if (words.size() != 4) return false;
  std::optional<std::string> address = unescaped(words[1]);
  std::optional<DeliveryStatus> answer = parse_answer(words[2], words[3]);
  if (!address || !answer) return false;
  untold_.push_back(Loss{std::move(*address), std::move(*answer)});
  return true;
}

// A compaction wrote it: what the records that it replaced added up to.
bool Progress::apply_total(const std::vector<std::string_view>& words) {
  if (words.size() != 3) return false;
  const std::optional<std::uint64_t> delivered = parse_number(words[1]);
  const std::optional<std::uint64_t> failed = parse_number(words[2]);
  if (!delivered || !failed || *delivered > kMaxIndex || *failed > kMaxIndex) return false;
  delivered_ = *delivered;
  failed_ = *failed;
  return true;
}

bool Progress::apply_due(const std::vector<std::string_view>& words) {
  if (words.size() != 5) return false;
  const std::optional<std::uint64_t> due = parse_number(words[1]);
  const std::optional<unsigned> attempts = parse_attempts(words[2]);
  std::optional<DeliveryStatus> why = parse_answer(words[3], words[4]);
  if (!due || !attempts || !why) return false;
  attempts_ = *attempts;
  trouble_ = std::move(*why);
  fruitless_claims_ = 0;
  return true;
}

}  // namespace majlis::spool
