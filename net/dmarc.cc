#include "net/dmarc.h"

#include <algorithm>
#include <optional>
#include <span>

namespace majlis::net {
namespace {

using Kind = DmarcFinding::Kind;

struct Published {
  std::string domain;
  DmarcRecord record;
};

struct Walk {
  std::vector<Published> records;  // the longest name first
  std::uint32_t seconds = kMaxRememberedSeconds;
  std::optional<std::string> failure;
};

std::string parent_of(const std::string& domain) {
  const std::size_t dot = domain.find('.');
  return dot == std::string::npos ? std::string() : domain.substr(dot + 1);
}

// More than one is none.
std::optional<DmarcRecord> only_record(const std::vector<std::string>& texts) {
  std::optional<DmarcRecord> only;
  for (const std::string& text : texts) {
    const std::optional<DmarcRecord> record = parse_dmarc_record(text);
    if (!record) continue;
    if (only) return std::nullopt;
    only = record;
  }
  return only;
}

// Goes on until a record says where the owner's names begin, or a look-up fails.
void walk_on(std::span<const std::string> targets, const TxtLookup& lookup, Walk& walk) {
  for (const std::string& target : targets) {
    const TxtAnswer answer = lookup("_dmarc." + target);
    walk.seconds = std::min(walk.seconds, answer.seconds);
    if (answer.kind == TxtAnswer::Kind::failed) {
      walk.failure = answer.why;
      return;
    }
    const std::optional<DmarcRecord> record = only_record(answer.texts);
    if (!record) continue;
    walk.records.push_back({target, *record});
    if (record->suffix != DmarcRecord::Suffix::unknown) return;
  }
}

// The name one label below `suffix` on the way to `domain`.
std::string below(const std::string& suffix, std::string domain) {
  while (parent_of(domain) != suffix) domain = parent_of(domain);
  return domain;
}

// RFC 9989 4.10.2.
std::string organization_in(const Walk& walk, const std::string& domain) {
  for (const Published& each : walk.records) {
    if (each.record.suffix == DmarcRecord::Suffix::no) return each.domain;
    if (each.record.suffix == DmarcRecord::Suffix::yes && each.domain != domain) return below(each.domain, domain);
  }
  return walk.records.empty() ? domain : walk.records.back().domain;
}

// The organization's record, else the one of the suffix above it.
const Published& record_above(const Walk& walk, const std::string& domain) {
  const std::string organization = organization_in(walk, domain);
  const auto found = std::find_if(walk.records.begin(), walk.records.end(),
                                  [&](const Published& each) { return each.domain == organization; });
  return found == walk.records.end() ? walk.records.back() : *found;
}

DmarcFinding failed(const std::string& why) {
  DmarcFinding finding;
  finding.seconds = kFailureSeconds;
  finding.why = why;
  return finding;
}

DmarcFinding found(const DmarcRecord& record, DmarcPolicy policy, std::uint32_t seconds) {
  DmarcFinding finding;
  finding.kind = record.is_applied ? Kind::found : Kind::none;
  finding.policy = policy;
  finding.is_test = record.is_test;
  finding.seconds = seconds;
  return finding;
}

// What a record above says of `domain`.
DmarcFinding inherited(const DmarcRecord& record, const std::string& domain, std::uint32_t seconds,
                       const TxtLookup& lookup) {
  const DmarcPolicy there = record.subdomains.value_or(record.policy);
  const DmarcPolicy missing = record.missing_subdomains.value_or(there);
  if (there == missing) return found(record, there, seconds);
  const TxtAnswer answer = lookup(domain);
  if (answer.kind == TxtAnswer::Kind::failed) return failed(answer.why);
  const bool is_missing = answer.kind == TxtAnswer::Kind::no_name;
  return found(record, is_missing ? missing : there, std::min(seconds, answer.seconds));
}

}  // namespace

std::vector<std::string> walk_targets(const std::string& domain) {
  std::vector<std::string> targets{domain};
  std::string next = parent_of(domain);
  const auto labels = [](const std::string& name) { return std::count(name.begin(), name.end(), '.') + 1; };
  while (labels(next) > static_cast<std::ptrdiff_t>(kMaxWalkQuestions) - 1) next = parent_of(next);
  for (; !next.empty(); next = parent_of(next)) targets.push_back(next);
  return targets;
}

DmarcFinding find_dmarc_policy(const std::string& domain, const TxtLookup& lookup) {
  const std::vector<std::string> targets = walk_targets(domain);
  const std::span<const std::string> all(targets);
  Walk walk;
  walk_on(all.first(1), lookup, walk);
  if (!walk.failure && !walk.records.empty()) {
    const DmarcRecord& own = walk.records.front().record;
    return found(own, own.policy, walk.seconds);
  }
  if (!walk.failure) walk_on(all.subspan(1), lookup, walk);
  if (walk.failure) return failed(*walk.failure);
  if (!walk.records.empty()) return inherited(record_above(walk, domain).record, domain, walk.seconds, lookup);
  DmarcFinding none;
  none.kind = Kind::none;
  none.seconds = walk.seconds;
  return none;
}

Result<std::string> find_organizational_domain(const std::string& domain, const TxtLookup& lookup) {
  Walk walk;
  const std::vector<std::string> targets = walk_targets(domain);
  walk_on(targets, lookup, walk);
  if (walk.failure) return Error{ErrorKind::again, *walk.failure};
  return organization_in(walk, domain);
}

}  // namespace majlis::net
