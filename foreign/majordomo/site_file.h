#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "foreign/source/finding.h"

namespace majlis::foreign {

// What a majordomo.cf says. It is Perl and is read as data: plain assignments of a string or number, with variables
// filled in and "\@" undone, the first of each name. Blocks, here-documents, backquotes and all other Perl is passed
// over and named in `findings`. Pure and linear; nothing is ever carried out.
struct SiteFile {
  std::map<std::string, std::string, std::less<>> values;  // by name without '$': "whereami", "config'default_..."
  std::vector<Finding> findings;

  // "" where it was not said.
  std::string value(std::string_view name) const;
};

// `homedir`: stands for $homedir where the file does not say it plainly. `file`: its name, for findings.
SiteFile read_site_file(std::string_view text, std::string_view file, std::string_view homedir);

}  // namespace majlis::foreign
