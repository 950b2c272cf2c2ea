#pragma once

#include "mail/bounce.h"
#include "mail/bounce_layouts.h"
#include "mail/bounce_text.h"

namespace majlis::mail {

// Adds the recipients that the text for people names, with `outcome`. Layouts that need more trust than `given` are
// not asked.
void read_prose(const ReportText& text, Outcome outcome, Trust given, Report& report);

}  // namespace majlis::mail
