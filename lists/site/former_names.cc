#include "lists/site/former_names.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxOctets = 64 * 1024;

std::vector<FormerName> names_of(const Site& site, std::string_view address) {
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos) return {};
  const auto name = ListName::parse(address.substr(0, at), address.substr(at + 1));
  if (!name) return {};
  Result<std::vector<FormerName>> names = former_names(site.list_directory(*name));
  return names ? std::move(*names) : std::vector<FormerName>();
}

}  // namespace

std::string token_name_of(std::string_view address, std::uint64_t number) {
  return number == 0 ? std::string(address) : std::string(address) + "\n" + std::to_string(number);
}

Result<std::vector<FormerName>> former_names(const std::string& list_directory) {
  const Result<std::string> text = read_file(list_directory + "/" + kFormerNamesFile, kMaxOctets);
  std::vector<FormerName> names;
  if (!text && text.error().kind == ErrorKind::missing) return names;
  if (!text) return text.error();
  std::string_view rest = *text;
  while (const auto line = next_line(rest)) {
    const std::vector<std::string_view> words = split_words(*line);
    const auto number = words.size() == 2 ? parse_number(words[1]) : std::nullopt;
    if (number) names.push_back({std::string(words[0]), *number});
  }
  return names;
}

Status write_former_names(const std::string& list_directory, const std::vector<FormerName>& names) {
  std::string text;
  for (const FormerName& name : names) text += name.address + " " + std::to_string(name.number) + "\n";
  return replace_file(list_directory + "/" + kFormerNamesFile, text, 0600);
}

std::optional<auth::ValidToken> check_token(const Site& site, std::string_view token, auth::TokenGrant grant,
                                            UnixTime now) {
  if (auto valid = auth::check_token(site.keys(), token, grant, now)) return valid;
  // Of some kinds the address alone is in the token.
  const std::string address = grant.list.substr(0, grant.list.find('\n'));
  for (const FormerName& name : names_of(site, address)) {
    for (const std::string& former : {name.address, token_name_of(name.address, name.number)}) {
      grant.list = former;
      if (auto valid = auth::check_token(site.keys(), token, grant, now)) return valid;
    }
  }
  return std::nullopt;
}

std::optional<auth::VerpTag> check_verp_tag(const Site& site, std::string_view list, std::string_view text,
                                            UnixTime now) {
  if (auto tag = auth::check_verp_tag(site.keys(), list, text, now)) return tag;
  for (const FormerName& name : names_of(site, list)) {
    if (auto tag = auth::check_verp_tag(site.keys(), name.address, text, now)) return tag;
  }
  return std::nullopt;
}

}  // namespace majlis::lists
