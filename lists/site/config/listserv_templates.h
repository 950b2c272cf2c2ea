#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lists/site/config/codec.h"
#include "lists/site/config/config_text.h"

namespace majlis::lists {

// A list's mail templates as LISTSERV keeps them in the file LIST MAILTPL: ">>> NAME" and the text below it. Here a
// list has one, CONTENT_FILTER, which is the setting content_filter; other settings stay as they are.
const Codec& listserv_templates_codec();

// Pure and linear; reads any byte string. A line "PUT LIST MAILTPL" in front is passed over; lines are numbered from
// the next that is not blank. Refused: another template, one that begins twice, a text in front of the first.
ConfigText scan_templates(std::string_view text);
// A template without a text where there is none. A rule that would be read as something else has Text: in front.
std::string print_templates(const std::vector<Statement>& statements);

}  // namespace majlis::lists
