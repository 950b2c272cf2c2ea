// What a run must know about the recipients of a job with points besides their addresses.

#include "base/log.h"
#include "spool/workload.h"

namespace majlis::spool {
namespace {

constexpr std::size_t kNamesAtOnce = 1000;

}  // namespace

// Whoever comes from the roster from now on brings a name along; those an earlier run read are asked for here.
void Workload::learn_names(OpenJob& job) {
  Job& about = job.file.job();
  if (about.roster) about.roster->names = RosterNames::wanted;
  if (!help_.names) return;
  std::vector<std::string> addresses;
  const auto ask = [&] {
    if (addresses.empty() || job.is_stuck) return;
    const Result<std::vector<std::string>> names = help_.names(about.list, addresses);
    if (names) {
      job.names.add(addresses, *names);
    } else {
      log(Severity::error, LogLine("names").with("job", about.id).with(names.error()));
      job.is_stuck = true;
    }
    addresses.clear();
  };
  job.file.progress().visit_unsettled([&](const Recipient& recipient) {
    addresses.push_back(recipient.address);
    if (addresses.size() >= kNamesAtOnce) ask();
  });
  ask();
}

}  // namespace majlis::spool
