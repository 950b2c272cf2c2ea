#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "net/dns_message.h"

// An answer from the network to one and the same question.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace majlis::net;
  static const DnsQuestion kQuestion{0x1234, *dns_name("_dmarc.example.test"), RecordType::txt};
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const DnsReading reading = read_reply(octets, kQuestion);
  if (!reading.reply) return 0;
  for (const DnsRecord& record : reading.reply->answers) {
    // A name has its 255 octets and its end.
    if (record.name.empty() || record.name.size() > 255 || record.name.back() != '\0') std::abort();
    if (record.data.size() > size + 255) std::abort();
  }
  return 0;
}
