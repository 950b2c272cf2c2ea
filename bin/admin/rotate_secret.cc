#include "auth/secret_file.h"
#include "base/file.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/print.h"

namespace majlis::bin::admin {
namespace {

Result<Verdict> rotate_secret(const Call& call) {
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  const std::string path = site->directory() + "/secret";
  Result<FileLock> lock = FileLock::acquire(path + ".lock", FileLock::Mode::exclusive, kLockTimeout_ms);
  if (!lock) return lock.error();
  Status rotated = auth::rotate_secret_file(path);
  if (!rotated) return rotated.error();
  record(call, "", "");
  print(
      "tokens are made with a new key now; those of the last one stay valid until they expire or the next rotation\n");
  return Verdict::done;
}

constexpr Form kForms[] = {{"", 0, 0, {}, rotate_secret}};

}  // namespace

constinit const Command kRotateSecret{
    "usage: majlis rotate-secret\n"
    "\n"
    "Makes a new key for tokens. Tokens of the last key are honoured until they expire; those of older ones are not.\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
