#pragma once

#include <string>

#include "lists/site/site.h"
#include "lists/site/site_dns.h"
#include "mail/authentication/author_check.h"
#include "mail/message.h"

namespace majlis::lists {

// Whether a message shows that it comes from the domain of its only author: by the results of the site's own mail
// server (authserv_id), else by a signature of its own (verify_dkim). Asks the DNS where these domains differ from the
// author's, and for keys. Without an author, or with neither setting, nothing is shown and nobody is asked. Slow, and
// not to be called under the site's lock.
mail::AuthenticatedBy authenticate_author(const Site& site, SiteDns& dns, const mail::Message& message, UnixTime now);

}  // namespace majlis::lists
