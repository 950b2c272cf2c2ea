#pragma once

namespace majlis::auth {

// How somebody showed that he may ask for something. Values, not booleans: a decision names what it needs.
enum class Proof {
  none,             // a header says so, which proves nothing
  authenticated,    // the sender's address is vouched for by a trusted Authentication-Results field
  address_token,    // a token that came back from the address concerned
  list_password,    // the list's admin password
  post_password,    // the list's approve password (or the admin password) on a post
  moderator_token,  // the token of one held post
  administrator,    // the command line
};

}  // namespace majlis::auth
