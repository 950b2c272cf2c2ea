#include "spool/transport/maildir.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>

#include "base/file.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kMaxNameOctets = 255;

Status make_maildir(const std::string& directory, const std::string& maildir) {
  if (path_exists(maildir + "/cur")) return {};
  if (Status made = make_directories(maildir, 0700); !made) return made;
  for (const char* folder : {"/tmp", "/new"}) {
    if (Status made = make_directory(maildir + folder, 0700); !made) return made;
  }
  // Those who were killed may have made some of them without a sync.
  for (const std::string& parent : {directory + "/..", directory}) {
    if (Status synced = sync_directory(parent); !synced) return synced;
  }
  // cur/ comes last: where it exists, all exist.
  return make_directory(maildir + "/cur", 0700);
}

// A reader of mail moves new/NAME to cur/NAME:2,FLAGS.
Result<bool> is_delivered(const std::string& maildir, const std::string& name) {
  if (path_exists(maildir + "/new/" + name)) return true;
  const Result<std::vector<std::string>> read = list_directory(maildir + "/cur");
  if (!read) return read.error();
  return std::any_of(read->begin(), read->end(), [&](const std::string& each) {
    return each == name || each.compare(0, name.size() + 1, name + ":") == 0;
  });
}

DeliveryOutcome outcome_of(const Status& status) {
  if (status) return {DeliveryOutcome::Kind::delivered, {}};
  return {DeliveryOutcome::Kind::deferred, {"4.2.0", status.error().what}};
}

}  // namespace

bool is_maildir_name(std::string_view address) {
  return is_sendable(address) && address.size() <= kMaxNameOctets && address.front() != '.' &&
         address.find('/') == std::string_view::npos;
}

Status deliver_to_maildir(const std::string& directory, std::string_view address, std::string_view sender,
                          std::string_view job_id, const Copy& copy) {
  const std::string maildir = directory + "/" + std::string(address);
  const std::string name = std::string(job_id) + ".majlis";
  if (Status made = make_maildir(directory, maildir); !made) return made;
  const Result<bool> delivered = is_delivered(maildir, name);
  if (!delivered) return delivered.error();
  // A run killed behind the rename may not have made the name durable.
  if (*delivered) return sync_directory(maildir + "/new");

  const std::string temporary = maildir + "/tmp/" + name;
  const std::string target = maildir + "/new/" + name;
  unlink(temporary.c_str());
  Result<UniqueFd> fd = open_file(temporary, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!fd) return fd.error();
  const std::string head = "Return-Path: <" + std::string(sender) + ">\nDelivered-To: " + std::string(address) + "\n";
  Status done = write_all(fd->get(), head, temporary);
  if (done) done = write_copy(fd->get(), copy, temporary);
  if (done) done = sync_file(fd->get(), temporary);
  if (done && rename(temporary.c_str(), target.c_str()) != 0)
    done = error_from_errno("spool: deliver " + target, errno);
  if (!done) {
    unlink(temporary.c_str());
    return done;
  }
  return sync_directory(maildir + "/new");
}

void deliver_by_maildir(const std::string& directory, BatchSource& work) {
  while (const std::optional<Batch> batch = work.take()) {
    std::vector<DeliveryOutcome> outcomes(batch->targets.size());
    const bool is_sender_good = batch->sender.empty() || is_sendable(batch->sender);
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const bool is_good = is_maildir_name(batch->targets[i].recipient->address);
      outcomes[i].kind = DeliveryOutcome::Kind::accepted;
      if (!is_good) outcomes[i] = {DeliveryOutcome::Kind::failed, {"5.1.3", "the address cannot name a folder"}};
      if (!is_sender_good) outcomes[i] = {DeliveryOutcome::Kind::failed, {"5.1.7", "the envelope sender is malformed"}};
    }
    const std::vector<std::string> values = file_values(*batch);
    const Copy copy = batch->content->file_copy(values);
    const bool may_go_on = work.intend(*batch, outcomes).ok() && work.write_down().ok();
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (outcomes[i].kind != DeliveryOutcome::Kind::accepted) continue;
      outcomes[i] = may_go_on ? outcome_of(deliver_to_maildir(directory, batch->targets[i].recipient->address,
                                                              batch->sender, batch->job_id, copy))
                              : DeliveryOutcome();
    }
    work.settle(*batch, outcomes);
    work.sync_overdue();
  }
}

}  // namespace majlis::spool
