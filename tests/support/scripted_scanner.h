#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace majlis::test {

// A scanner on 127.0.0.1 or at a socket that behaves as it is told. Ends with its object.
class ScriptedScanner {
 public:
  // One connection, by a thread of its own; closed when it returns.
  using Behaviour = std::function<void(int connection, ScriptedScanner& scanner)>;

  ScriptedScanner(const std::string& path, Behaviour behaviour);  // path empty: by TCP
  explicit ScriptedScanner(Behaviour behaviour) : ScriptedScanner("", std::move(behaviour)) {}
  ~ScriptedScanner();
  ScriptedScanner(const ScriptedScanner&) = delete;
  ScriptedScanner& operator=(const ScriptedScanner&) = delete;

  std::string address() const;  // as site.conf's scanner
  std::vector<std::string> scanned() const;
  void keep(std::string octets);
  // Waits until the scanner is to end.
  void be_silent() const;

 private:
  void serve();
  std::string path_;
  Behaviour behaviour_;
  int listener_ = -1;
  int stop_[2] = {-1, -1};
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> scanned_;
  std::vector<std::thread> connections_;
  std::thread thread_;
};

// Reads a whole INSTREAM (or FILDES) and keeps it; false when it is none.
bool take_stream(int connection, ScriptedScanner& scanner);
// Reads everything as clamd would, and answers this, terminator included.
ScriptedScanner::Behaviour answering(const std::string& reply);

}  // namespace majlis::test
