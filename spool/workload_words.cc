// What a run must know about the recipients of a job with points besides their addresses.

#include "base/log.h"
#include "spool/workload.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kRecipientsAtOnce = 1000;

}  // namespace

// Whoever comes from the roster from now on brings them along; those an earlier run read are asked for here.
void Workload::learn_words(OpenJob& job) {
  Job& about = job.file.job();
  const WordsWanted wanted = wanted_at(about.points);
  if (about.roster) about.roster->words = wanted;
  if (!help_.words) return;
  std::vector<std::string> addresses;
  const auto ask = [&] {
    if (addresses.empty() || job.is_stuck) return;
    const Result<std::vector<OwnWords>> words = help_.words(about.list, wanted, addresses);
    if (words) {
      job.words.add(addresses, *words);
    } else {
      log(Severity::error, LogLine("names").with("job", about.id).with(words.error()));
      job.is_stuck = true;
    }
    addresses.clear();
  };
  job.file.progress().visit_unsettled([&](const Recipient& recipient) {
    addresses.push_back(recipient.address);
    if (addresses.size() >= kRecipientsAtOnce) ask();
  });
  ask();
}

}  // namespace majlis::spool
