#include "lists/site/site_dns.h"

#include <chrono>
#include <utility>

namespace majlis::lists {

const net::TxtAnswer& SiteDns::txt(const std::string& name) {
  const auto known = answers_.find(name);
  return known != answers_.end() ? known->second : answers_.emplace(name, ask(name)).first->second;
}

net::TxtAnswer SiteDns::ask(const std::string& name) {
  if (!resolver_) {
    Result<net::Resolver> resolver =
        net::Resolver::create(config_->resolver, std::chrono::seconds(config_->dns_seconds));
    if (!resolver)
      return {.kind = net::TxtAnswer::Kind::failed, .texts = {}, .seconds = 0, .why = resolver.error().what};
    resolver_ = std::move(*resolver);
  }
  return resolver_->txt(name);
}

}  // namespace majlis::lists
