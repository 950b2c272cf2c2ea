#include "lists/site/config/mailman_text.h"

#include "base/text.h"
#include "foreign/python/dump.h"
#include "foreign/python/text.h"
#include "foreign/python/write.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/mailman_attributes.h"

namespace majlis::lists {
namespace {

using foreign::PythonContainer;
using foreign::PythonKind;
using foreign::PythonStorage;
using foreign::PythonValue;

constexpr std::string_view kHead =
    "# -*- python -*-\n# -*- coding: utf-8 -*-\n## Configuration of a list for config_list -i of GNU Mailman 2.1\n\n";

// Every string in it as octets of UTF-8.
PythonValue in_utf8(const PythonValue& value, std::string_view charset, PythonStorage& storage) {
  if (value.as_octets()) return PythonValue::octets(storage.keep(foreign::utf8_of(value, charset)));
  if (value.items().empty()) return value;
  PythonContainer& content = storage.new_container();
  for (const PythonValue& each : value.items()) content.items.push_back(in_utf8(each, charset, storage));
  return PythonValue::container(value.kind(), content);
}

}  // namespace

ConfigText scan_mailman(std::string_view text) {
  ConfigText scanned;
  const foreign::Dump dump = foreign::read_dump(text);
  for (const foreign::DumpProblem& problem : dump.problems) {
    scanned.problems.push_back(
        problem_in_line(problem.line, fault(FaultId::python_not_read, {{"value", problem.what}})));
  }
  PythonStorage storage;
  for (const foreign::DumpAssignment& each : dump.assignments) {
    if (each.name.starts_with('_')) continue;  // buttons of its web pages
    Assignment assignment;
    assignment.key = to_lower_ascii(each.name);
    const bool is_toggle = each.value.is(PythonKind::boolean);  // 1 is the same there
    assignment.value = is_toggle ? literal_of(*each.value.as_integer())
                                 : foreign::write_literal(in_utf8(each.value, dump.charset, storage));
    assignment.line = each.line;
    scanned.assignments.push_back(std::move(assignment));
  }
  if (scanned.assignments.size() > kMaxAssignments) {
    scanned.assignments.resize(kMaxAssignments);
    scanned.problems.push_back(problem_in_line(0, fault(FaultId::too_much)));
  }
  return scanned;
}

std::string print_mailman(const std::vector<Statement>& statements) {
  std::string text(kHead);
  for (const Statement& statement : statements) text += statement.keyword + " = " + statement.value + "\n";
  return text;
}

}  // namespace majlis::lists
