#include <climits>
#include <cstdlib>

#include "auth/secret_file.h"
#include "base/process.h"
#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/call/programs.h"
#include "lists/effects/new_site.h"
#include "lists/rounds/site_check.h"
#include "mail/address.h"
#include "mail/domain.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"domain", Takes::value}, {"postmaster", Takes::value}, {"relay", Takes::value}};

Error refused(std::string_view option, std::string_view value, std::string_view why) {
  return {ErrorKind::refused, "--" + std::string(option) + ": '" + printable(value, 100) + "' is " + std::string(why)};
}

Result<lists::SiteConfig> config_from(const Arguments& arguments) {
  const std::string domain = arguments.value("domain");
  const std::string postmaster = arguments.value("postmaster");
  lists::SiteConfig config;
  const auto canonical = mail::canonical_domain(domain);
  if (!canonical) return refused("domain", domain, "no domain name");
  config.domain = *canonical;
  const auto address = mail::Address::parse(postmaster);
  if (!address) return refused("postmaster", postmaster, "no mail address");
  config.postmaster = address->text();
  if (arguments.has("relay")) config.relay = arguments.value("relay");
  if (Status known = lists::check_relay_url(config.relay); !known) return known.error();
  // What site.conf would not give back (a '#', say) must not be written into it.
  Result<lists::SiteConfig> read_back = lists::SiteConfig::parse(config.write());
  if (!read_back) return read_back.error();
  if (read_back->relay != config.relay) return refused("relay", config.relay, "nothing that site.conf can hold");
  return read_back;
}

std::string absolute(const std::string& directory) {
  char* resolved = realpath(directory.c_str(), nullptr);
  std::string path = resolved == nullptr ? directory : resolved;
  std::free(resolved);
  return path;
}

void print_next_steps(const std::string& directory, const lists::SiteConfig& config) {
  print("The site " + directory + " is ready to receive. Mail goes to " + config.relay +
        ".\n"
        "Next:\n"
        "  1. give it to the user Majlis runs as:   chown -R majlis: " +
        directory +
        "\n"
        "  2. make a list:                          majlis --site " +
        directory +
        " create NAME\n"
        "  3. hand its mail over to majlis-receive: majlis --site " +
        directory +
        " mta postfix --install\n"
        "       writes the maps of the lists, and prints what belongs into main.cf and master.cf\n"
        "  4. deliver, by cron:                     * * * * * majlis " +
        program_folder() + "/majlis-flush --site " + directory +
        "\n"
        "  5. test it all:                          majlis --site " +
        directory + " check\n");
}

Result<Verdict> init(const Call& call) {
  const std::string& directory = call.word(0);
  if (!call.arguments.has("domain") || !call.arguments.has("postmaster")) {
    return wrong_use(call, "--domain and --postmaster are needed");
  }
  Result<lists::SiteConfig> config = config_from(call.arguments);
  if (!config) return config.error();
  Status made = settle_in(directory);
  if (made) made = auth::start_crypto();
  if (made) made = lists::create_site(directory, *config);
  if (!made) return made.error();
  print_next_steps(absolute(directory), *config);
  return Verdict::done;
}

constexpr Form kForms[] = {{"", 1, 1, kOptions, init}};

}  // namespace

constinit const Command kInit{
    "usage: majlis init DIR --domain DOMAIN --postmaster ADDRESS [--relay URL]\n"
    "\n"
    "Makes a site in DIR: settings (site.conf), secret, database, spool.\n"
    "  --domain DOMAIN        where lists are that are named without one\n"
    "  --postmaster ADDRESS   the person in charge\n"
    "  --relay URL            where mail goes (default maildir:mail, below DIR): smtp://HOST[:PORT],\n"
    "                         smtps://HOST[:PORT], lmtp://HOST:PORT, lmtp:/SOCKET, sendmail:/PATH, maildir:DIR\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
