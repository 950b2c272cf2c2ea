#include "spool/flusher.h"

#include "spool/smtp/smtp_client.h"
#include "spool/transport/maildir.h"
#include "spool/transport/sendmail.h"
#include "spool/workload.h"

namespace majlis::spool {
namespace {

bool speaks_smtp(Relay::Kind kind) { return kind != Relay::Kind::sendmail && kind != Relay::Kind::maildir; }

}  // namespace

Result<FlushReport> flush(const Spool& spool, const FlushOptions& options, const FlushHelp& help) {
  const Relay& relay = options.relay;
  Workload work(spool, options, help, speaks_smtp(relay.kind) ? ContentForm::wire : ContentForm::file);
  if (Status listed = work.list(); !listed) return listed.error();
  if (relay.kind == Relay::Kind::maildir) {
    deliver_by_maildir(relay.path, work);
  } else if (relay.kind == Relay::Kind::sendmail) {
    deliver_by_sendmail(relay.path, work);
  } else {
    deliver_by_smtp(options, work);
  }
  return work.finish();
}

}  // namespace majlis::spool
