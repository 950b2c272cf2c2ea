#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "foreign/source/foreign_list.h"

namespace majlis::lists {

// Where the pages of posts were in Mailman's archive on the web, which numbered them in the order of its mbox file:
// LIST/archive/pipermail.tsv, a line a post, its old address, a TAB, its Message-ID.
class PipermailMap {
 public:
  explicit PipermailMap(const foreign::Pipermail& pipermail) : pipermail_(&pipermail) {}

  // The posts, all of them, in order; one without a Message-ID has a number, but no line. `time`: of the field Date, as
  // it filed them by that.
  void add(std::string_view message, UnixTime time);

  const std::string& text() const { return text_; }

 private:
  const foreign::Pipermail* pipermail_;
  std::size_t number_ = 0;
  std::string text_;
};

// The folder of that time: "2004-November", "2004", "2004q4", "20041101", "Week-of-Mon-20041101". Pure.
std::string pipermail_volume(foreign::Pipermail::Volumes volumes, UnixTime time);

}  // namespace majlis::lists
