// What other hosts write about themselves and sign: whatever is taken from it is in its one form, and nothing that
// anybody can write passes for a signature.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "mail/authentication/author_check.h"
#include "mail/authentication/believed_results.h"
#include "mail/authentication/dkim.h"
#include "mail/authentication/dkim_key.h"
#include "mail/authentication/lost_signatures.h"
#include "mail/authentication/signature_crypto.h"
#include "mail/domain.h"

namespace {

using namespace majlis::mail;

void require(bool holds) {
  if (!holds) abort();
}

bool is_lower(const std::string& text) { return majlis::to_lower_ascii(text) == text; }

void check_results(std::string_view text) {
  const auto field = parse_authentication_results(text);
  if (!field) return;
  require(!field->authserv_id.empty() && is_lower(field->authserv_id) && field->results.size() <= 100);
  for (const AuthenticationResult& result : field->results) {
    require(!result.method.empty() && !result.result.empty() && is_lower(result.method) && is_lower(result.result));
    for (const ResultProperty& each : result.properties) require(!each.type.empty() && !each.name.empty());
  }
}

void check_signature(std::string_view text) {
  const DkimReading reading = parse_dkim_signature(text);
  require(reading.signature.has_value() == (reading.fault == DkimFault::none));
  if (!reading.signature) return;
  const DkimSignature& signature = *reading.signature;
  require(canonical_domain(signature.domain) == signature.domain);
  require(signature.identity_domain == signature.domain || signature.identity_domain.ends_with("." + signature.domain));
  require(signature.value_begin <= signature.value_end && signature.value_end <= text.size());
  require(signature.key_name().find_first_of(" \t\r\n\0\"\\/") == std::string::npos);
  require(signature.body_hash.size() == 32 && !signature.signature.empty());
}

void check_key(std::string_view text) {
  for (const DkimAlgorithm algorithm : {DkimAlgorithm::rsa_sha256, DkimAlgorithm::ed25519_sha256}) {
    const DkimKey key = parse_dkim_key(text, algorithm);
    if (key.fault != DkimFault::none) continue;
    require(!key.octets.empty());
    const auto checks = algorithm == DkimAlgorithm::rsa_sha256 ? check_rsa_sha256 : check_ed25519_sha256;
    require(checks(key.octets, std::string(32, 'd'), key.octets) != SignatureCheck::right);
  }
}

// Nobody has a key that says yes to everything.
void check_message(std::string_view text) {
  const Message message = Message::open(std::string(text));
  const KeyLookup lookup = [](const std::string&) {
    return KeyAnswer{KeyAnswer::Kind::found, {"k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo="}};
  };
  const auto results = verify_dkim(message, 0, lookup);
  require(results.size() <= kMaxSignatures);
  for (const DkimResult& result : results) require(result.passed() <= (result.domain == "football.example.com"));
  const BelievedResults below = read_believed_results(message, "mx.example.org", BelievedAbove::second_received);
  const BelievedResults above = read_believed_results(message, "mx.example.org", BelievedAbove::first_received);
  require(above.results.size() <= below.results.size() && above.foreign.size() >= below.foreign.size());
  require(read_believed_results(message, "", BelievedAbove::second_received).results.empty());
  const SignatureLosses none = compare_signed(message, message.bytes());
  require(!none.is_changed && none.lost.empty());
  const std::string longer = std::string(message.bytes()) + "\nmore";
  const SignatureLosses losses = compare_signed(message, longer);
  require(std::is_sorted(losses.lost.begin(), losses.lost.end()));
  require(with_renamed(longer, losses.lost).size() == longer.size() + losses.lost.size() * kLostPrefix.size());
  const SameOrganization never = [](const std::string&, const std::string&) { return false; };
  check_author("example.org", below.results, never, {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check_results(text);
  check_signature(text);
  check_key(text);
  check_message(text);
  return 0;
}
