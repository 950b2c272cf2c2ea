#include "spool/job/progress.h"

#include <algorithm>
#include <cassert>

#include "base/checksum.h"
#include "spool/job/escape.h"
#include "spool/job/ranges.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kChecksumOctets = 9;  // eight digits and a blank

std::string escaped_answer(const DeliveryStatus& answer) { return escaped(answer.status) + " " + escaped(answer.text); }

std::string wait_text(const RangeText& ranges, const Wait& wait) {
  return "wait " + ranges.text() + " " + escaped_answer(wait.answer) + " " + std::to_string(wait.attempts) + " " +
         std::to_string(wait.since);
}

}  // namespace

Progress::Progress(std::uint32_t seed, std::vector<std::string> recipients, bool has_roster)
    : seed_(seed), has_roster_(has_roster) {
  add_run(0, std::move(recipients));
}

Progress::Runs::iterator Progress::add_run(std::uint64_t first, std::vector<std::string> addresses) {
  next_index_ = first + addresses.size();
  if (addresses.empty()) return runs_.end();
  Run run;
  run.busy = addresses.size();
  run.recipients.resize(addresses.size());
  for (std::size_t i = 0; i < addresses.size(); ++i) run.recipients[i].address = std::move(addresses[i]);
  waiting_ += run.busy;
  return runs_.emplace_hint(runs_.end(), first, std::move(run));
}

Progress::Runs::iterator Progress::run_of(std::uint64_t index) {
  auto run = runs_.upper_bound(index);
  if (run == runs_.begin()) return runs_.end();
  --run;
  return index - run->first < run->second.recipients.size() ? run : runs_.end();
}

void Progress::change(Run& run, Recipient& recipient, Recipient::State state) {
  const auto count_of = [this](Recipient::State of) -> std::size_t* {
    if (of == Recipient::State::waiting) return &waiting_;
    if (of == Recipient::State::taken) return &taken_;
    return of == Recipient::State::deferred ? &deferred_ : nullptr;
  };
  const auto is_busy = [](Recipient::State of) {
    return of == Recipient::State::waiting || of == Recipient::State::taken;
  };
  if (std::size_t* count = count_of(recipient.state)) --*count;
  if (is_busy(recipient.state)) --run.busy;
  recipient.state = state;
  if (std::size_t* count = count_of(state)) ++*count;
  if (is_busy(state)) ++run.busy;
}

// Only a roster's runs shrink: the recipients in the head of the file keep their places.
void Progress::dissolve(Runs::iterator run) {
  if (!has_roster_ || run->second.busy != 0 || run->second.unread != 0) return;
  const std::uint64_t first = run->first;
  std::vector<Recipient> recipients = std::move(run->second.recipients);
  runs_.erase(run);
  Run rest;
  std::uint64_t rest_first = 0;
  for (std::size_t i = 0; i <= recipients.size(); ++i) {
    const bool is_kept = i < recipients.size() && recipients[i].state == Recipient::State::deferred;
    if (is_kept) {
      if (rest.recipients.empty()) rest_first = first + i;
      rest.recipients.push_back(std::move(recipients[i]));
    } else if (!rest.recipients.empty()) {
      rest.recipients.shrink_to_fit();
      runs_.emplace(rest_first, std::move(rest));
      rest = Run();
    }
  }
}

std::vector<Target> Progress::take(std::size_t max, const Gate& gate) {
  std::vector<Target> targets;
  std::optional<std::uint64_t> first_skipped;
  targets.reserve(std::min(max, waiting_));
  auto run = runs_.upper_bound(scan_from_);
  if (run != runs_.begin()) --run;
  for (; run != runs_.end() && waiting_ > 0 && targets.size() < max; ++run) {
    std::size_t i = scan_from_ > run->first ? static_cast<std::size_t>(scan_from_ - run->first) : 0;
    const bool may_break = run->second.is_named || i > 0 || targets.empty() || first_skipped;
    if (!may_break && run->second.recipients.size() > max - targets.size()) break;
    for (; i < run->second.recipients.size() && targets.size() < max; ++i) {
      scan_from_ = run->first + i + 1;
      Recipient& recipient = run->second.recipients[i];
      if (recipient.state != Recipient::State::waiting) continue;
      const Admission admission = gate ? gate(recipient) : Admission::go;
      if (admission == Admission::not_yet) {
        if (!first_skipped) first_skipped = run->first + i;
        continue;
      }
      const bool goes = admission == Admission::go;
      change(run->second, recipient, goes ? Recipient::State::taken : Recipient::State::deferred);
      if (goes) targets.push_back(Target{run->first + i, &recipient});
    }
  }
  if (first_skipped) scan_from_ = *first_skipped;
  has_passed_over_ = first_skipped.has_value();
  return targets;
}

void Progress::visit_unsettled(const std::function<void(const Recipient&)>& visit) const {
  for (const auto& [first, run] : runs_) {
    for (const Recipient& recipient : run.recipients) {
      if (recipient.state != Recipient::State::settled) visit(recipient);
    }
  }
}

void Progress::requeue_deferred() {
  scan_from_ = 0;
  if (deferred_ == 0) return;
  for (auto& [first, run] : runs_) {
    for (Recipient& recipient : run.recipients) {
      if (recipient.state == Recipient::State::deferred) change(run, recipient, Recipient::State::waiting);
    }
  }
}

std::string Progress::line(std::string_view text) const {
  std::string whole(kChecksumOctets, ' ');
  whole.reserve(whole.size() + text.size() + 1);
  whole += text;
  seal(whole);
  return whole;
}

// `line` begins with room for the checksum.
void Progress::seal(std::string& line) const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::uint32_t checksum = crc32c(std::string_view(line).substr(kChecksumOctets), seed_);
  for (std::size_t digit = kChecksumOctets - 1; digit > 0; --digit) {
    line[digit - 1] = kDigits[checksum & 15U];
    checksum >>= 4U;
  }
  line += '\n';
}

std::string Progress::record_claim() {
  ++fruitless_claims_;
  return line("claim");
}

std::string Progress::record_synced(std::uint64_t octets) const { return line("synced " + std::to_string(octets)); }

std::string Progress::record_try(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes) {
  RangeText ranges;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (outcomes[i].kind != DeliveryOutcome::Kind::accepted) continue;
    targets[i].recipient->is_uncertain = true;
    ranges.add(targets[i].index);
  }
  if (ranges.is_empty()) return {};
  return names_for(targets, outcomes, DeliveryOutcome::Kind::accepted) + line("try " + ranges.text());
}

std::string Progress::record_outcomes(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes,
                                      UnixTime now) {
  std::string records = names_for(targets, outcomes, DeliveryOutcome::Kind::delivered);
  RangeText delivered;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (outcomes[i].kind != DeliveryOutcome::Kind::delivered) continue;
    delivered.add(targets[i].index);
    ++delivered_;
  }
  if (!delivered.is_empty()) records += line("ok " + delivered.text());

  const auto attempts_of = [&](std::size_t i) {
    const std::shared_ptr<const Wait>& last = targets[i].recipient->last;
    return last ? last->attempts : 0U;
  };
  for (std::size_t i = 0; i < targets.size();) {
    const DeliveryOutcome& outcome = outcomes[i];
    const bool is_deferred = outcome.kind == DeliveryOutcome::Kind::deferred;
    if (!is_deferred && outcome.kind != DeliveryOutcome::Kind::failed) {
      ++i;
      continue;
    }
    RangeText same;
    const unsigned attempts = attempts_of(i);
    const auto wait =
        std::make_shared<const Wait>(Wait{outcome.answer, std::min(attempts + 1, kMaxCountedAttempts), now});
    for (; i < targets.size() && outcomes[i].kind == outcome.kind && outcomes[i].answer == outcome.answer &&
           attempts_of(i) == attempts;
         ++i) {
      same.add(targets[i].index);
      if (is_deferred) {
        targets[i].recipient->last = wait;
        continue;
      }
      untold_.push_back(Loss{targets[i].recipient->address, outcome.answer});
      ++failed_;
    }
    records += line(is_deferred ? wait_text(same, *wait) : "no " + same.text() + " " + escaped_answer(outcome.answer));
  }
  if (!records.empty()) fruitless_claims_ = 0;
  settle_states(targets, outcomes);
  return records;
}

void Progress::settle_states(const std::vector<Target>& targets, const std::vector<DeliveryOutcome>& outcomes) {
  std::vector<Runs::iterator> touched;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const bool is_same =
        !touched.empty() && targets[i].index - touched.back()->first < touched.back()->second.recipients.size();
    if (!is_same) touched.push_back(run_of(targets[i].index));
    assert(touched.back() != runs_.end());
    Run& run = touched.back()->second;
    Recipient& recipient = *targets[i].recipient;
    recipient.is_uncertain = false;
    switch (outcomes[i].kind) {
      case DeliveryOutcome::Kind::delivered:
      case DeliveryOutcome::Kind::failed: change(run, recipient, Recipient::State::settled); break;
      case DeliveryOutcome::Kind::deferred: change(run, recipient, Recipient::State::deferred); break;
      case DeliveryOutcome::Kind::untried:
      case DeliveryOutcome::Kind::accepted:
        change(run, recipient, Recipient::State::waiting);
        scan_from_ = std::min(scan_from_, targets[i].index);
        break;
    }
  }
  for (const Runs::iterator run : touched) dissolve(run);
}

std::string Progress::record_told() {
  untold_.clear();
  return line("told");
}

std::string Progress::record_due(UnixTime due, unsigned attempts, const DeliveryStatus& why) {
  attempts_ = attempts;
  fruitless_claims_ = 0;
  trouble_ = why;
  return line("due " + std::to_string(due) + " " + std::to_string(attempts_) + " " + escaped_answer(why));
}

std::string Progress::record_retry() {
  forget_waits();
  return line("retry");
}

void Progress::forget_waits() {
  attempts_ = 0;
  fruitless_claims_ = 0;
  std::shared_ptr<const Wait> old;
  std::shared_ptr<const Wait> fresh;
  for (auto& [first, run] : runs_) {
    for (Recipient& recipient : run.recipients) {
      if (!recipient.last) continue;
      if (recipient.last != old) {
        old = recipient.last;
        fresh = std::make_shared<const Wait>(Wait{old->answer, 0, 0});
      }
      recipient.last = fresh;
    }
  }
}

void Progress::compact_run(std::string& out, std::uint64_t first, const std::vector<Recipient>& recipients) const {
  std::string text;
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    if (recipients[i].state != Recipient::State::settled) {
      if (text.empty()) text = "page " + std::to_string(first + i);
      text += ' ';
      append_escaped(text, recipients[i].address);
    } else if (!text.empty()) {
      out += line(text + " >");
      text.clear();
    }
  }
  if (!text.empty()) out += line(text + " >");
}

std::string Progress::compacted() const {
  std::string out;
  RangeText settled;
  for (const auto& [first, run] : runs_) {
    if (!run.is_named) {
      out += gap_line(first, run);
      continue;
    }
    if (has_roster_) compact_run(out, first, run.recipients);
    for (std::size_t i = 0; i < run.recipients.size() && !has_roster_; ++i) {
      if (run.recipients[i].state == Recipient::State::settled) settled.add(first + i);
    }
  }
  // A page may hold nobody (members who get no mail): it moves the cursor all the same.
  const bool is_started = roster_ended_ || !cursor_.empty();
  if (has_roster_ && (next_index_ > 0 || is_started)) {
    out += line("page " + std::to_string(next_index_) + " >" + (is_started ? " " + escaped(cursor_) : ""));
  }
  if (!settled.is_empty()) out += line("ok " + settled.text());

  RangeText uncertain;
  for (const auto& [first, run] : runs_) {
    for (std::size_t i = 0; i < run.unread && run.is_uncertain; ++i) uncertain.add(first + i);
    for (std::size_t i = 0; i < run.recipients.size();) {
      const std::shared_ptr<const Wait>& last = run.recipients[i].last;
      RangeText same;
      for (; i < run.recipients.size() && run.recipients[i].last == last; ++i) {
        if (run.recipients[i].state == Recipient::State::settled) continue;
        same.add(first + i);
        if (run.recipients[i].is_uncertain) uncertain.add(first + i);
      }
      if (last && !same.is_empty()) out += line(wait_text(same, *last));
    }
  }
  if (!uncertain.is_empty()) out += line("try " + uncertain.text());
  for (const Loss& loss : untold_) out += line("fail " + escaped(loss.address) + " " + escaped_answer(loss.answer));
  if (attempts_ > 0) out += line("due 0 " + std::to_string(attempts_) + " " + escaped_answer(trouble_));
  if (delivered_ + failed_ > 0) out += line("total " + std::to_string(delivered_) + " " + std::to_string(failed_));
  return out;
}

}  // namespace majlis::spool
