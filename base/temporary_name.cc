#include "base/temporary_name.h"

#include <unistd.h>

#include "base/text.h"

namespace majlis {
namespace {

constexpr std::string_view kTemporary = ".tmp.";

}  // namespace

std::string temporary_name(const std::string& path) {
  return path + std::string(kTemporary) + std::to_string(getpid());
}

bool is_temporary_name(std::string_view name) {
  const std::size_t at = name.rfind(kTemporary);
  return at != std::string_view::npos && at > 0 && parse_number(name.substr(at + kTemporary.size())).has_value();
}

}  // namespace majlis
