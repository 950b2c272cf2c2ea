#pragma once

#include <string>

#include "base/clock.h"
#include "spool/queue.h"

namespace majlis::bin::admin {

// How `majlis queue` shows jobs. Pure.

std::string line_of(const spool::QueueEntry& entry, const spool::JobView& view, UnixTime now);
std::string json_of(const spool::QueueEntry& entry, const spool::JobView& view, UnixTime now);
std::string line_of_bad(const spool::QueueEntry& entry, const std::string& why);
std::string json_of_bad(const spool::QueueEntry& entry, const std::string& why);
// What waits and cannot be read.
std::string line_of_damaged(const spool::QueueEntry& entry, const std::string& why);
std::string json_of_damaged(const spool::QueueEntry& entry, const std::string& why);

constexpr std::size_t kMaxShownRecipients = 1000;
// Envelope, progress, and at most kMaxShownRecipients of those who are left. As JSON: the job's object, then one object
// a recipient.
std::string details(const spool::QueueEntry& entry, const spool::JobView& view, const std::string& why, UnixTime now);
std::string json_details(const spool::QueueEntry& entry, const spool::JobView& view, const std::string& why,
                         UnixTime now);

std::string cancelled_text(const spool::JobView& view);
std::string cancelled_damaged_text(const std::string& why);

}  // namespace majlis::bin::admin
