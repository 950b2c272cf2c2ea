#include "commands/desk/list_lookup.h"

#include "base/file.h"
#include "mail/address.h"

namespace majlis::commands {
namespace {

// What stands before the host of an address that is none of the site's.
std::optional<std::string> local_part_elsewhere(const lists::Site& site, std::string_view word) {
  const std::optional<mail::Mailbox> mailbox = mail::parse_mailbox(word);
  if (!mailbox || lists::is_our_domain(site, mailbox->address.domain())) return std::nullopt;
  return std::string(mailbox->address.local());
}

}  // namespace

ListLookup::ListLookup(const lists::Site& site, std::string_view server, std::optional<lists::ListName> default_list)
    : site_(&site), default_list_(std::move(default_list)) {
  const std::string domain(server.substr(server.rfind('@') + 1));
  const bool is_served = default_list_ || path_exists(site.directory() + "/lists/" + domain);
  default_domain_ = default_list_ ? default_list_->domain() : is_served ? domain : site.config().domain;
}

std::optional<lists::ListName> ListLookup::find(std::string_view word) const {
  auto found = lists::find_list(*site_, word, default_domain_);
  if (found || default_list_) return found;
  const std::optional<std::string> local = local_part_elsewhere(*site_, word);
  return local ? lists::find_list(*site_, *local, default_domain_) : std::nullopt;
}

NamedTarget ListLookup::name_target(std::vector<std::string> arguments, unsigned own_arguments) const {
  NamedTarget target;
  target.rest = std::move(arguments);
  if (!target.rest.empty() && !(default_list_ && target.rest.size() < own_arguments)) {
    target.list = find(target.rest.front());
  }
  if (target.list) {
    target.rest.erase(target.rest.begin());
  } else {
    target.list = default_list_;
  }
  return target;
}

}  // namespace majlis::commands
