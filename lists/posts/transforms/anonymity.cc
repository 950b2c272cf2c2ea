#include "lists/posts/transforms/anonymity.h"

#include <algorithm>
#include <array>

#include "auth/fingerprint.h"
#include "base/text.h"
#include "mail/recipient_fields.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kIdOctets = 16;
constexpr std::size_t kMaxAddresses = 20;
constexpr std::array<std::string_view, 3> kAuthorFields = {"From", "Sender", "Reply-To"};
constexpr std::string_view kHexDigits = "0123456789abcdef";

std::string end_of_id(const List& list) { return ".anonymous@" + list.name().domain() + ">"; }

}  // namespace

bool is_anonymous(const List& list) { return list.config().is_on(Setting::anonymous); }

std::string anonymous_message_id(const Site& site, const List& list, std::string_view message_id) {
  if (message_id.empty()) return {};
  const std::string made =
      auth::keyed_fingerprint(site.keys().front(), {"anonymous", list.address(), message_id}).substr(0, kIdOctets);
  return "<" + hex(made) + end_of_id(list);
}

std::string anonymous_message_id(const Site& site, const List& list, const mail::Message& post) {
  const std::string own = post.message_id();
  return anonymous_message_id(site, list, own.empty() ? post.bytes() : std::string_view(own));
}

std::string anonymous_reference(const Site& site, const List& list, std::string_view message_id) {
  const std::string end = end_of_id(list);
  const bool has_form = message_id.size() == 1 + 2 * kIdOctets + end.size() && message_id.ends_with(end);
  const bool is_ours =
      has_form && message_id.substr(1, 2 * kIdOctets).find_first_not_of(kHexDigits) == std::string::npos;
  return is_ours ? std::string(message_id) : anonymous_message_id(site, list, message_id);
}

std::vector<mail::Address> addresses_of_author(const List& list, const mail::Message& post) {
  std::vector<mail::Address> addresses;
  for (const std::string_view field : kAuthorFields) {
    for (const std::string& body : post.fields(field)) {
      for (const std::string& written : mail::addresses_named_in(body, kMaxAddresses)) {
        const std::optional<mail::Address> address = mail::Address::parse(written);
        const bool is_known = !address || address->canonical() == list.address() ||
                              std::find(addresses.begin(), addresses.end(), *address) != addresses.end();
        if (!is_known && addresses.size() < kMaxAddresses) addresses.push_back(*address);
      }
    }
  }
  return addresses;
}

}  // namespace majlis::lists
