#include "lists/effects/work.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "base/file.h"
#include "base/text.h"
#include "mail/mbox.h"
#include "spool/job/job_head.h"
#include "spool/job/staged_name.h"
#include "spool/job/staging.h"
#include "spool/spool.h"

namespace majlis::lists {
namespace {

constexpr UnixTime kDay = 24 * 3600;
constexpr UnixTime kReceiptLife = 15 * kDay;  // longer than any MTA keeps trying
constexpr std::size_t kForgetPerWork = 32;    // rows whose time is over, swept by whoever comes by

// What a power cut brought back nobody would remove again.
Status remove_for_good(const std::string& path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) return error_from_errno("lists: remove " + path, errno);
  const Status synced = sync_directory(path.substr(0, path.rfind('/')));
  return !synced && synced.error().kind == ErrorKind::missing ? Status() : synced;
}

int nibble(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 0;
}

}  // namespace

// The name's first 32 hex digits (spool/job/staged_name.h).
std::string fingerprint_of(std::string_view staged_name) {
  std::string fingerprint;
  for (std::size_t i = 0; i + 1 < 32; i += 2) {
    fingerprint += static_cast<char>(nibble(staged_name[i]) * 16 + nibble(staged_name[i + 1]));
  }
  return fingerprint;
}

Work::Work(const Site& site, std::string fingerprint, UnixTime now, std::unique_ptr<store::Writer> state)
    : site_(&site), fingerprint_(std::move(fingerprint)), now_(now), state_(std::move(state)) {}
Work::Work(Work&&) noexcept = default;
Work::~Work() = default;

Result<Work> Work::begin(const Site& site, std::string fingerprint, UnixTime now) {
  Result<std::unique_ptr<store::Writer>> state = site.open_writer();
  if (!state) return state.error();
  Work work(site, std::move(fingerprint), now, std::move(*state));
  Result<std::optional<store::Receipt>> receipt = work.state_->find_receipt(work.fingerprint_);
  if (!receipt) return receipt.error();
  work.receipt_ = std::move(*receipt);
  if (work.is_repeat()) return work;
  Result<std::size_t> forgotten = work.state_->forget_expired(now, kForgetPerWork);
  if (!forgotten) return forgotten.error();
  return work;
}

std::string Work::next_message_id(std::string_view domain) {
  return "<" + hex(fingerprint_) + "." + std::to_string(message_ids_++) + "@" + std::string(domain) + ">";
}

std::string Work::send(Outgoing outgoing) {
  outgoing_.emplace_back(next_staged_name(), std::move(outgoing));
  return outgoing_.back().first;
}

std::string Work::next_staged_name() { return spool::staged_name(fingerprint_, staged_count_++); }

void Work::write_file(std::string target, std::string bytes) {
  std::erase_if(files_, [&](const auto& file) { return file.first == target; });
  files_.emplace_back(std::move(target), std::move(bytes));
}

const std::string* Work::pending_file(std::string_view target) const {
  for (const auto& [name, bytes] : files_) {
    if (name == target) return &bytes;
  }
  return nullptr;
}

Status Work::archive(const List& list, std::string_view message, std::string_view envelope_sender) {
  const std::string month = year_month(now_);
  Result<std::uint64_t> length = state_->archive_octets(list.address(), month);
  if (!length) return length.error();
  Status made = make_directory(list.directory() + "/archive", 0700);
  if (!made) return made;
  const std::string path = list.directory() + "/archive/" + month + ".mbox";
  Result<FileAppend> file = FileAppend::open(path, *length);
  if (!file) return file.error();
  mail::write_mbox_entry(message, envelope_sender, now_, [&](std::string_view piece) { file->put(piece); });
  Status written = file->finish();
  return written ? state_->set_archive_octets(list.address(), month, file->end()) : written;
}

void Work::note(std::string key, std::string text) { notes_.push_back({now_, std::move(key), std::move(text)}); }

bool Work::sends_to(const mail::Address& address) const {
  return std::any_of(outgoing_.begin(), outgoing_.end(), [&](const auto& job) {
    const Outgoing& out = job.second;
    return out.recipients.size() == 1 && out.recipients.front() == address.text();
  });
}

Result<bool> Work::count_within(std::string_view key, std::uint64_t limit, UnixTime window_s) {
  Result<std::uint64_t> counted = state_->counted(key, now_, window_s);
  if (!counted) return counted.error();
  if (*counted >= limit) return false;
  Status count = state_->count(key, now_, window_s);
  if (!count) return count.error();
  return true;
}

Result<std::vector<store::PublishStep>> Work::stage() {
  spool::Staging staging(site_->spool().directory());
  Result<store::ChangeNumber> change = state_->change_number();
  if (!change) return change.error();
  for (auto& [id, out] : outgoing_) {
    spool::Job job;
    job.id = id;
    job.created = now_;
    job.expires = now_ + site_->config().job_days * kDay;
    if (out.give_up != 0) job.expires = std::min(job.expires, out.give_up);
    job.list = out.list;
    job.message_id = out.message_id;
    job.sender = out.sender;
    job.recipients = std::move(out.recipients);
    if (out.to_members) {
      job.roster = spool::RosterQuery{.list = out.list,
                                      .as_of = *change,
                                      .with_any = out.with_any,
                                      .without = out.without,
                                      .reaches = out.reaches,
                                      .part = std::move(out.part),
                                      .topics = std::move(out.topics),
                                      .except = std::move(out.except)};
    }
    job.verp = out.verp;
    job.message = std::move(out.message);
    job.points = std::move(out.points);
    Status staged = staging.add(job.id, spool::encode_job_head(job), job.message);
    if (!staged) return staged.error();
    steps_.push_back({job.id, "spool/new/" + job.id});
  }
  for (const auto& [target, bytes] : files_) {
    const std::string name = next_staged_name();
    Status staged = staging.add(name, bytes);
    if (!staged) return staged.error();
    steps_.push_back({name, target});
  }
  Status synced = staging.sync();
  if (!synced) return synced.error();
  return steps_;
}

Status Work::publish_leftovers() { return lists::publish_leftovers(*site_, *state_); }

Status Work::finish(std::string_view outcome) {
  if (is_repeat()) return publish(*site_, receipt_->steps);
  Result<std::vector<store::PublishStep>> steps = stage();
  if (!steps) return steps.error();
  Status done = state_->record_receipt({fingerprint_, *steps, std::string(outcome), now_}, now_ + kReceiptLife);
  for (const store::TraceEvent& event : notes_) {
    if (done) done = state_->add_trace(event, now_ + kTraceLife);
  }
  if (done) done = state_->commit();
  if (!done) return done;
  for (const LogLine& line : log_lines_) log(Severity::info, line);
  return publish(*site_, *steps);
}

Status publish_leftovers(const Site& site, const store::Writer& state) {
  const Result<std::vector<std::string>> names = list_directory(site.spool().directory() + "/tmp");
  if (!names) return names.error();
  for (const std::string& name : *names) {
    if (!spool::is_staged_name(name)) continue;
    Result<std::optional<store::Receipt>> receipt = state.find_receipt(fingerprint_of(name));
    if (!receipt) return receipt.error();
    if (!*receipt) continue;
    Status published = publish(site, (*receipt)->steps);
    // A list that is gone, folder and all, is the flusher's business (lists/rounds/delivery.cc).
    if (!published && published.error().kind != ErrorKind::missing) return published;
  }
  return {};
}

Status publish(const Site& site, const std::vector<store::PublishStep>& steps) {
  const spool::Spool spool = site.spool();
  for (const store::PublishStep& step : steps) {
    const std::string target = site.directory() + "/" + step.target;
    if (!step.staged.empty()) {
      Status published = spool.publish(step.staged, target);
      if (!published) return published;
      continue;
    }
    if (Status removed = remove_for_good(target); !removed) return removed;
  }
  return {};
}

}  // namespace majlis::lists
