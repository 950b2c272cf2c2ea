#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::test {

// Numbers from a seed, the same on every machine.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t roll(std::uint64_t sides);  // 0 to sides - 1
  bool one_in(std::uint64_t sides) { return roll(sides) == 0; }

 private:
  std::uint64_t state_;
};

// What several peers gave to whom, and what their client has read of their answers.
class Ledger {
 public:
  void keep(const std::string& address);
  void read_yes(const std::string& address) { acknowledged_.insert(address); }
  void read_no(const std::string& address) { refused_.insert(address); }

  std::size_t copies(const std::string& address) const;
  const std::set<std::string>& acknowledged() const { return acknowledged_; }
  const std::set<std::string>& refused() const { return refused_; }
  // What should never have happened, a sentence each.
  const std::vector<std::string>& wrongs() const { return wrongs_; }

 private:
  std::map<std::string, std::size_t> copies_;
  std::set<std::string> acknowledged_;
  std::set<std::string> refused_;
  std::vector<std::string> wrongs_;
};

// The other end of one SMTP or LMTP connection without a socket, strict about the order of commands, which spoils its
// answers by dice: 4xx, 5xx, 421, or the end of the connection, at any stage.
class FaultySmtpPeer {
 public:
  struct Manners {
    std::vector<std::string> extensions;
    bool forgets_refused_chunks = false;  // RFC 3030 2 leaves it open
    bool is_lax = false;                  // 250 to RCPT although MAIL was refused
    std::uint64_t fault_in = 10;          // one answer in so many is spoilt
    std::size_t faults_left = 10;         // of all connections together
    bool refused_mail = false;            // 5xx was said to MAIL: whom it concerned, only the client knows
  };

  FaultySmtpPeer(Ledger& ledger, Dice& dice, Manners& manners);

  void hear(std::string_view octets);
  // The next octets for the client, at most `most`; what they acknowledge counts as read.
  std::string speak(std::size_t most);
  bool has_words() const { return !said_.empty(); }
  bool is_closed() const { return is_closed_; }
  std::string transcript() const { return transcript_; }

 private:
  enum class Spoil { nothing, later, never, farewell, drop, keep_and_drop };
  struct Verdict {
    std::uint64_t read_at;  // once so many octets were read
    bool is_yes;
    std::string address;
  };

  Spoil spoil(bool may_keep = false);
  bool spoiled(Spoil how, const std::string& words);
  void say(const std::string& reply);
  void verdict(bool is_yes, const std::string& address);
  bool take_piece();
  void obey(const std::string& line);
  void greet();
  void obey_mail(const std::string& line);
  void obey_rcpt(const std::string& line);
  void obey_data();
  void obey_bdat(const std::string& line);
  void finish_chunk();
  void answer_message();
  bool answer_for(const std::vector<std::string>& addresses);
  void forget();

  Ledger& ledger_;
  Dice& dice_;
  Manners& manners_;
  std::string heard_;
  std::string said_;
  std::uint64_t said_octets_ = 0;
  std::uint64_t read_octets_ = 0;
  std::deque<Verdict> verdicts_;
  std::string transcript_;
  bool is_lmtp_ = false;
  bool is_closed_ = false;
  bool has_mail_ = false;
  std::vector<std::string> recipients_;
  enum class Reading { commands, message, chunk } reading_ = Reading::commands;
  std::size_t chunk_octets_ = 0;
  bool is_last_chunk_ = false;
};

}  // namespace majlis::test
