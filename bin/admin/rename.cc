#include "lists/upkeep/rename.h"

#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"
#include "bin/admin/mta/mta.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"alias", Takes::nothing}};

Result<Verdict> rename(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const Result<lists::ListName> from = new_list_name(call.word(0), site->config().domain);
  if (!from) return find_list(*site, call).error();
  const Result<lists::ListName> to = new_list_name(call.word(1), from->domain());
  if (!to) return to.error();
  const auto former = call.arguments.has("alias") ? lists::FormerAddress::alias : lists::FormerAddress::unknown;
  const Status done = lists::rename_list(*site, *from, *to, former, call.now);
  if (!done) {
    // Said again it does what a run that was killed behind the rename, or majlis-flush, could not do.
    const Result<bool> is_done = lists::was_renamed(*site, *from, *to);
    if (done.error().kind != ErrorKind::missing || !is_done || !*is_done) return done.error();
  }
  record(call, from->address(), to->address());
  for (const lists::ListName& name : {*from, *to}) refresh_catalogue(call, *site, name);
  refresh_mta_maps(call, *site);
  print(from->address() + " is " + to->address() + " now; mail to the former address " +
        (site->alias_target(*from) == *to
             ? "goes there\n"
             : "is refused, and so are replies to letters that were mailed before, and their bounces\n"));
  return Verdict::done;
}

constexpr Form kForms[] = {{"", 2, 2, kOptions, rename}};

}  // namespace

constinit const Command kRename{
    "usage: majlis rename OLD NEW [--alias]\n"
    "\n"
    "Gives a list another name: archive, settings, members, what waits for a decision and mail on its way come along;\n"
    "codes that were mailed stay good. Mail to the former addresses is refused as to nobody, and so are replies to\n"
    "letters that were mailed before, and their bounces. Said again it ends what a run that was killed has left.\n"
    "  --alias   mail to the former addresses goes to the list\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
