#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/checksum.h"
#include "base/text.h"
#include "spool/job/job.h"
#include "spool/job/job_head.h"
#include "spool/job/progress.h"
#include "spool/transport/copy.h"
#include "spool/transport/message_content.h"

namespace {

using majlis::Result;
using majlis::spool::JobHead;
using majlis::spool::Progress;

void require(bool condition) {
  if (!condition) std::abort();
}

// What is converted for a relay may lose the points of the text, or all: better than the message.
void require_points(const majlis::spool::Wire& wire, const majlis::spool::Job& job) {
  const std::size_t left = wire.points.size();
  require(wire.dotted_points.size() == left);
  require(left == job.points.size() || left == majlis::spool::header_points(job.points).size() || left == 0);
}

// A copy has one value for each point that came through, and DATA ends where it should.
void fill_in_points(const majlis::spool::Job& job) {
  if (job.points.empty()) return;
  majlis::spool::MessageContent content(job.message, job.points, majlis::spool::ContentForm::wire);
  const majlis::spool::Wire& wire = content.wire({});
  if (!wire.refusal.status.empty()) return;
  require_points(wire, job);
  const std::vector<std::string> values =
      majlis::spool::values_at(wire.points, {"\xC3\xA4\r\n.\r\n@example.org", ".\r\n.\r\nQUIT"}, "\r\n");
  majlis::spool::SendBuffer outgoing;
  majlis::spool::send(outgoing, {wire.dotted, wire.dotted_points, values});
  std::string sent;
  std::array<iovec, majlis::spool::SendBuffer::kPieces> pieces{};
  while (const std::size_t count = outgoing.pieces(pieces)) {
    std::size_t octets = 0;
    for (std::size_t i = 0; i < count; octets += pieces[i++].iov_len) {
      sent.append(static_cast<const char*>(pieces[i].iov_base), pieces[i].iov_len);
    }
    outgoing.take_sent(octets);
  }
  require(!sent.starts_with(".\r\n") && sent.find("\n.\r\n") == std::string::npos);
}

Progress fresh(const JobHead& head) { return {head.checksum, head.job.recipients, head.job.roster.has_value()}; }

// What was read must come back from its compacted form.
void read_records(const JobHead& head, std::string_view records) {
  Progress progress = fresh(head);
  const Result<std::size_t> valid = progress.read(records);
  if (!valid) return;
  require(*valid <= records.size());
  Progress again = fresh(head);
  require(again.read(progress.compacted()).ok());
  require(again.unsettled() == progress.unsettled());
  require(again.untold().size() == progress.untold().size());
  require(again.next_place().behind == progress.next_place().behind);
  require(again.may_have_more() == progress.may_have_more());
}

// The fuzzer does not guess checksums: every line gets the right one.
std::string with_checksums(const JobHead& head, std::string_view text) {
  std::string records;
  while (const std::optional<std::string_view> line = majlis::next_line(text)) {
    const std::uint32_t sum = majlis::crc32c(*line, head.checksum);
    std::string octets;
    for (int shift = 24; shift >= 0; shift -= 8) octets += static_cast<char>(sum >> shift & 0xFFU);
    records += majlis::hex(octets) + " " + std::string(*line) + "\n";
  }
  return records;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (const Result<JobHead> head = majlis::spool::parse_job_head(input)) {
    const Result<JobHead> again = majlis::spool::parse_job_head(majlis::spool::encode_job(head->job));
    require(again.ok() && again->job.recipients == head->job.recipients && again->job.message == head->job.message &&
            again->job.points == head->job.points);
    fill_in_points(head->job);
    read_records(*head, input.substr(head->size));
  }
  // Points need no checksum either: "@@a" is one of the first kind.
  majlis::spool::PointedText pointed = majlis::spool::PointMarks("@@").take_out(input);
  if (majlis::spool::are_points_safe(pointed.text, pointed.points)) {
    majlis::spool::Job job;
    job.message = std::move(pointed.text);
    job.points = std::move(pointed.points);
    fill_in_points(job);
  }
  for (const bool has_roster : {false, true}) {
    JobHead head;
    head.checksum = 1;
    if (has_roster) head.job.roster = majlis::spool::RosterQuery{"l@example.org", 1};
    if (!has_roster) head.job.recipients = {"a@example.org", "b@example.org", "c@example.org", "d@example.org"};
    read_records(head, with_checksums(head, input));
  }
  return 0;
}
