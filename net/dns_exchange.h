#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/deadline.h"
#include "net/dns_message.h"
#include "net/endpoint.h"

namespace majlis::net {

// Puts one question to the servers in turn, again and again until one answers or the time is up, each time from another
// port and with another id. An answer is: records, none, or no such name. An Error (again): none came; SERVFAIL and
// refusals of all servers end it before the time.
Result<DnsReply> exchange(const std::vector<Endpoint>& servers, const std::string& name, RecordType type,
                          const Deadline& deadline);

}  // namespace majlis::net
