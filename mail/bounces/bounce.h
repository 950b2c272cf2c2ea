#pragma once

#include "mail/bounces/report.h"
#include "mail/message.h"
#include "mail/return_path.h"

namespace majlis::mail {

// Reads what a letter reports: RFC 3464, 6522 and 6533 first, else the text that mail systems write for people. Pure;
// any bytes are a letter. Nothing in it is proof of anything: whoever writes a letter writes what he likes, so a caller
// counts only addresses that it knows to have mailed. `envelope_sender` is whom the MTA said it came from: unreadable
// where that is not known, and then the Return-Path of the letter tells.
Report read_report(const Message& message, const ReturnPath& envelope_sender = ReturnPath::unreadable());

}  // namespace majlis::mail
