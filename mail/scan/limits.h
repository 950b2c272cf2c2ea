#pragma once

#include <cstddef>

namespace majlis::mail {

// The ceilings of one message. Beyond one the scan stops there and reports it; nothing grows past them.
struct ScanLimits {
  std::size_t max_header_octets = 256 * 1024;  // one header block
  std::size_t max_field_octets = 64 * 1024;    // one field
  std::size_t max_fields = 2000;               // in one header block
  std::size_t max_boundary_octets = 70;        // RFC 2046 5.1.1
  std::size_t max_depth = 30;
  std::size_t max_parts = 1000;
  std::size_t max_parameters = 50;  // of one field
};

}  // namespace majlis::mail
