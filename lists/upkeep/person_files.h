#pragma once

#include <functional>
#include <string>

#include "lists/site/site.h"
#include "mail/address.h"

namespace majlis::lists {

// A place below the site where an address stands, by itself and not as a part of another.
struct PlaceInFile {
  std::string file;        // below the site, or the site's log
  std::string line;        // as it is there; of a long one what stands around the address
  std::string message_id;  // of the message it is in, where the file holds messages and they have one
  std::string subject;
};

// Every one in the files of the site but those of the database and of the search index: lists with their archives and
// what waits for a digest, held posts, jobs, settings, texts, log. Each message of an mbox file is told once. `take` is
// called without any lock.
Status visit_places(const Site& site, const mail::Address& address,
                    const std::function<void(const PlaceInFile&)>& take);

}  // namespace majlis::lists
