#pragma once

#include "mail/bounces/report.h"
#include "mail/message.h"

namespace majlis::mail {

// Reads what a letter reports: RFC 3464, 6522 and 6533 first, else the text that mail systems write for people. Pure;
// any bytes are a letter. Nothing in it is proof of anything: whoever writes a letter writes what he likes, so a caller
// counts only addresses that it knows to have mailed.
Report read_report(const Message& message);

}  // namespace majlis::mail
