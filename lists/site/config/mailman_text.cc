#include "lists/site/config/mailman_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "foreign/python/dump.h"
#include "foreign/python/text.h"
#include "foreign/python/write.h"
#include "lists/site/config/config_fault.h"
#include "lists/site/config/mailman_attributes.h"
#include "lists/site/config/mailman_codec.h"

namespace majlis::lists {
namespace {

using foreign::PythonContainer;
using foreign::PythonKind;
using foreign::PythonStorage;
using foreign::PythonValue;

constexpr std::int64_t kSecondsADay = 86'400;
constexpr std::string_view kHead =
    "# -*- python -*-\n# -*- coding: utf-8 -*-\n## Configuration of a list for config_list -i of GNU Mailman 2.1\n\n";

// Every string in it as octets of UTF-8.
PythonValue in_utf8(const PythonValue& value, std::string_view charset, PythonStorage& storage) {
  if (value.as_octets()) return PythonValue::octets(storage.keep(foreign::utf8_of(value, charset)));
  if (value.items().empty() || value.is(PythonKind::instance)) return value;
  PythonContainer& content = storage.new_container();
  for (const PythonValue& each : value.items()) content.items.push_back(in_utf8(each, charset, storage));
  return PythonValue::container(value.kind(), content);
}

// As the web pages of Mailman show them, and so its dumps.
constexpr std::array<std::string_view, 2> kInDays = {"bounce_info_stale_after",
                                                     "bounce_you_are_disabled_warnings_interval"};
constexpr std::array<std::string_view, 4> kAsLines = {"filter_mime_types", "pass_mime_types",
                                                      "filter_filename_extensions", "pass_filename_extensions"};

template <typename Names>
bool is_among(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string joined(const PythonValue& list) {
  std::vector<std::string> lines;
  for (const PythonValue& each : list.items()) lines.emplace_back(each.as_octets().value_or(""));
  return join_lines(lines);
}

std::string literal_in_dump(std::string_view name, const PythonValue& value) {
  const auto number = value.as_number();
  if (is_among(kInDays, name) && number) return literal_of(static_cast<std::int64_t>(*number) / kSecondsADay);
  if (is_among(kAsLines, name) && value.is(PythonKind::list)) return literal_of(joined(value));
  return foreign::write_literal(value);
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

std::string mailman_dump(const PythonValue& state) {
  PythonStorage storage;
  const PythonValue* language = state.find("preferred_language");
  const std::string_view charset =
      foreign::charset_of_language(language == nullptr ? "" : language->as_octets().value_or(""));
  std::vector<Statement> statements;
  for (std::size_t i = 0; i + 1 < state.items().size(); i += 2) {
    const auto name = state.items()[i].as_octets();
    if (!name || !mailman_codec().knows(*name)) continue;
    const PythonValue value = in_utf8(state.items()[i + 1], charset, storage);
    if (foreign::is_literal(value)) statements.push_back({std::string(*name), literal_in_dump(*name, value)});
  }
  return print_mailman(statements);
}

}  // namespace majlis::lists
