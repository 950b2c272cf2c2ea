#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace majlis::foreign {

enum class PythonQuoted {
  octets,  // '': \xXX and \OOO are octets
  text,    // u'', its inside UTF-8: they are code points, and there are \uXXXX and \UXXXXXXXX
};

// What stands between the quotes of a Python string, its escapes undone; of text valid UTF-8 where `inside` is that
// (surrogates without their other half are U+FFFD). An escape that Python does not know stays as it is written.
// nullopt: one that it knows is incomplete (\x4), or the last octet is a backslash.
std::optional<std::string> undo_python_escapes(std::string_view inside, PythonQuoted form);

// unicode in a pickle of protocol 0, as UTF-8: \uXXXX and \UXXXXXXXX are the only escapes, and an octet is a code
// point.
std::optional<std::string> undo_raw_unicode_escapes(std::string_view line);

}  // namespace majlis::foreign
