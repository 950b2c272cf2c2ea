#include "mail/authentication/dkim_key.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "base/text.h"
#include "mail/authentication/tag_list.h"

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxRecordOctets = 16 * 1024;

bool has_word(const TagList& tags, std::string_view tag, std::string_view word) {
  const std::vector<std::string> words = split_at_colons(tags.value(tag));
  return std::find(words.begin(), words.end(), word) != words.end();
}

// A tag that is absent allows everything.
bool allows(const TagList& tags, std::string_view tag, std::string_view word) {
  return tags.find(tag) == nullptr || has_word(tags, tag, word);
}

// v=, where it stands, comes first.
bool is_version_one(const TagList& tags) {
  const Tag* version = tags.find("v");
  return version == nullptr || (version == &tags.tags().front() && version->value == "DKIM1");
}

}  // namespace

DkimKey parse_dkim_key(std::string_view record, DkimAlgorithm algorithm) {
  DkimKey key;
  const std::optional<TagList> tags = TagList::parse(record.substr(0, kMaxRecordOctets));
  if (!tags || record.size() > kMaxRecordOctets || !is_version_one(*tags)) return key;
  const std::string_view kind = algorithm == DkimAlgorithm::rsa_sha256 ? "rsa" : "ed25519";
  if (tags->find("p") == nullptr || tags->value("k", "rsa") != kind || !allows(*tags, "h", "sha256") ||
      !(allows(*tags, "s", "email") || has_word(*tags, "s", "*"))) {
    return key;
  }
  std::optional<std::string> octets = strict_base64(tags->value("p"));
  if (tags->value("p").empty()) key.fault = DkimFault::revoked;
  if (!octets) return key;
  key.octets = std::move(*octets);
  key.names_domain_exactly = has_word(*tags, "t", "s");
  key.fault = has_word(*tags, "t", "y") ? DkimFault::testing : DkimFault::none;
  return key;
}

}  // namespace majlis::mail
