#pragma once

#include <string>
#include <vector>

namespace majlis::commands {

// "ann@example.com<mailto:ann@example.com>" as Outlook writes an address: what stands before the link, else its target.
void drop_mail_links(std::vector<std::string>& words);

}  // namespace majlis::commands
