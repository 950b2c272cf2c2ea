#include "mail/client_network.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace majlis::mail {
namespace {

constexpr std::size_t kMaxAddressOctets = INET6_ADDRSTRLEN;

struct Block {
  std::array<std::uint8_t, 2> first_octets;
  std::array<std::uint8_t, 2> mask;
};

constexpr std::array kPrivate4 = {
    Block{{0, 0}, {0xFF, 0}},        Block{{10, 0}, {0xFF, 0}},      Block{{127, 0}, {0xFF, 0}},
    Block{{169, 254}, {0xFF, 0xFF}}, Block{{172, 16}, {0xFF, 0xF0}}, Block{{192, 168}, {0xFF, 0xFF}},
};
// Among them the unspecified address and ::1.
constexpr std::array kPrivate6 = {
    Block{{0, 0}, {0xFF, 0xFF}},
    Block{{0xFC, 0}, {0xFE, 0}},
    Block{{0xFE, 0x80}, {0xFF, 0xC0}},
};

template <typename Blocks>
bool is_in(const std::uint8_t* octets, const Blocks& blocks) {
  return std::any_of(blocks.begin(), blocks.end(), [&](const Block& block) {
    return (octets[0] & block.mask[0]) == block.first_octets[0] && (octets[1] & block.mask[1]) == block.first_octets[1];
  });
}

std::string network4(const std::uint8_t* octets) {
  if (is_in(octets, kPrivate4)) return {};
  return std::to_string(octets[0]) + "." + std::to_string(octets[1]) + "." + std::to_string(octets[2]) + ".0/24";
}

std::string network6(in6_addr address) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) return network4(address.s6_addr + 12);
  if (is_in(address.s6_addr, kPrivate6)) return {};
  std::fill(address.s6_addr + 6, address.s6_addr + 16, std::uint8_t{0});
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (inet_ntop(AF_INET6, &address, text.data(), text.size()) == nullptr) return {};
  return std::string(text.data()) + "/48";
}

}  // namespace

std::string client_network(std::string_view client_address) {
  if (client_address.size() > kMaxAddressOctets) return {};
  const std::string text(client_address);
  in_addr four{};
  if (inet_pton(AF_INET, text.c_str(), &four) == 1) return network4(reinterpret_cast<const std::uint8_t*>(&four));
  in6_addr six{};
  return inet_pton(AF_INET6, text.c_str(), &six) == 1 ? network6(six) : std::string();
}

}  // namespace majlis::mail
