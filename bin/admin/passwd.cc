#include "auth/password.h"
#include "base/text.h"
#include "bin/admin/call/call.h"
#include "bin/admin/call/input.h"
#include "bin/admin/call/print.h"
#include "lists/effects/list_change.h"
#include "lists/site/list_passwords.h"

namespace majlis::bin::admin {
namespace {

constexpr Option kOptions[] = {{"stdin", Takes::nothing}, {"json", Takes::nothing}};

Status store_hash(const Call& call, const lists::Site& site, const lists::ListName& name, const std::string& which,
                  std::string hash) {
  Result<lists::Work> work = lists::begin_change(site, call.now);
  if (!work) return work.error();
  lists::List list = lists::List::with_defaults(site, name);  // its configuration may be spoilt
  Result<lists::ListPasswords> passwords = lists::ListPasswords::load(list.directory());
  if (!passwords) return passwords.error();
  (which == "admin" ? passwords->admin : passwords->approve) = std::move(hash);
  lists::put_passwords(*work, list, std::move(*passwords));
  return work->finish("passwd");
}

Result<std::string> new_password(const Call& call) {
  if (!call.arguments.has("stdin")) return auth::generate_password();
  Result<std::string> password = read_line_from_stdin(auth::kMaxPasswordOctets);
  if (password && !auth::is_one_word(*password)) {
    return Error{ErrorKind::refused, "a password is one word of visible ASCII: it must fit a line of a mail"};
  }
  return password;
}

Result<Verdict> passwd(const Call& call) {
  const std::string which = call.arguments.words().size() > 1 ? call.word(1) : "admin";
  if (which != "admin" && which != "approve") return wrong_use(call, "the password is 'admin' or 'approve'");
  Result<lists::Site> site = open_site(call);
  if (!site) return site.error();
  Result<lists::ListName> name = find_list(*site, call);
  if (!name) return name.error();
  Result<std::string> password = new_password(call);
  if (!password) return password.error();
  if (lists::is_predictable_password(name->name(), *password)) {
    return Error{ErrorKind::refused, "anybody would try this password first; nothing was changed"};
  }
  Result<std::string> hash = auth::hash_password(*password, site->keys().front());
  if (!hash) return hash.error();
  Status stored = store_hash(call, *site, *name, which, std::move(*hash));
  if (!stored) return stored.error();
  record(call, name->address(), which);
  if (call.arguments.has("stdin")) return Verdict::done;
  call.shows_password = true;
  if (call.wants_json()) {
    print(JsonLine().text("list", name->address()).text(which + "_password", *password).line());
  } else {
    print(which + " password: " + *password + "\n");
  }
  return Verdict::done;
}

constexpr Form kForms[] = {{"", 1, 2, kOptions, passwd}};

}  // namespace

constinit const Command kPasswd{
    "usage: majlis passwd LIST [admin|approve] [--stdin] [--json]\n"
    "\n"
    "Sets the password of the owner's commands (admin, the default) or of posts (approve).\n"
    "  --stdin   takes the first line of standard input; without it one is made up and printed, once\n",
    VerbPlace::none, kForms};

}  // namespace majlis::bin::admin
