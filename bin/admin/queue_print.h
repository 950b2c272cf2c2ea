#pragma once

#include <string>

#include "base/clock.h"
#include "lists/rounds/mail_queue.h"

namespace majlis::bin::admin {

// How `majlis queue` shows jobs. Pure.

std::string line_of(const lists::QueuedJob& job, const lists::JobState& state, UnixTime now);
std::string json_of(const lists::QueuedJob& job, const lists::JobState& state, UnixTime now);
std::string line_of_bad(const lists::QueuedJob& job, const std::string& why);
std::string json_of_bad(const lists::QueuedJob& job, const std::string& why);
// What waits and cannot be read.
std::string line_of_damaged(const lists::QueuedJob& job, const std::string& why);
std::string json_of_damaged(const lists::QueuedJob& job, const std::string& why);

// Envelope, progress, and the named recipients of those who are left. As JSON: the job's object, then one object a
// recipient.
std::string details(const lists::QueuedJob& job, const lists::JobState& state, const std::string& why, UnixTime now);
std::string json_details(const lists::QueuedJob& job, const lists::JobState& state, const std::string& why,
                         UnixTime now);

}  // namespace majlis::bin::admin
