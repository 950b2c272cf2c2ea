#include "lists/site/config/default_options.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "lists/site/config/config_fault.h"

namespace majlis::lists {
namespace {

constexpr std::array<std::string_view, 18> kNames = {
    "mail",    "nomail", "digest",  "digest-plain", "digest-mime", "nodigest", "ack",    "noack",     "repro",
    "norepro", "dupes",  "nodupes", "conceal",      "noconceal",   "post",     "nopost", "moderated", "unmoderated",
};

std::string all_names() {
  std::string all;
  for (const std::string_view name : kNames) all += (all.empty() ? "" : ", ") + std::string(name);
  return all;
}

}  // namespace

std::span<const std::string_view> default_option_names() { return kNames; }

std::optional<Phrase> fault_in_default_options(std::string_view value) {
  for (const std::string_view word : split_words(value)) {
    const bool is_known = std::any_of(kNames.begin(), kNames.end(),
                                      [&](std::string_view name) { return equals_ignoring_case(name, word); });
    if (is_known) continue;
    Phrase phrase = fault_of(FaultId::none_of, word);
    phrase.values.emplace("names", all_names());
    return phrase;
  }
  return {};
}

}  // namespace majlis::lists
