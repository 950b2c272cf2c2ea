#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

namespace majlis {

// Many short texts one behind the other, without a string for each. They stay where they are as long as this does.
class KeptTexts {
 public:
  // Room for `octets` in one piece.
  char* make_room(std::size_t octets);

 private:
  std::vector<std::unique_ptr<char[]>> blocks_;
  std::size_t left_ = 0;  // in the last block
  char* free_ = nullptr;
};

}  // namespace majlis
