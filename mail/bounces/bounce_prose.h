#pragma once

#include <string>

#include "mail/bounces/bounce_layouts.h"
#include "mail/bounces/bounce_text.h"
#include "mail/bounces/report.h"

namespace majlis::mail {

// What is known of the letter besides its text.
struct ProseSource {
  Trust trust = Trust::phrase;  // layouts that need more are not asked
  std::string domain;           // of the author, "" when there is no single one
};

// Adds the recipients that the text for people names, with `outcome`.
void read_prose(const ReportText& text, Outcome outcome, const ProseSource& source, Report& report);

}  // namespace majlis::mail
