#include "bin/admin/cancel.h"

#include "bin/admin/queue_print.h"
#include "lists/effects/work.h"
#include "store/database.h"

namespace majlis::bin::admin {
namespace {

// So that `majlis trace` knows why the rest never got it. The job is gone by then: a failure is only said.
void trace_cancelled(const Call& call, const lists::Site& site, const spool::JobView& view) {
  if (view.job.message_id.empty()) return;
  Result<std::unique_ptr<store::Writer>> writer = store::Writer::open(site.database_directory(), kLockTimeout_ms);
  Status noted =
      writer ? (*writer)->add_trace({call.now, view.job.message_id, cancelled_text(view)}, call.now + lists::kTraceLife)
             : Status(writer.error());
  if (noted) noted = (*writer)->commit();
  if (!noted) complain(call, noted.error().what);
}

}  // namespace

Result<spool::Change> cancel(const Call& call, const lists::Site& site, const spool::QueueEntry& entry,
                             const spool::JobView& view) {
  const Result<spool::Change> change = spool::cancel_job(site.spool(), entry, cancelled_text(view));
  if (change && *change == spool::Change::done) trace_cancelled(call, site, view);
  return change;
}

}  // namespace majlis::bin::admin
