#pragma once

#include <chrono>

namespace majlis::net {

// Until when something may take, by a clock that nobody sets.
class Deadline {
 public:
  explicit Deadline(std::chrono::milliseconds from_now) : end_(std::chrono::steady_clock::now() + from_now) {}

  // 0 when it has passed.
  std::chrono::milliseconds left() const {
    const auto left = end_ - std::chrono::steady_clock::now();
    return left.count() <= 0 ? std::chrono::milliseconds(0) : std::chrono::ceil<std::chrono::milliseconds>(left);
  }
  bool has_passed() const { return left().count() == 0; }

  friend Deadline earlier(const Deadline& a, const Deadline& b) { return a.end_ < b.end_ ? a : b; }

 private:
  std::chrono::steady_clock::time_point end_;
};

}  // namespace majlis::net
