#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "auth/member_reference.h"
#include "auth/secret_file.h"
#include "base/clock.h"

// The signed word in a return address "LIST-bounces+TAG@domain": which member one copy went to, and on which day. Only
// the site's key makes one, so a report that comes back to it is about mail that we sent to that member.
namespace majlis::auth {

// What went out: a report is worth something else for each.
enum class VerpKind : std::uint8_t { post, probe };

struct VerpTag {
  VerpKind kind = VerpKind::post;
  MemberReference member = 0;
  UnixTime day = 0;  // days since 1970
  ReferenceKind reference = ReferenceKind::keyed;
};

constexpr std::size_t kVerpTagSymbols = 24;

// As long as our own job (job_days, five by default) and another system's queue may take together, with a week for
// whoever keeps reports back. Must stay below the 32 days that a tag can tell apart.
constexpr UnixTime kVerpLife_days = 21;

// Layout, 120 bits in lower-case base32: 1 bit kind, 2 bits kind of reference, 5 bits of the day; 64 bits of a MAC
// (keyed BLAKE2b) over both kinds, day, member and list; the member, hidden by 48 bits that the key makes from the MAC,
// so that two tags of one member show nothing in common. Deterministic, about half a microsecond.
std::string make_verp_tag(const SecretKey& key, std::string_view list, const VerpTag& tag);

// nullopt unless it reads strictly (letter case ignored), was made for this list by one of the keys, and is neither
// older than kVerpLife_days nor of a day after tomorrow. The MAC is compared in constant time.
std::optional<VerpTag> check_verp_tag(const SecretKeys& keys, std::string_view list, std::string_view text,
                                      UnixTime now);

UnixTime day_of(UnixTime time);  // days since 1970

}  // namespace majlis::auth
