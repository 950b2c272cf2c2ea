#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace majlis::lists {

// site.conf: "key = value" lines. Every key is in one table (site_config.cc), which also writes the commented sample.
struct SiteConfig {
  std::string domain;                      // default domain of bare list names
  std::string postmaster;                  // address of the person in charge
  std::string relay = "maildir:mail";      // a relative path is below the site
  std::string relay_tls = "when-offered";  // "off", "when-offered", "required"
  std::string relay_tls_ca;                // file of certificates; empty: the system's
  std::string relay_credentials;           // file; empty: none
  std::string relay_auth_without_tls = "no";
  std::string verp = "signed";  // "signed", "xverp"
  std::string language = "en";
  std::string log_file;                // empty: syslog
  std::string authserv_id;             // the Authentication-Results we believe; empty: none
  std::string verify_dkim = "no";      // "yes": signatures are verified here as well
  std::string resolver;                // ADDRESS[:PORT] of a name server; empty: those of /etc/resolv.conf
  std::int64_t dns_seconds = 5;        // for all questions about one message together
  std::string scanner;                 // unix:/PATH or tcp:HOST:PORT of clamd(8); empty: none
  std::int64_t scanner_seconds = 30;   // for a whole message
  std::string scanner_down = "defer";  // "defer", "hold"; a list may say otherwise
  std::int64_t max_message_octets = 10'240'000;
  std::int64_t max_commands = 25;  // per message without a right password
  std::int64_t max_errors = 5;     // then the rest of a message is not read
  std::int64_t max_reply_octets = 65'536;
  std::int64_t replies_per_day = 10;              // to one address, without proof; notices to an author count apart
  std::int64_t file_octets_per_day = 20'000'000;  // of files, to one address, without the list's password
  std::int64_t site_file_octets_per_day = 500'000'000;  // of files, to all
  std::int64_t challenges_per_day = 10;                 // to one address over all lists
  std::int64_t connections = 4;                         // of the flusher
  std::int64_t recipients_per_transaction = 1000;
  std::int64_t domain_transactions = 0;         // to one destination domain at once; 0: no limit
  std::int64_t domain_per_minute = 0;           // recipients of one destination domain; 0: no limit
  std::string domain_budgets;                   // "DOMAIN:TRANSACTIONS:PER_MINUTE ..."
  std::string metrics_file;                     // empty: none
  std::int64_t job_days = 5;                    // then a delivery is given up
  std::int64_t max_bad_files = 1000;            // in spool/bad; then mail is not set aside but stays with the MTA
  std::int64_t max_bad_octets = 1'000'000'000;  // of these
  std::int64_t bad_days = 60;                   // then they are removed; 0: never
  std::int64_t max_received = 50;               // hops, more is a loop

  // misconfigured with the line number for an unknown key, a bad value, a repeated key or a missing domain or
  // postmaster.
  static Result<SiteConfig> parse(std::string_view text);
  // The commented sample with every key, these values filled in; parses back to the same.
  std::string write() const;
};

}  // namespace majlis::lists
