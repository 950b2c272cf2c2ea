#include "bin/admin/check/check.h"

#include <algorithm>

#include "bin/admin/call/print.h"
#include "lists/effects/mta_probe.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"json", Takes::nothing}, {"probe", Takes::nothing}};

using Check = void (*)(const lists::Site&, Findings&);
constexpr Check kChecks[] = {check_database, check_spool, check_disk, check_lists,   check_texts,
                             check_relay,    check_dns,   check_log,  check_scanner, check_probe};

Finding site_finding(const std::string& directory, const Error& error) {
  if (error.kind == ErrorKind::missing) {
    return wanting("site", error.what, "make one with 'majlis init', or name the right one with --site");
  }
  return wanting("site", error.what, "mend " + directory + "/site.conf or " + directory + "/secret as told");
}

void print_finding(const Call& call, const Finding& finding) {
  if (call.wants_json()) {
    print(JsonLine()
              .text("check", finding.name)
              .flag("ok", finding.is_ok)
              .text("what", finding.what)
              .text("mend", finding.mend)
              .line());
    return;
  }
  std::string line = (finding.is_ok ? "ok       " : "wanting  ") + finding.name;
  line.resize(std::max<std::size_t>(line.size() + 1, 19), ' ');
  print(line + visible(finding.what) + (finding.mend.empty() ? "" : "\n           mend: " + visible(finding.mend)) +
        "\n");
}

void mail_probe(const Call& call, const lists::Site& site, Findings& findings) {
  const Status sent = lists::send_probe(site, call.now);
  if (sent) {
    record(call, "", "probe");
  } else {
    findings.push_back(wanting("probe", "none can be sent: " + sent.error().what, "mend what else is wanting first"));
  }
}

Result<Verdict> check(const Call& call) {
  Findings findings;
  check_rights(call.site_directory, findings);
  Result<lists::Site> site = open_site(call);
  if (!site) {
    findings.push_back(site_finding(call.site_directory, site.error()));
  } else {
    findings.push_back(ok("site", "settings and secret can be read"));
    if (call.arguments.has("probe")) mail_probe(call, *site, findings);
    for (const Check look : kChecks) look(*site, findings);
  }
  for (const Finding& finding : findings) print_finding(call, finding);
  const bool all_ok = std::all_of(findings.begin(), findings.end(), [](const Finding& f) { return f.is_ok; });
  return all_ok ? Verdict::done : Verdict::wanting;
}

constexpr Form kForms[] = {{"", 0, 0, kOptions, check}};

}  // namespace

constinit const Command kCheck{
    "usage: majlis check [--json] [--probe]\n"
    "\n"
    "Tests owner and rights, settings and secret, database, spool, disk, every list, the site's own texts, the "
    "relay, the name servers, the log and the scanner (by the EICAR test string).\n"
    "--probe also mails a message from the site to itself, which goes out with the next run of majlis-flush. Later "
    "checks tell whether it came back, and whether the mail server removed what it forges in its name.\n"
    "What is wanting is told with its mend, and makes the exit status 1.\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
