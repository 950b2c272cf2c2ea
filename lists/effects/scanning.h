#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/site/list.h"
#include "lists/site/reasons.h"
#include "lists/site/site.h"
#include "mail/message.h"
#include "net/clamd.h"

namespace majlis::lists {

// Whether posts of the list are scanned before they pass (the setting antivirus; empty: where the site has a scanner).
bool is_scanned(const Site& site, const List& list);

// What becomes of a post while the scanner does not answer: the list's scanner_down, else the site's.
enum class WhileDown { defer, hold };
WhileDown while_scanner_is_down(const Site& site, const List& list);

// Why a post may not pass; nullopt: it is clean.
std::optional<Reason> obstacle_in(const net::Scan& scan);

// The site's scanner, for one run of a program. down, too, where the site has none.
class SiteScanner {
 public:
  explicit SiteScanner(const Site& site) : site_(&site) {}

  // The whole message, each part of it and each file in a text, decoded. scanner_seconds for each message; when they
  // have passed since the first one was begun, nothing more is asked: whatever follows is down.
  net::Scan scan(const mail::Message& message);

 private:
  bool is_over() const;

  const Site* site_;
  std::optional<std::chrono::steady_clock::time_point> began_;
};

// One line about a scan that was made.
void log_scan(const List& list, const mail::Message& message, const net::Scan& scan);

// Asks the site's scanner about these octets alone.
net::Scan scan_octets(const Site& site, std::string_view octets);

}  // namespace majlis::lists
