#include "mail/authentication/dkim_signature.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "mail/authentication/tag_list.h"
#include "mail/domain.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxSignedFields = 1000;
constexpr std::size_t kMaxSelectorOctets = 253;
constexpr std::size_t kSha256Octets = 32;
constexpr std::uint64_t kMaxTime = 1'000'000'000'000;  // RFC 6376 3.5: verifiers need not read more than 12 digits

constexpr std::array<std::pair<std::string_view, DkimAlgorithm>, 2> kAlgorithms = {
    {{"rsa-sha256", DkimAlgorithm::rsa_sha256}, {"ed25519-sha256", DkimAlgorithm::ed25519_sha256}}};
constexpr std::array<std::pair<std::string_view, Canonicalization>, 2> kCanonicalizations = {
    {{"simple", Canonicalization::simple}, {"relaxed", Canonicalization::relaxed}}};

template <typename Value, std::size_t N>
bool read_word(const std::array<std::pair<std::string_view, Value>, N>& table, std::string_view word, Value& value) {
  const auto found =
      std::find_if(table.begin(), table.end(), [&](const auto& row) { return equals_ignoring_case(row.first, word); });
  if (found == table.end()) return false;
  value = found->second;
  return true;
}

bool is_selector_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

bool is_selector(std::string_view selector) {
  return !selector.empty() && selector.size() <= kMaxSelectorOctets && selector.front() != '.' &&
         selector.back() != '.' && selector.find("..") == std::string_view::npos &&
         std::all_of(selector.begin(), selector.end(), is_selector_octet);
}

// "header/body"; the body's is simple when it is left out.
bool read_canonicalization(std::string_view value, DkimSignature& signature) {
  const std::size_t slash = value.find('/');
  const std::string_view body = slash == std::string_view::npos ? "simple" : value.substr(slash + 1);
  return read_word(kCanonicalizations, value.substr(0, slash), signature.header) &&
         read_word(kCanonicalizations, body, signature.body);
}

bool read_names(const TagList& tags, DkimSignature& signature) {
  const std::optional<std::string> domain = canonical_domain(without_blanks(tags.value("d")));
  signature.selector = to_lower_ascii(without_blanks(tags.value("s")));
  signature.signed_fields = split_at_colons(tags.value("h"));
  if (!domain || !is_selector(signature.selector) || signature.signed_fields.size() > kMaxSignedFields) return false;
  signature.domain = *domain;
  for (std::string& name : signature.signed_fields) {
    if (name.empty()) return false;
    name = to_lower_ascii(name);
  }
  return true;
}

bool read_octets(const TagList& tags, DkimSignature& signature) {
  const Tag* value = tags.find("b");
  std::optional<std::string> octets = strict_base64(tags.value("b"));
  std::optional<std::string> body_hash = strict_base64(tags.value("bh"));
  if (value == nullptr || !octets || !body_hash || body_hash->size() != kSha256Octets) return false;
  signature.signature = std::move(*octets);
  signature.body_hash = std::move(*body_hash);
  signature.value_begin = value->begin;
  signature.value_end = value->end;
  return true;
}

std::optional<std::uint64_t> read_time(const Tag& tag) {
  const std::optional<std::uint64_t> time = parse_number(tag.value);
  return time && *time < kMaxTime ? time : std::nullopt;
}

bool read_times(const TagList& tags, DkimSignature& signature) {
  const Tag* signed_at = tags.find("t");
  const Tag* expires = tags.find("x");
  const std::optional<std::uint64_t> begin = signed_at == nullptr ? 0 : read_time(*signed_at);
  if (!begin) return false;
  if (expires == nullptr) return true;
  const std::optional<std::uint64_t> end = read_time(*expires);
  if (!end || *end < *begin) return false;
  signature.expires = static_cast<UnixTime>(*end);
  return true;
}

// Keys are asked for in the DNS; other ways may stand beside it (RFC 6376 3.5).
bool is_asked_by_dns(const TagList& tags) {
  const std::vector<std::string> ways = split_at_colons(tags.value("q", "dns/txt"));
  return std::find(ways.begin(), ways.end(), "dns/txt") != ways.end();
}

// i= is d= or below it. Its local part says nothing to anybody but the signer.
bool read_identity(const TagList& tags, DkimSignature& signature) {
  signature.identity_domain = signature.domain;
  const Tag* tag = tags.find("i");
  if (tag == nullptr) return true;
  const std::string identity = without_blanks(tag->value);
  const std::size_t at = identity.rfind('@');
  if (at == std::string::npos) return false;
  const std::optional<std::string> domain = canonical_domain(std::string_view(identity).substr(at + 1));
  if (!domain || (*domain != signature.domain && !domain->ends_with("." + signature.domain))) return false;
  signature.identity_domain = *domain;
  return true;
}

struct FaultWord {
  DkimFault fault;
  const char* word;
};
constexpr FaultWord kFaultWords[] = {
    {DkimFault::none, "pass"},
    {DkimFault::malformed, "malformed"},
    {DkimFault::other_algorithm, "other_algorithm"},
    {DkimFault::bad_identity, "bad_identity"},
    {DkimFault::from_not_signed, "from_not_signed"},
    {DkimFault::length_limit, "length_limit"},
    {DkimFault::expired, "expired"},
    {DkimFault::repeated_field, "repeated_field"},
    {DkimFault::no_key, "no_key"},
    {DkimFault::revoked, "revoked"},
    {DkimFault::testing, "testing"},
    {DkimFault::short_key, "short_key"},
    {DkimFault::key_not_found_out, "key_not_found_out"},
    {DkimFault::other_body, "other_body"},
    {DkimFault::wrong, "wrong"},
};

}  // namespace

const char* word_for(DkimFault fault) {
  const auto* found = std::find_if(std::begin(kFaultWords), std::end(kFaultWords),
                                   [&](const FaultWord& row) { return row.fault == fault; });
  return found == std::end(kFaultWords) ? "malformed" : found->word;
}

DkimReading parse_dkim_signature(std::string_view body) {
  const auto none = [](DkimFault fault) { return DkimReading{std::nullopt, fault}; };
  const std::optional<TagList> tags = TagList::parse(body);
  DkimSignature signature;
  if (!tags || tags->value("v") != "1") return none(DkimFault::malformed);
  if (tags->find("a") == nullptr) return none(DkimFault::malformed);
  if (!read_word(kAlgorithms, tags->value("a"), signature.algorithm)) return none(DkimFault::other_algorithm);
  if (!read_names(*tags, signature) || !read_octets(*tags, signature) || !read_times(*tags, signature) ||
      !is_asked_by_dns(*tags) || !read_canonicalization(tags->value("c", "simple"), signature)) {
    return none(DkimFault::malformed);
  }
  if (!read_identity(*tags, signature)) return none(DkimFault::bad_identity);
  const auto& names = signature.signed_fields;
  if (std::find(names.begin(), names.end(), "from") == names.end()) return none(DkimFault::from_not_signed);
  signature.has_length_limit = tags->find("l") != nullptr;
  return {std::move(signature), DkimFault::none};
}

}  // namespace majlis::mail
