#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/dmarc.h"

// Every line of the input is a record of the next name on the way up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace majlis::net;
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::size_t asked = 0;
  const TxtLookup lookup = [&](const std::string&) {
    ++asked;
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(line.size() == rest.size() ? line.size() : line.size() + 1);
    TxtAnswer answer;
    answer.kind = line.empty() ? TxtAnswer::Kind::no_name : TxtAnswer::Kind::found;
    answer.texts = {std::string(line)};
    return answer;
  };
  const std::string domain = "a.b.c.d.e.f.g.h.example.test";
  find_dmarc_policy(domain, lookup);
  if (asked > kMaxWalkQuestions + 1) std::abort();
  rest = std::string_view(reinterpret_cast<const char*>(data), size);
  const auto organization = find_organizational_domain(domain, lookup);
  if (!organization.ok() || !domain.ends_with(*organization)) std::abort();
  return 0;
}
