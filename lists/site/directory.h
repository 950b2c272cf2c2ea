#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "lists/site/list_name.h"
#include "lists/site/site.h"
#include "mail/address.h"

namespace majlis::lists {

// What an address of ours is for.
enum class Role {
  post,         // LIST
  request,      // LIST-request
  owner,        // LIST-owner, owner-LIST
  bounces,      // LIST-bounces, LIST-bounces+TAG
  approval,     // LIST-approval
  subscribe,    // LIST-subscribe, LIST-join
  unsubscribe,  // LIST-unsubscribe, LIST-leave, LIST-signoff
  confirm,      // LIST-confirm+TOKEN
  majordomo,    // the site's command addresses
  listserv,
  mailman,
  site_owner,  // owner-majordomo, majordomo-owner, owner-listserv, listserv-owner ...
};

struct Destination {
  Role role;
  std::optional<ListName> list;  // for the roles of a list
  std::string tag;               // what stood behind '+'
};

// Which of our addresses this is; nullopt: none. Letter case is ignored. A list is known by its configuration file; a
// list whose own name ends in a role word is found before the role of a shorter one.
std::optional<Destination> find_destination(const Site& site, const mail::Address& recipient);

// Whether a list may take posts at this address. By its spelling alone, so it can be asked before a site is opened: no
// role word stands in it, and it is none of the site's.
bool may_take_posts(const mail::Address& address);

// Whether `address` is LIST itself or one of its roles. By its spelling alone.
bool belongs_to(const ListName& list, const mail::Address& address);

// The local parts of every address of a list, and of the site in each of its domains; those that take a tag, without
// it.
std::vector<std::string> local_parts_of(const ListName& list);
std::vector<std::string> site_local_parts();

// Whether the site serves this domain (lower case, a legal one).
bool is_our_domain(const Site& site, const std::string& domain);

// Whether mail to `address` comes back to this site: one of its addresses, or one in its domains that an MTA may route
// on by itself ("cooks%lists.example.org@here", "there!cooks@here"). Such an address is no member.
bool leads_back(const Site& site, const mail::Address& address);

// Whether mail to `address` is a post to one of our lists, or may become one by an MTA's own routing. No letter of ours
// goes there.
bool takes_posts(const Site& site, const mail::Address& address);

// "cooks", "cooks@lists.example.org" or "<cooks@...>" as a person writes it; nullopt when there is no such list. A bare
// name is looked for in `default_domain`.
std::optional<ListName> find_list(const Site& site, std::string_view written, std::string_view default_domain);

}  // namespace majlis::lists
