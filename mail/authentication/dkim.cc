#include "mail/authentication/dkim.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "base/text.h"
#include "mail/authentication/canonical_form.h"
#include "mail/authentication/dkim_key.h"
#include "mail/authentication/signature_crypto.h"

namespace majlis::mail {
namespace {

// RFC 5322 3.6 and RFC 2045: at most one of each.
constexpr std::array<std::string_view, 15> kSingleFields = {"from",
                                                            "sender",
                                                            "reply-to",
                                                            "to",
                                                            "cc",
                                                            "bcc",
                                                            "date",
                                                            "subject",
                                                            "message-id",
                                                            "in-reply-to",
                                                            "references",
                                                            "mime-version",
                                                            "content-type",
                                                            "content-transfer-encoding",
                                                            "content-disposition"};

// Where the scan stopped, or where readers do not agree about what the header is.
constexpr std::array kUnclearHeaders = {Ambiguity::nul_in_header,        Ambiguity::bare_cr_in_header,
                                        Ambiguity::leading_continuation, Ambiguity::too_many_fields,
                                        Ambiguity::field_too_long,       Ambiguity::header_too_long};

class Verifier {
 public:
  Verifier(const Message& message, UnixTime now, const KeyLookup& lookup)
      : message_(&message), now_(now), lookup_(&lookup) {
    for (const Field& field : message.scan().parts.front().fields)
      fields_[to_lower_ascii(field.name)].push_back(&field);
  }

  std::vector<DkimResult> verify() {
    std::vector<DkimResult> results;
    const auto found = fields_.find("dkim-signature");
    if (found == fields_.end()) return results;
    for (const Field* field : found->second) {
      if (results.size() == kMaxSignatures) break;
      results.push_back(verify(*field));
    }
    return results;
  }

 private:
  DkimResult verify(const Field& field) {
    const DkimReading reading = parse_dkim_signature(octets(field.body_begin, field.body_end));
    if (!reading.signature) return {.fault = reading.fault};
    const DkimSignature& signature = *reading.signature;
    return {.fault = fault_of(field, signature),
            .domain = signature.domain,
            .identity_domain = signature.identity_domain,
            .selector = signature.selector};
  }

  DkimFault fault_of(const Field& field, const DkimSignature& signature) {
    if (signature.has_length_limit) return DkimFault::length_limit;
    if (signature.expires && *signature.expires < now_) return DkimFault::expired;
    if (has_unclear_header()) return DkimFault::malformed;
    if (has_repeated_field()) return DkimFault::repeated_field;
    if (hash_of_body(signature.body) != signature.body_hash) return DkimFault::other_body;
    const KeyAnswer answer = (*lookup_)(signature.key_name());
    if (answer.kind == KeyAnswer::Kind::failed) return DkimFault::key_not_found_out;
    // With several nobody knows which one is meant (RFC 6376 3.6.2.2).
    if (answer.kind == KeyAnswer::Kind::none || answer.records.size() != 1) return DkimFault::no_key;
    const DkimKey key = parse_dkim_key(answer.records.front(), signature.algorithm);
    if (key.fault != DkimFault::none) return key.fault;
    if (key.names_domain_exactly && signature.identity_domain != signature.domain) return DkimFault::bad_identity;
    return check(key, signature, hash_of_header(field, signature));
  }

  static DkimFault check(const DkimKey& key, const DkimSignature& signature, std::string_view digest) {
    const auto checks = signature.algorithm == DkimAlgorithm::rsa_sha256 ? check_rsa_sha256 : check_ed25519_sha256;
    switch (checks(key.octets, digest, signature.signature)) {
      case SignatureCheck::right: return DkimFault::none;
      case SignatureCheck::wrong: return DkimFault::wrong;
      case SignatureCheck::short_key: return DkimFault::short_key;
      case SignatureCheck::no_key: break;
    }
    return DkimFault::no_key;
  }

  bool has_unclear_header() const {
    return std::any_of(kUnclearHeaders.begin(), kUnclearHeaders.end(),
                       [&](Ambiguity each) { return message_->scan().has(each); });
  }

  bool has_repeated_field() const {
    return std::any_of(kSingleFields.begin(), kSingleFields.end(), [&](std::string_view name) {
      const auto found = fields_.find(name);
      return found != fields_.end() && found->second.size() > 1;
    });
  }

  const std::string& hash_of_body(Canonicalization form) {
    std::optional<std::string>& hash = body_hashes_[form == Canonicalization::simple ? 0 : 1];
    if (!hash) hash = body_hash(message_->body(), form);
    return *hash;
  }

  // The signed fields, of those of one name the lowest first (RFC 6376 5.4.2), then the signature without its value.
  std::string hash_of_header(const Field& own, const DkimSignature& signature) const {
    Sha256 hash;
    std::map<std::string_view, std::size_t> taken;
    for (const std::string& name : signature.signed_fields) {
      const auto found = fields_.find(name);
      if (found == fields_.end()) continue;
      std::size_t& used = taken[name];
      if (used == found->second.size()) continue;
      const Field& field = *found->second[found->second.size() - ++used];
      add_field(hash, octets(field.begin, field.end), signature.header);
    }
    std::string unsigned_field(octets(own.begin, own.body_begin + signature.value_begin));
    unsigned_field += octets(own.body_begin + signature.value_end, own.body_end);
    add_field(hash, unsigned_field, signature.header, FieldEnd::left_out);
    return hash.digest();
  }

  std::string_view octets(std::size_t begin, std::size_t end) const {
    return message_->bytes().substr(begin, end - begin);
  }

  const Message* message_;
  UnixTime now_;
  const KeyLookup* lookup_;
  std::map<std::string, std::vector<const Field*>, std::less<>> fields_;
  std::array<std::optional<std::string>, 2> body_hashes_;
};

}  // namespace

std::vector<DkimResult> verify_dkim(const Message& message, UnixTime now, const KeyLookup& lookup) {
  return Verifier(message, now, lookup).verify();
}

}  // namespace majlis::mail
