// Whatever text comes: every assignment has a name and a value of bounded size that writes as a literal which reads
// back equal; lines go up, and problems have sentences.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "foreign/python/dump.h"
#include "foreign/python/literal.h"
#include "foreign/python/write.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void reads_back(const majlis::foreign::PythonValue& value) {
  const std::string literal = majlis::foreign::write_literal(value);
  majlis::foreign::PythonStorage storage;
  majlis::foreign::LiteralReader reader(literal, {}, storage);
  const auto again = reader.read();
  require(again.ok() && reader.at() == literal.size() && same_value(value, *again));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const majlis::foreign::Dump dump = majlis::foreign::read_dump(text);
  std::size_t line = 0;
  for (const auto& each : dump.assignments) {
    require(!each.name.empty() && each.line > line);
    line = each.line;
    reads_back(each.value);
  }
  require(dump.problems.size() <= majlis::foreign::kMaxDumpProblems);
  for (const auto& each : dump.problems) require(each.line > 0 && !each.what.empty());
  return 0;
}
