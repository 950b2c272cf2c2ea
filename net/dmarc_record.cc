#include "net/dmarc_record.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"

namespace majlis::net {
namespace {

using Alignment = DmarcRecord::Alignment;
using Suffix = DmarcRecord::Suffix;

constexpr std::string_view kVersion = "DMARC1";  // in capitals

// What the tags say, before it is asked whether the policies can be read.
struct Draft {
  DmarcRecord record;
  bool has_bad_policy = false;
  bool wants_reports = false;
};

std::optional<DmarcPolicy> policy_of(std::string_view word) {
  static constexpr std::array<std::pair<std::string_view, DmarcPolicy>, 3> kPolicies{{
      {"none", DmarcPolicy::none},
      {"quarantine", DmarcPolicy::quarantine},
      {"reject", DmarcPolicy::reject},
  }};
  for (const auto& [name, policy] : kPolicies) {
    if (equals_ignoring_case(word, name)) return policy;
  }
  return std::nullopt;
}

void set_policy(Draft& draft, std::string_view word) {
  const std::optional<DmarcPolicy> policy = policy_of(word);
  draft.has_bad_policy = draft.has_bad_policy || !policy;
  draft.record.policy = policy.value_or(DmarcPolicy::none);
}

void set_other_policy(Draft& draft, std::optional<DmarcPolicy>& place, std::string_view word) {
  place = policy_of(word);
  draft.has_bad_policy = draft.has_bad_policy || !place;
}

void set_alignment(Alignment& place, std::string_view word) {
  if (equals_ignoring_case(word, "s")) place = Alignment::strict;
}

void set_suffix(Draft& draft, std::string_view word) {
  if (equals_ignoring_case(word, "y")) draft.record.suffix = Suffix::yes;
  if (equals_ignoring_case(word, "n")) draft.record.suffix = Suffix::no;
}

// One URI at least: "SCHEME:SOMETHING".
void set_reports(Draft& draft, std::string_view list) {
  for (const std::string_view item : split_at(list, ',')) {
    const std::string_view uri = trim(item);
    const std::size_t colon = uri.find(':');
    const bool has_scheme = colon != std::string_view::npos && colon > 0 && colon + 1 < uri.size();
    if (has_scheme && uri.find_first_of(" \t") == std::string_view::npos) draft.wants_reports = true;
  }
}

struct TagRow {
  std::string_view name;
  void (*set)(Draft&, std::string_view value);
};

constexpr std::array kTags = {
    TagRow{"p", set_policy},
    TagRow{"sp", [](Draft& draft, std::string_view word) { set_other_policy(draft, draft.record.subdomains, word); }},
    TagRow{"np",
           [](Draft& draft, std::string_view word) { set_other_policy(draft, draft.record.missing_subdomains, word); }},
    TagRow{"adkim", [](Draft& draft, std::string_view word) { set_alignment(draft.record.dkim, word); }},
    TagRow{"aspf", [](Draft& draft, std::string_view word) { set_alignment(draft.record.spf, word); }},
    TagRow{"psd", set_suffix},
    TagRow{"t", [](Draft& draft, std::string_view word) { draft.record.is_test = equals_ignoring_case(word, "y"); }},
    TagRow{"rua", set_reports},
};

struct Tag {
  std::string_view name;
  std::string_view value;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// nullopt where it is none: no '=', a name of other than letters.
std::optional<Tag> read_tag(std::string_view piece) {
  const std::size_t equals = piece.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const Tag tag{trim(piece.substr(0, equals)), trim(piece.substr(equals + 1))};
  const bool is_named = !tag.name.empty() && std::all_of(tag.name.begin(), tag.name.end(), is_letter);
  return is_named ? std::optional(tag) : std::nullopt;
}

bool is_version(std::string_view piece) {
  const std::optional<Tag> tag = read_tag(piece);
  return tag && !is_blank(piece.front()) && equals_ignoring_case(tag->name, "v") && tag->value == kVersion;
}

// Unreadable policies: 4.10.1.
DmarcRecord finished(const Draft& draft) {
  DmarcRecord record = draft.record;
  if (!draft.has_bad_policy) return record;
  record.policy = DmarcPolicy::none;
  record.subdomains.reset();
  record.missing_subdomains.reset();
  record.is_applied = draft.wants_reports;
  return record;
}

}  // namespace

std::optional<DmarcRecord> parse_dmarc_record(std::string_view text) {
  const std::vector<std::string_view> pieces = split_at(text, ';');
  if (!is_version(pieces.front())) return std::nullopt;
  Draft draft;
  std::array<bool, kTags.size()> seen{};
  for (const std::string_view piece : std::vector(pieces.begin() + 1, pieces.end())) {
    const std::optional<Tag> tag = read_tag(piece);
    if (!tag) continue;
    if (equals_ignoring_case(tag->name, "v")) return std::nullopt;
    for (std::size_t i = 0; i < kTags.size(); ++i) {
      if (!equals_ignoring_case(tag->name, kTags[i].name)) continue;
      // A list with a tag twice is none (RFC 6376 3.2).
      if (std::exchange(seen[i], true)) return std::nullopt;
      kTags[i].set(draft, tag->value);
    }
  }
  return finished(draft);
}

}  // namespace majlis::net
