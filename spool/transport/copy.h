#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "spool/job/points.h"
#include "spool/transport/send_buffer.h"

namespace majlis::spool {

// One recipient's copy of a letter: the text that all share, with his values at its points. Nothing is copied but
// pieces too short to be worth a hand-over of their own.
struct Copy {
  std::shared_ptr<const std::string> text;
  const std::vector<Point>& points;
  const std::vector<std::string>& values;  // one for each point
};

std::size_t octets_of(const Copy& copy);
std::string first_octet_of(const Copy& copy);  // "" when there is none
// From the octet `from` on, which may be 1.
void send(SendBuffer& outgoing, const Copy& copy, std::size_t from = 0);
Status write_copy(int fd, const Copy& copy, const std::string& path);

}  // namespace majlis::spool
