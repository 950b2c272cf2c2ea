#include "lists/site/directory.h"

#include <algorithm>
#include <array>

#include "base/file.h"
#include "base/text.h"

namespace majlis::lists {
namespace {

struct RoleWord {
  std::string_view word;
  Role role;
};

constexpr std::array kSuffixes = {
    RoleWord{"-request", Role::request},         RoleWord{"-owner", Role::owner},
    RoleWord{"-bounces", Role::bounces},         RoleWord{"-approval", Role::approval},
    RoleWord{"-subscribe", Role::subscribe},     RoleWord{"-join", Role::subscribe},
    RoleWord{"-unsubscribe", Role::unsubscribe}, RoleWord{"-leave", Role::unsubscribe},
    RoleWord{"-admin", Role::bounces},           RoleWord{"-signoff", Role::unsubscribe},
    RoleWord{"-confirm", Role::confirm},
};

constexpr std::array kSiteAddresses = {
    RoleWord{"majordomo", Role::majordomo},
    RoleWord{"listserv", Role::listserv},
    RoleWord{"mailman", Role::mailman},
    RoleWord{"owner-majordomo", Role::site_owner},
    RoleWord{"majordomo-owner", Role::site_owner},
    RoleWord{"owner-listserv", Role::site_owner},
    RoleWord{"listserv-owner", Role::site_owner},
    RoleWord{"owner-mailman", Role::site_owner},
    RoleWord{"mailman-owner", Role::site_owner},
};

constexpr std::string_view kOwnerPrefix = "owner-";

std::optional<ListName> existing(const Site& site, std::string_view name, std::string_view domain) {
  std::optional<ListName> list = ListName::parse(name, domain);
  if (!list || path_exists(site.list_directory(*list) + "/config")) return list;
  return site.alias_target(*list);
}

std::optional<Destination> role_of_list(const Site& site, std::string_view local, std::string_view domain) {
  if (auto list = existing(site, local, domain)) return Destination{Role::post, std::move(list), {}};
  for (const RoleWord& suffix : kSuffixes) {
    if (!local.ends_with(suffix.word)) continue;
    if (auto list = existing(site, local.substr(0, local.size() - suffix.word.size()), domain)) {
      return Destination{suffix.role, std::move(list), {}};
    }
  }
  if (!local.starts_with(kOwnerPrefix)) return std::nullopt;
  auto list = existing(site, local.substr(kOwnerPrefix.size()), domain);
  if (!list) return std::nullopt;
  return Destination{Role::owner, std::move(list), {}};
}

bool may_be_routed_on(const Site& site, const mail::Address& address) {
  return address.local().find_first_of("%!") != std::string::npos && is_our_domain(site, address.domain());
}

}  // namespace

std::vector<std::string> local_parts_of(const ListName& list) {
  std::vector<std::string> parts{list.name(), std::string(kOwnerPrefix) + list.name()};
  for (const RoleWord& suffix : kSuffixes) parts.push_back(list.name() + std::string(suffix.word));
  return parts;
}

std::vector<std::string> site_local_parts() {
  std::vector<std::string> parts;
  for (const RoleWord& word : kSiteAddresses) parts.emplace_back(word.word);
  return parts;
}

bool is_our_domain(const Site& site, const std::string& domain) {
  return domain == site.config().domain || path_exists(site.directory() + "/lists/" + domain);
}

bool may_take_posts(const mail::Address& address) {
  const std::string local = to_lower_ascii(address.local());
  const std::string_view base = std::string_view(local).substr(0, local.find('+'));
  return std::none_of(kSuffixes.begin(), kSuffixes.end(),
                      [&](const RoleWord& suffix) { return base.ends_with(suffix.word); }) &&
         std::none_of(kSiteAddresses.begin(), kSiteAddresses.end(),
                      [&](const RoleWord& ours) { return base == ours.word; });
}

bool belongs_to(const ListName& list, const mail::Address& address) {
  if (address.domain() != list.domain()) return false;
  const std::string local = to_lower_ascii(address.local());
  const std::string_view base = std::string_view(local).substr(0, local.find('+'));
  if (base == list.name() || base == std::string(kOwnerPrefix) + list.name()) return true;
  return std::any_of(kSuffixes.begin(), kSuffixes.end(),
                     [&](const RoleWord& suffix) { return base == list.name() + std::string(suffix.word); });
}

std::optional<Destination> find_destination(const Site& site, const mail::Address& recipient) {
  const std::string local = to_lower_ascii(recipient.local());
  const std::size_t plus = local.find('+');
  const std::string_view base = std::string_view(local).substr(0, plus);
  const std::string tag = plus == std::string::npos ? "" : local.substr(plus + 1);

  std::optional<Destination> found = role_of_list(site, base, recipient.domain());
  const bool is_ours = is_our_domain(site, recipient.domain());
  for (const RoleWord& word : kSiteAddresses) {
    if (!found && is_ours && base == word.word) found = Destination{word.role, std::nullopt, {}};
  }
  if (found) found->tag = tag;
  return found;
}

bool leads_back(const Site& site, const mail::Address& address) {
  return find_destination(site, address) || may_be_routed_on(site, address);
}

bool takes_posts(const Site& site, const mail::Address& address) {
  const std::optional<Destination> ours = find_destination(site, address);
  return ours ? ours->role == Role::post : may_be_routed_on(site, address);
}

std::optional<ListName> find_list(const Site& site, std::string_view written, std::string_view default_domain) {
  std::string_view name = trim(written);
  if (name.size() > 2 && name.front() == '<' && name.back() == '>') name = name.substr(1, name.size() - 2);
  const std::size_t at = name.rfind('@');
  const std::string_view domain = at == std::string_view::npos ? default_domain : name.substr(at + 1);
  return existing(site, to_lower_ascii(name.substr(0, at)), to_lower_ascii(domain));
}

}  // namespace majlis::lists
