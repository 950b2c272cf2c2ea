#include "foreign/source/person.h"

#include "base/text.h"

namespace majlis::foreign {

std::string person_of(std::string_view name, const std::string& address) {
  if (trim(name).empty()) return address;
  std::string quoted = "\"";
  for (const char c : trim(name)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c == '\n' || c == '\t' ? ' ' : c;
  }
  return quoted + "\" <" + address + ">";
}

}  // namespace majlis::foreign
