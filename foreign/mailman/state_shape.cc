#include "foreign/mailman/state_shape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <string_view>

#include "base/text.h"

namespace majlis::foreign {
namespace {

constexpr std::size_t kMaxShownOctets = 100;

struct Form {
  std::string_view name;
  bool (*fits)(const PythonValue& value);
};

bool is_sequence(const PythonValue& value) { return value.is(PythonKind::list) || value.is(PythonKind::tuple); }

constexpr Form kAny{"", [](const PythonValue&) { return true; }};
constexpr Form kText{"a string", [](const PythonValue& value) { return value.as_octets().has_value(); }};
constexpr Form kInteger{"a number", [](const PythonValue& value) { return value.as_integer().has_value(); }};
constexpr Form kList{"a list", is_sequence};
constexpr Form kDict{"a dict", [](const PythonValue& value) { return value.is(PythonKind::dict); }};
constexpr Form kStatus{"a tuple",
                       [](const PythonValue& value) { return is_sequence(value) || value.as_integer().has_value(); }};
constexpr Form kScore{"an instance", [](const PythonValue& value) {
                        return value.is(PythonKind::instance) || value.is(PythonKind::dict);
                      }};

struct Variable {
  std::string_view name;
  Form form;
  Form entries = kAny;  // of a dict
};
constexpr std::array kVariables = {Variable{"members", kDict},
                                   Variable{"digest_members", kDict},
                                   Variable{"usernames", kDict, kText},
                                   Variable{"user_options", kDict, kInteger},
                                   Variable{"delivery_status", kDict, kStatus},
                                   Variable{"bounce_info", kDict, kScore},
                                   Variable{"topics_userinterest", kDict, kList},
                                   Variable{"language", kDict, kText},
                                   Variable{"passwords", kDict},
                                   Variable{"ban_list", kList},
                                   Variable{"info", kText},
                                   Variable{"welcome_msg", kText},
                                   Variable{"host_name", kText},
                                   Variable{"web_page_url", kText},
                                   Variable{"volume", kInteger},
                                   Variable{"next_digest_number", kInteger}};

// Dicts that are of no use to another program.
constexpr std::array<std::string_view, 6> kOthers = {"postings_responses", "admin_responses",
                                                     "request_responses",  "hold_and_cmd_autoresponses",
                                                     "one_last_digest",    "usenet_watermark"};

void look_at(const Variable& variable, const PythonValue& value, std::vector<Finding>& findings) {
  const std::string name(variable.name);
  if (!variable.form.fits(value)) {
    findings.push_back({.what = name,
                        .from = std::string(word_for(value.kind())),
                        .why = "Mailman has " + std::string(variable.form.name) + " there: it is not read"});
    return;
  }
  if (!value.is(PythonKind::dict)) return;
  const auto items = value.items();
  std::size_t strange = 0;
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) strange += variable.entries.fits(items[i + 1]) ? 0 : 1;
  if (strange == 0) return;
  findings.push_back(
      {.what = name,
       .from = std::to_string(strange) + (strange == 1 ? " entry" : " entries"),
       .why = "Mailman has " + std::string(variable.entries.name) + " for each member: these are not read"});
}

}  // namespace

std::vector<Finding> strange_values(const PythonValue& state) {
  std::vector<Finding> findings;
  const auto items = state.items();
  for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
    const std::string_view name = items[i].as_octets().value_or("");
    const PythonValue& value = items[i + 1];
    const auto known =
        std::find_if(kVariables.begin(), kVariables.end(), [&](const Variable& row) { return row.name == name; });
    const bool is_of_no_use = std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end();
    if (known != kVariables.end()) {
      look_at(*known, value, findings);
    } else if (value.is(PythonKind::real) && !std::isfinite(*value.as_number())) {
      findings.push_back({.what = printable(name, kMaxShownOctets),
                          .from = std::isnan(*value.as_number()) ? "nan" : "inf",
                          .why = "no setting holds such a number: it is not read"});
    } else if (!is_of_no_use && (value.is(PythonKind::dict) || value.is(PythonKind::instance))) {
      findings.push_back({.what = printable(name, kMaxShownOctets),
                          .from = std::string(word_for(value.kind())),
                          .why = "no setting holds such a value: it is not read"});
    }
  }
  return findings;
}

}  // namespace majlis::foreign
