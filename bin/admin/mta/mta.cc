#include "bin/admin/mta/mta.h"

#include <algorithm>
#include <array>

#include "base/file.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/mta/files.h"
#include "bin/admin/mta/way.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"install", Takes::nothing}};
constexpr Option kPostfixOptions[] = {{"install", Takes::nothing}, {"aliases", Takes::nothing}};

constexpr std::array kAllWays = {postfix_ways, exim_ways, opensmtpd_ways};

const Mta* find_way(const Call& call) {
  for (const auto ways : kAllWays) {
    for (const Mta& mta : ways()) {
      if (mta.name == call.verb && mta.by_aliases == call.arguments.has("aliases")) return &mta;
    }
  }
  return nullptr;
}

void print_files(const Wiring& wiring, std::span<const MtaFile> files) {
  for (const MtaFile& file : files) print("# " + path_of(wiring, file) + "\n" + file.text(wiring) + "\n");
}

Result<Verdict> mta(const Call& call) {
  const Mta* way = find_way(call);
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<Wiring> wiring = wiring_of(call, *site, *way);
  if (!wiring) return wiring.error();
  if (!call.arguments.has("install")) {
    print_files(*wiring, way->parts);
    print_files(*wiring, way->maps);
    return Verdict::done;
  }
  Status installed = install_maps(call, *site, *way, *wiring);
  if (!installed) return installed.error();
  for (const MtaFile& map : way->maps) print("written: " + path_of(*wiring, map) + "\n");
  print("\nOnce, by hand:\n\n");
  print_files(*wiring, way->parts);
  return Verdict::done;
}

constexpr Form kForms[] = {
    {"postfix", 0, 0, kPostfixOptions, mta},
    {"exim", 0, 0, kOptions, mta},
    {"opensmtpd", 0, 0, kOptions, mta},
};

Status refresh(const Call& call, const lists::Site& site, const Mta& mta) {
  Result<Wiring> wiring = wiring_of(call, site, mta);
  if (!wiring) return wiring.error();
  return is_installed(*wiring, mta) ? update_maps(call, *wiring, mta) : Status();
}

}  // namespace

void refresh_mta_maps(const Call& call, const lists::Site& site) {
  if (!path_exists(site.directory() + "/mta")) return;
  for (const auto ways : kAllWays) {
    for (const Mta& mta : ways()) {
      const Status done = refresh(call, site, mta);
      if (!done) {
        complain(call, done.error().what + "; the MTA does not know of the change before 'majlis mta " +
                           std::string(mta.name) + (mta.by_aliases ? " --aliases" : "") + " --install' is done");
      }
    }
  }
}

constinit const Command kMta{
    "usage: majlis mta postfix [--aliases] [--install]\n"
    "       majlis mta exim|opensmtpd [--install]\n"
    "\n"
    "Prints what the MTA needs to hand over the mail of every list, file by file: lines for its configuration, and "
    "maps\n"
    "of the addresses there are, so that it refuses others at once.\n"
    "  --aliases   aliases of local(8), for a domain that has other mailboxes, too\n"
    "  --install   writes the maps into SITE/mta and makes databases of them; 'create' and 'remove' then keep them up "
    "to\n"
    "              date. What belongs into the MTA's own files is printed\n",
    VerbPlace::first_word, kForms};

}  // namespace majlis::bin::admin
