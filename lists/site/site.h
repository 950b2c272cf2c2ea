#pragma once

#include <memory>
#include <optional>
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

// Below the site: while it is there nobody writes to the database but who ends what it says
// (lists/upkeep/rewritten_files.h).
constexpr const char* kRewritingFile = "lists/.rewriting";
constexpr const char* kAliasFile = "alias";  // in a folder of a list's former name: the list's address

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
  // For who gives a list another name. The others are refused (again) while that has not come to its end, and when it
  // was done since this was opened.
  Result<std::unique_ptr<store::Writer>> open_renaming_writer() const;
  // For a site that is being made.
  static Result<std::unique_ptr<store::Writer>> open_writer_in(const std::string& database_directory);

  // Where the configuration sends mail; a relative path is below the site.
  Result<spool::Relay> relay() const;
  // How the configuration wants it done, for `relay`; reads the credentials. misconfigured when they cannot be used.
  Result<spool::FlushOptions> flush_options(const spool::Relay& relay) const;

  // A former name of a list to which mail still goes (majlis rename --alias): the list's name now.
  std::optional<ListName> alias_target(const ListName& name) const;
  std::vector<ListName> alias_names() const;  // all of these
  // Every list of the site, sorted by name, then domain.
  Result<std::vector<ListName>> list_names() const;

 private:
  Site(std::string directory, SiteConfig config, auth::SecretKeys keys, std::string mark_of_renames)
      : directory_(std::move(directory)),
        config_(std::move(config)),
        keys_(std::move(keys)),
        mark_of_renames_(std::move(mark_of_renames)) {}

  bool knows_all_names() const;
  Result<std::unique_ptr<store::Writer>> with_known_names(Result<std::unique_ptr<store::Writer>> opened) const;
  std::vector<ListName> names_with(const char* file) const;

  std::string directory_;
  SiteConfig config_;
  auth::SecretKeys keys_;
  std::string mark_of_renames_;
};

}  // namespace majlis::lists
