#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "foreign/source/line_file.h"
#include "foreign/source/post_reader.h"

namespace majlis::foreign {

// An mbox file of any writer. A post begins at a line "From ADDRESS DATE" behind an empty line, with a header field
// below; all other lines "From ..." are text, whether or not they were escaped.
Result<std::unique_ptr<PostReader>> open_mbox(const std::string& path);

// What the line "From ADDRESS Tue Nov 24 00:12:01 2026" says; nullopt: it is none. Pure.
struct Envelope {
  std::string sender;
  UnixTime received = 0;  // 0: it cannot be told, before 1970 say
};
std::optional<Envelope> read_envelope(std::string_view line);

}  // namespace majlis::foreign
