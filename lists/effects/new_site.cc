#include "lists/effects/new_site.h"

#include "auth/secret_file.h"
#include "base/file.h"
#include "lists/site/site.h"
#include "spool/spool.h"
#include "store/database.h"

namespace majlis::lists {
namespace {

// There is nothing in it that an earlier version left to be done.
Status begin_database(const std::string& directory) {
  Result<std::unique_ptr<store::Writer>> state = Site::open_writer_in(directory);
  if (!state) return state.error();
  Result<store::References> before = (*state)->references();
  if (!before) return before.error();
  if (before->kind == auth::ReferenceKind::keyed) return {};  // of a try that was killed
  Status done = (*state)->begin_keyed_references(auth::new_reference_key());
  if (done) done = (*state)->complete_keyed_references(0);
  return done ? (*state)->commit() : done;
}

}  // namespace

Status create_site(const std::string& directory, const SiteConfig& config) {
  if (path_exists(directory + "/site.conf")) {
    return Error{ErrorKind::refused, "lists: create site " + directory + ": there is one already"};
  }
  Status made = make_directories(directory, 0700);
  for (const char* folder : {"/db", "/lists", "/texts"}) {
    if (made) made = make_directory(directory + folder, 0700);
  }
  if (made) made = spool::Spool::create(directory + "/spool");
  if (made && !path_exists(directory + "/secret")) made = auth::create_secret_file(directory + "/secret");
  if (made) made = begin_database(directory + "/db");
  // site.conf is written last: a folder without it is no site, so a half-made one is simply made again.
  if (made) made = create_file(directory + "/site.conf", config.write(), 0640);
  return made;
}

}  // namespace majlis::lists
