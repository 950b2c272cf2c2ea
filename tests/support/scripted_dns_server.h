#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace majlis::test {

// A name server on 127.0.0.1, UDP and TCP at one port, that answers as it is told. Ends with its object.
class ScriptedDnsServer {
 public:
  enum class Way { datagram, stream };
  struct Question {
    std::string octets;  // the whole message
    std::string name;    // "example.org"
    std::uint16_t type = 0;
    Way way = Way::datagram;
  };
  // The messages to send back, in order; none: silence (a stream is then closed).
  using Answer = std::function<std::vector<std::string>(const Question&)>;

  explicit ScriptedDnsServer(Answer answer);
  ~ScriptedDnsServer();
  ScriptedDnsServer(const ScriptedDnsServer&) = delete;
  ScriptedDnsServer& operator=(const ScriptedDnsServer&) = delete;

  std::string address() const { return "127.0.0.1:" + std::to_string(port_); }
  std::vector<std::string> names() const;  // asked for, in order

 private:
  void serve();
  void serve_datagram();
  void serve_stream();
  std::vector<std::string> answer_to(std::string octets, Way way);

  Answer answer_;
  int datagrams_ = -1;
  int streams_ = -1;
  int stop_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> names_;
  std::thread thread_;
};

// Messages for it.
struct DnsRow {
  std::string name;
  std::uint16_t type;
  std::uint32_t seconds;
  std::string data;  // as it stands in the record
};
std::string dns_wire_name(std::string_view text);
std::string dns_text_data(std::string_view text);   // in pieces of 255 octets
std::string dns_start_data(std::uint32_t minimum);  // SOA
// The answer to `question`: rows, and where `negative` is not 0 an SOA that says so.
std::string dns_answer(const ScriptedDnsServer::Question& question, const std::vector<DnsRow>& rows,
                       std::uint16_t flags = 0x8180, std::uint32_t negative = 0);

// The address of one that stays, where nobody publishes anything: whatever it is asked for does not exist.
std::string nobodys_dns_address();
// What one answers that knows these texts, by name, and nothing else.
ScriptedDnsServer::Answer dns_texts(std::map<std::string, std::string> texts);

}  // namespace majlis::test
