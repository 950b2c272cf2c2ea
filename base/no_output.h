#pragma once

namespace majlis {

// While one of these lives nothing may be written to a person: whoever reads it may stop reading (a pager), and then
// everybody who waits for what is held here stops as well. What writes to a person asserts that none lives.
class NoOutput {
 public:
  NoOutput() { ++living_; }
  NoOutput(const NoOutput&) { ++living_; }
  NoOutput& operator=(const NoOutput&) = default;
  ~NoOutput() { --living_; }

  static bool is_in_force() { return living_ > 0; }

 private:
  static inline int living_ = 0;  // of this process; it has one thread
};

}  // namespace majlis
