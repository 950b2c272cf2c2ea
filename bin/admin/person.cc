#include "lists/upkeep/person.h"

#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/found.h"
#include "bin/admin/person_erase.h"
#include "lists/effects/traces.h"
#include "lists/upkeep/person_files.h"

namespace majlis::bin::admin {
namespace {

JsonLine about(std::string_view list, std::string_view role, const mail::Address& address) {
  JsonLine line;
  line.text("list", list).text("role", role).text("address", address.text());
  return line;
}

Status print_standing(const lists::Site& site, const mail::Address& address) {
  Result<std::vector<Found>> all = find_all(site, address);
  if (!all) return all.error();
  for (const Found& row : *all) print(row.json.line());
  return {};
}

Status print_consents(const lists::Site& site, const mail::Address& address) {
  const Result<std::vector<lists::ConsentView>> consents = lists::consents_of(site, address);
  if (!consents) return consents.error();
  for (const lists::ConsentView& consent : *consents) {
    JsonLine line = about(consent.list, "consent", address);
    line.text("time", iso8601(consent.time)).text("token_sha256", consent.token).text("from", consent.from);
    if (consent.approved != 0) line.text("approved", iso8601(consent.approved)).text("by", consent.approved_by);
    print(line.line());
  }
  return {};
}

Status print_password(const lists::Site& site, const mail::Address& address) {
  const Result<std::optional<UnixTime>> since = lists::password_since(site, address);
  if (!since) return since.error();
  if (*since) print(about("", "password", address).text("since", iso8601(**since)).line());
  return {};
}

Status print_traces(const lists::Site& site, const mail::Address& address) {
  const Result<std::vector<lists::TraceLine>> lines = lists::traces_of(site, address.canonical());
  if (!lines) return lines.error();
  for (const lists::TraceLine& line : *lines) {
    print(about("", "trace", address).text("time", iso8601(line.time)).text("text", line.text).line());
  }
  return {};
}

Status print_places(const lists::Site& site, const mail::Address& address) {
  return lists::visit_places(site, address, [&](const lists::PlaceInFile& place) {
    print(about("", "file", address)
              .text("file", place.file)
              .text("message_id", place.message_id)
              .text("subject", place.subject)
              .text("line", place.line)
              .line());
  });
}

// The log of it would be one more thing that is kept.
Result<Verdict> export_person(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const std::optional<mail::Address> address = mail::Address::parse(call.word(0));
  if (!address) return Error{ErrorKind::refused, "'" + printable(call.word(0), 100) + "' is no mail address"};
  for (const auto part : {print_standing, print_consents, print_password, print_traces, print_places}) {
    if (Status done = part(*site, *address); !done) return done.error();
  }
  return Verdict::done;
}

constexpr Option kOptions[] = {{"json", Takes::nothing}};
constexpr Form kForms[] = {
    {"export", 1, 1, kOptions, export_person},
    {"erase", 1, 1, kErasing, erase_person},
};

}  // namespace

constinit const Command kPerson{
    "usage: majlis person export ADDRESS [--json]\n"
    "       majlis person erase ADDRESS [--dry-run] [--json]\n"
    "\n"
    "export prints all that is kept about an address, one JSON object a line (with --json or without): where it\n"
    "stands, as 'majlis find' tells; how it agreed to be a member; since when it has a password; what is traced;\n"
    "and every place in the files of the site where it is written, archives, jobs and log too, each message of an\n"
    "archive once.\n"
    "erase takes it all away: memberships, requests, password, records, mail to it that waits; in posts, files and\n"
    "logs 'erased' stands in its place; bans stay, as hashes. It asks on a terminal, and is refused for owners and\n"
    "moderators. Said again it ends what a run that was killed has left.\n"
    "  --dry-run   only tells what there is\n",
    VerbPlace::first_word, kForms};

}  // namespace majlis::bin::admin
