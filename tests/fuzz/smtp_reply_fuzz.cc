#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "spool/smtp/smtp_reply.h"

namespace {

using majlis::Result;
using majlis::spool::Reply;
using majlis::spool::ReplyReader;

struct Heard {
  std::vector<Reply> replies;
  bool is_smtp = true;
};

Heard hear(std::string_view octets, std::size_t step) {
  ReplyReader reader;
  Heard heard;
  while (!octets.empty() && heard.is_smtp) {
    reader.add(octets.substr(0, step));
    octets.remove_prefix(std::min(step, octets.size()));
    for (;;) {
      const Result<std::optional<Reply>> reply = reader.next();
      heard.is_smtp = reply.ok();
      if (!reply.ok() || !*reply) break;
      heard.replies.push_back(**reply);
    }
  }
  return heard;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const Heard whole = hear(input, input.size());
  const Heard pieces = hear(input, 1);
  if (whole.is_smtp != pieces.is_smtp || whole.replies.size() != pieces.replies.size()) std::abort();
  for (std::size_t i = 0; i < whole.replies.size(); ++i) {
    if (whole.replies[i].text != pieces.replies[i].text || whole.replies[i].answer().status.size() < 5) std::abort();
  }
  return 0;
}
