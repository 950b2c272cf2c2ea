#include "lists/site/site.h"

#include <algorithm>

#include "base/file.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr int kLockTimeout_ms = 60'000;  // far below the receiver's alarm
constexpr std::size_t kMaxSiteConfigOctets = 256 * 1024;

// Of a path in site.conf; "" stays.
std::string below(const std::string& directory, const std::string& path) {
  return path.empty() || path.starts_with('/') ? path : directory + "/" + path;
}

}  // namespace

Result<Site> Site::open(const std::string& directory) {
  Result<std::string> text = read_file(directory + "/site.conf", kMaxSiteConfigOctets);
  if (!text && text.error().kind == ErrorKind::missing) {
    return Error{ErrorKind::missing,
                 "lists: open site " + directory + ": no site.conf there; majlis init makes a site"};
  }
  if (!text) return text.error();
  Result<SiteConfig> config = SiteConfig::parse(*text);
  if (!config) return config.error();
  Result<auth::SecretKeys> keys = auth::load_secret_file(directory + "/secret");
  if (!keys) return keys.error();
  return Site(directory, std::move(*config), std::move(*keys));
}

Result<spool::Relay> Site::relay() const {
  Result<spool::Relay> relay = spool::Relay::parse(config_.relay);
  if (relay) relay->path = below(directory_, relay->path);
  return relay;
}

Result<spool::FlushOptions> Site::flush_options(const spool::Relay& relay) const {
  spool::FlushOptions options;
  options.relay = relay;
  if (config_.relay_tls == "off") options.tls = spool::RelayTls::off;
  if (config_.relay_tls == "required") options.tls = spool::RelayTls::required;
  options.tls_ca_file = below(directory_, config_.relay_tls_ca);
  if (!config_.relay_credentials.empty()) {
    Result<spool::Credentials> own = spool::Credentials::load(below(directory_, config_.relay_credentials));
    if (!own) return own.error();
    options.credentials = std::move(*own);
  }
  options.may_auth_without_tls = config_.relay_auth_without_tls == "yes";
  options.verp = config_.verp == "xverp" ? spool::VerpForm::xverp : spool::VerpForm::signed_each;
  options.connections = static_cast<unsigned>(config_.connections);
  options.recipients_per_transaction = static_cast<std::size_t>(config_.recipients_per_transaction);
  options.budgets.each = {static_cast<std::uint64_t>(config_.domain_transactions),
                          static_cast<std::uint64_t>(config_.domain_per_minute)};
  options.budgets.of_domain = spool::parse_domain_budgets(config_.domain_budgets).value_or(spool::DomainBudgets());
  return options;
}

Result<std::unique_ptr<store::Reader>> Site::open_reader() const {
  return store::Reader::open(database_directory(), kLockTimeout_ms);
}

Result<std::unique_ptr<store::Writer>> Site::open_writer() const { return open_writer_in(database_directory()); }

Result<std::unique_ptr<store::Writer>> Site::open_bulk_writer() const {
  return store::Writer::open(database_directory(), kLockTimeout_ms, store::Load::bulk);
}

Result<std::unique_ptr<store::Writer>> Site::open_writer_in(const std::string& database_directory) {
  return store::Writer::open(database_directory, kLockTimeout_ms);
}

std::string Site::log_file() const { return below(directory_, config_.log_file); }
std::string Site::metrics_file() const { return below(directory_, config_.metrics_file); }

std::string Site::list_directory(const ListName& name) const {
  return directory_ + "/lists/" + name.domain() + "/" + name.name();
}

Result<std::vector<ListName>> Site::list_names() const {
  const std::string top = directory_ + "/lists";
  Result<std::vector<std::string>> domains = majlis::list_directory(top);
  if (!domains) return domains.error();
  std::vector<ListName> found;
  for (const std::string& domain : *domains) {
    Result<std::vector<std::string>> names = majlis::list_directory(top + "/" + domain);
    if (!names) continue;
    for (const std::string& name : *names) {
      std::optional<ListName> list = ListName::parse(name, domain);
      if (list && path_exists(list_directory(*list) + "/config")) found.push_back(std::move(*list));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace majlis::lists
