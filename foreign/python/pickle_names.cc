#include "foreign/python/pickle_names.h"

#include <algorithm>
#include <array>

namespace majlis::foreign {
namespace {

struct Row {
  std::string_view dotted;
  PickleName name;
};

constexpr auto kRows = std::to_array<Row>({
    {"Mailman.Bouncer._BounceInfo", PickleName::data_class},
    {"Mailman.Message.Message", PickleName::data_class},
    {"Mailman.UserDesc.UserDesc", PickleName::data_class},
    {"email.Message.Message", PickleName::data_class},
    {"email.message.Message", PickleName::data_class},
    {"email.Header.Header", PickleName::data_class},
    {"email.header.Header", PickleName::data_class},
    {"email.Charset.Charset", PickleName::data_class},
    {"email.charset.Charset", PickleName::data_class},
    {"email._policybase.Compat32", PickleName::data_class},
    {"copy_reg._reconstructor", PickleName::reconstructor},
    {"copyreg._reconstructor", PickleName::reconstructor},
    {"__builtin__.object", PickleName::object},
    {"builtins.object", PickleName::object},
    {"_codecs.encode", PickleName::encode},
});

// What the parser of a held post found wrong with it: email.errors.NoBoundaryInMultipartDefect and others.
bool is_defect(std::string_view dotted) {
  for (const std::string_view module : {"email.errors.", "email.Errors."}) {
    if (dotted.starts_with(module)) return dotted.ends_with("Defect");
  }
  return false;
}

}  // namespace

PickleName pickle_name(std::string_view dotted) {
  if (is_defect(dotted)) return PickleName::data_class;
  const auto* const row =
      std::find_if(kRows.begin(), kRows.end(), [&](const Row& each) { return each.dotted == dotted; });
  return row == kRows.end() ? PickleName::foreign : row->name;
}

}  // namespace majlis::foreign
