#pragma once

#include <string_view>

#include "lists/posts/distribution/copies.h"

namespace majlis::lists {

// As a post that comes now is prepared; the site's name server is asked.
inline Copies copies_of(const Site& site, const List& list, const mail::Message& post, std::string_view envelope_sender,
                        UnixTime now) {
  SiteDns dns(site.config());
  return make_copies(site, list, post, envelope_sender, CopyFacts(site, dns, now)).value();
}

}  // namespace majlis::lists
