#include "lists/site/site.h"

#include <algorithm>

#include "base/file.h"
#include "base/text.h"
#include "lists/site/renames.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

constexpr int kLockTimeout_ms = 60'000;  // far below the receiver's alarm
constexpr std::size_t kMaxSiteConfigOctets = 256 * 1024;
constexpr std::size_t kMaxAliasOctets = 1024;

// Of a path in site.conf; "" stays.
std::string below(const std::string& directory, const std::string& path) {
  return path.empty() || path.starts_with('/') ? path : directory + "/" + path;
}

}  // namespace

Result<Site> Site::open(const std::string& directory) {
  std::string mark = mark_of_renames(directory);
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
  return Site(directory, std::move(*config), std::move(*keys), std::move(mark));
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

// Whoever looked a list up before may mean one that has another name by now.
Result<std::unique_ptr<store::Writer>> Site::with_known_names(Result<std::unique_ptr<store::Writer>> opened) const {
  if (opened && path_exists(directory_ + "/" + kRewritingFile)) {
    return Error{ErrorKind::again,
                 "lists: 'majlis person erase' was killed: said again, or by the next majlis-flush, it ends"};
  }
  if (!opened || knows_all_names()) return opened;
  return Error{ErrorKind::again,
               "lists: a list was given another name a moment ago, or 'majlis rename' was killed: "
               "said again, or by the next majlis-flush, it ends"};
}

Result<std::unique_ptr<store::Writer>> Site::open_writer() const {
  return with_known_names(open_writer_in(database_directory()));
}

Result<std::unique_ptr<store::Writer>> Site::open_bulk_writer() const {
  return with_known_names(open_renaming_writer());
}

Result<std::unique_ptr<store::Writer>> Site::open_renaming_writer() const {
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

// A folder with the name of a list, by what is in it.
std::vector<ListName> Site::names_with(const char* file) const {
  const std::string top = directory_ + "/lists";
  std::vector<ListName> found;
  const Result<std::vector<std::string>> domains = majlis::list_directory(top);
  if (!domains) return found;
  for (const std::string& domain : *domains) {
    Result<std::vector<std::string>> names = majlis::list_directory(top + "/" + domain);
    if (!names) continue;
    for (const std::string& name : *names) {
      std::optional<ListName> list = ListName::parse(name, domain);
      if (list && path_exists(list_directory(*list) + "/" + file)) found.push_back(std::move(*list));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

Result<std::vector<ListName>> Site::list_names() const {
  if (Result<std::vector<std::string>> domains = majlis::list_directory(directory_ + "/lists"); !domains) {
    return domains.error();
  }
  return names_with("config");
}

std::vector<ListName> Site::alias_names() const { return names_with(kAliasFile); }

std::optional<ListName> Site::alias_target(const ListName& name) const {
  const Result<std::string> text = read_file(list_directory(name) + "/" + kAliasFile, kMaxAliasOctets);
  if (!text) return std::nullopt;
  const std::string_view address = trim(*text);
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos) return std::nullopt;
  std::optional<ListName> list = ListName::parse(address.substr(0, at), address.substr(at + 1));
  return list && path_exists(list_directory(*list) + "/config") ? list : std::nullopt;
}

bool Site::knows_all_names() const {
  if (mark_of_renames(directory_) != mark_of_renames_) return false;
  if (mark_of_renames_.empty()) return true;
  const Result<std::vector<Rename>> renames = read_renames(directory_);
  return renames && (renames->empty() || renames->back().change != 0);
}

}  // namespace majlis::lists
