#pragma once

#include <string>
#include <string_view>

namespace majlis::mail {

// The network that the client an MTA told of is in, "192.0.2.0/24" or "2001:db8:1::/48": as large as one subscriber of
// an access provider may have. "" where nothing can be said: no address ("unknown"), and the loopback, private and
// link-local ones (RFC 1122, 1918, 4193, 4291), behind which anybody may be.
std::string client_network(std::string_view client_address);

}  // namespace majlis::mail
