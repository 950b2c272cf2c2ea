#pragma once

#include <map>
#include <optional>
#include <string>

#include "lists/site/site_config.h"
#include "net/dmarc.h"
#include "net/resolver.h"

namespace majlis::lists {

// The questions about one message to the site's name servers: dns_seconds for all of them together, each asked once.
// Nothing is read or asked before the first.
class SiteDns {
 public:
  explicit SiteDns(const SiteConfig& config) : config_(&config) {}

  // failed, as for a name server that does not answer, when there is none to ask.
  const net::TxtAnswer& txt(const std::string& name);
  // txt() for those who walk (net/dmarc.h); lives as long as this.
  net::TxtLookup lookup() {
    return [this](const std::string& name) { return txt(name); };
  }

 private:
  net::TxtAnswer ask(const std::string& name);

  const SiteConfig* config_;
  std::optional<net::Resolver> resolver_;
  std::map<std::string, net::TxtAnswer> answers_;  // few: whoever asks has a ceiling
};

}  // namespace majlis::lists
