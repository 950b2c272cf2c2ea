#include "spool/flusher.h"

#include "spool/maildir.h"
#include "spool/sendmail.h"
#include "spool/smtp_client.h"
#include "spool/workload.h"

namespace majlis::spool {
namespace {

bool speaks_smtp(Relay::Kind kind) {
  return kind == Relay::Kind::smtp || kind == Relay::Kind::lmtp_tcp || kind == Relay::Kind::lmtp_socket;
}

}  // namespace

Result<FlushReport> flush(const Spool& spool, const FlushOptions& options, const FlushHelp& help) {
  const Relay& relay = options.relay;
  if (relay.kind == Relay::Kind::smtps) {
    return Error{ErrorKind::misconfigured,
                 "spool: flush: " + relay.text() + ": TLS is not supported yet; use smtp:// to a local MTA"};
  }
  Workload work(spool, options, help, speaks_smtp(relay.kind) ? LetterForm::wire : LetterForm::file);
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
