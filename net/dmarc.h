#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "net/dmarc_record.h"
#include "net/resolver.h"

namespace majlis::net {

// DMARC by RFC 9989: no list of public suffixes, but a walk up the tree of names. Pure but for the questions it asks.
// Domains are in canonical form (mail/domain.h).

using TxtLookup = std::function<TxtAnswer(const std::string& name)>;

constexpr std::size_t kMaxWalkQuestions = 8;  // RFC 9989 4.10

// The policy that a domain's mail is under.
struct DmarcFinding {
  enum class Kind {
    found,
    none,   // no record: DMARC is not for this domain
    failed  // nobody knows
  };
  Kind kind = Kind::failed;
  DmarcPolicy policy = DmarcPolicy::none;  // as declared, also under test
  bool is_test = false;
  std::uint32_t seconds = 0;  // for which this may be remembered
  std::string why;            // of failed
};

// Asks at most kMaxWalkQuestions times, and once more where names that do not exist have a policy of their own.
DmarcFinding find_dmarc_policy(const std::string& domain, const TxtLookup& lookup);

// The domain at the top of what `domain` belongs to: what is under one of them has one owner. Itself where nothing
// above publishes anything. An Error (again) where nobody knows. Asks at most kMaxWalkQuestions times.
Result<std::string> find_organizational_domain(const std::string& domain, const TxtLookup& lookup);

// Where a walk that begins at `domain` asks, "_dmarc." left out.
std::vector<std::string> walk_targets(const std::string& domain);

}  // namespace majlis::net
