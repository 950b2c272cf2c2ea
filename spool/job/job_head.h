#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "spool/job/job.h"

namespace majlis::spool {

// The bytes of a fresh job file (doc/SPOOL.md has the grammar) in front of the message, which ends it. Checksummed with
// the message, append-only afterwards.
std::string encode_job_head(const Job& job);
inline std::string encode_job(const Job& job) { return encode_job_head(job) + job.message; }

// The unchanging part of a job file: first line, envelope, message.
struct JobHead {
  Job job;
  std::size_t size = 0;        // octets; progress records begin here
  std::uint32_t checksum = 0;  // seeds the checksums of the progress records
};

// Pure. `damaged` with the reason when the head is cut, changed, of another version or not ours.
Result<JobHead> parse_job_head(std::string_view bytes);

}  // namespace majlis::spool
