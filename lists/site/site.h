#pragma once

#include <memory>
#include <string>
#include <vector>

#include "auth/secret_file.h"
#include "base/result.h"
#include "lists/site/list_name.h"
#include "lists/site/site_config.h"
#include "spool/flush_options.h"
#include "spool/spool.h"
#include "spool/transport/relay.h"

namespace majlis::store {
class Reader;
class Writer;
}  // namespace majlis::store

namespace majlis::lists {

// A site on disk (DESIGN: site.conf, secret, db/, lists/, spool/), opened by one process for one piece of work.
class Site {
 public:
  // misconfigured when site.conf or the secret cannot be used; missing when `directory` is no site.
  static Result<Site> open(const std::string& directory);

  const std::string& directory() const { return directory_; }
  const SiteConfig& config() const { return config_; }
  const auth::SecretKeys& keys() const { return keys_; }
  spool::Spool spool() const { return spool::Spool(directory_ + "/spool"); }
  std::string database_directory() const { return directory_ + "/db"; }
  std::string list_directory(const ListName& name) const;
  std::string log_file() const;      // whole paths; empty: syslog
  std::string metrics_file() const;  // empty: none

  // The database, as store/database.h says; waits at most a minute for others, `again` after it. This is the only place
  // where lists/ opens it.
  Result<std::unique_ptr<store::Reader>> open_reader() const;
  Result<std::unique_ptr<store::Writer>> open_writer() const;
  Result<std::unique_ptr<store::Writer>> open_bulk_writer() const;  // for thousands of rows a transaction
  // For a site that is being made.
  static Result<std::unique_ptr<store::Writer>> open_writer_in(const std::string& database_directory);

  // Where the configuration sends mail; a relative path is below the site.
  Result<spool::Relay> relay() const;
  // How the configuration wants it done, for `relay`; reads the credentials. misconfigured when they cannot be used.
  Result<spool::FlushOptions> flush_options(const spool::Relay& relay) const;

  // Every list of the site, sorted by name, then domain.
  Result<std::vector<ListName>> list_names() const;

 private:
  Site(std::string directory, SiteConfig config, auth::SecretKeys keys)
      : directory_(std::move(directory)), config_(std::move(config)), keys_(std::move(keys)) {}

  std::string directory_;
  SiteConfig config_;
  auth::SecretKeys keys_;
};

}  // namespace majlis::lists
