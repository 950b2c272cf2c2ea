#include "bin/admin/check/check.h"
#include "lists/effects/scanning.h"

namespace majlis::bin::admin {
namespace {

// The EICAR test string, which every scanner is to call a virus. In two halves, or it would call this program one.
std::string test_string() {
  constexpr std::string_view kFirst = R"(X5O!P%@AP[4\PZX54(P^)7CC)7}$)";
  constexpr std::string_view kSecond = "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";
  std::string whole(kFirst);
  return whole.append(kSecond);
}

}  // namespace

void check_scanner(const lists::Site& site, Findings& findings) {
  using Said = net::Scan::Verdict;
  const std::string& address = site.config().scanner;
  if (address.empty()) {
    findings.push_back(ok("scanner", "none is set: posts are not scanned for viruses"));
    return;
  }
  const net::Scan scan = lists::scan_octets(site, test_string());
  if (scan.verdict == Said::found) {
    findings.push_back(ok("scanner", address + " finds the EICAR test string (" + scan.name + ")"));
  } else if (scan.verdict == Said::clean) {
    findings.push_back(wanting("scanner",
                               address +
                                   " finds nothing in the EICAR test string: it stops nothing, and lets every post "
                                   "pass as clean",
                               "give clamd its signatures: freshclam, then start it anew; see DatabaseDirectory in "
                               "clamd.conf(5)"));
  } else {
    findings.push_back(
        wanting("scanner", address + " does not answer as it should: " + scan.why,
                "start clamd, let the site's owner use its socket (LocalSocketMode), or set scanner in " +
                    site.directory() + "/site.conf"));
  }
}

}  // namespace majlis::bin::admin
