#pragma once

#include <optional>
#include <string_view>

namespace majlis::net {

// What a domain wants done with mail in its name that does not pass (RFC 9989 4.7), the harmless first.
enum class DmarcPolicy { none, quarantine, reject };

// A DMARC policy record, the tags that say something about mail.
struct DmarcRecord {
  enum class Suffix { unknown, yes, no };  // "psd": whether others register names below it
  enum class Alignment { relaxed, strict };

  DmarcPolicy policy = DmarcPolicy::none;         // p
  std::optional<DmarcPolicy> subdomains;          // sp
  std::optional<DmarcPolicy> missing_subdomains;  // np
  Alignment dkim = Alignment::relaxed;            // adkim
  Alignment spf = Alignment::relaxed;             // aspf
  Suffix suffix = Suffix::unknown;                // psd
  bool is_test = false;                           // t: not meant quite so yet
  bool is_applied = true;  // false: its policies cannot be read, so it marks a domain and asks for nothing (4.10.1)
};

// Strict: "v=DMARC1" in front, tags of letters, none twice. nullopt: no such record. Tags that are not known and values
// that are none count as left out; what there is of p, sp and np must be a policy, or all are none where reports are
// wanted (rua) and the record is not applied where not. pct is history.
std::optional<DmarcRecord> parse_dmarc_record(std::string_view text);

}  // namespace majlis::net
