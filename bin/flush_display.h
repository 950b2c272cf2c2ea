#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "spool/flush_help.h"

namespace majlis::bin {

// What `majlis-flush --verbose` shows on stderr: on a terminal one line that is written over ten times a second at
// most, with a rate; elsewhere a line for each job, and one every ten seconds within a long one.
class FlushDisplay {
 public:
  enum class Style { terminal, lines };
  using Moment = std::chrono::steady_clock::time_point;
  FlushDisplay(Style style, Moment start) : style_(style), start_(start) {}

  // What is to be written now, "" for nothing. Pure but for what it keeps.
  std::string show(const spool::FlushProgress& progress, Moment now);
  // Leaves the terminal's cursor at the beginning of an empty line.
  std::string end() const;

 private:
  Style style_;
  Moment start_;
  std::optional<Moment> shown_;
};

}  // namespace majlis::bin
