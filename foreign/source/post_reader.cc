#include "foreign/source/post_reader.h"

namespace majlis::foreign {
namespace {

constexpr std::size_t kKeptOfTooLarge = 64 * 1024;  // with the header, as a rule

}  // namespace

void add_line(OldPost& post, std::string_view line) {
  if (post.is_too_large) return;
  post.message.append(line).append("\n");
  if (post.message.size() <= kMaxPostOctets) return;
  post.is_too_large = true;
  post.message = post.message.substr(0, kKeptOfTooLarge);
}

}  // namespace majlis::foreign
