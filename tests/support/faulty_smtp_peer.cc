#include "tests/support/faulty_smtp_peer.h"

#include <algorithm>

namespace majlis::test {

// splitmix64
std::uint64_t Dice::roll(std::uint64_t sides) {
  std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15U);
  mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
  return (mixed ^ (mixed >> 31U)) % sides;
}

void Ledger::keep(const std::string& address) {
  ++copies_[address];
  if (acknowledged_.count(address) > 0) wrongs_.push_back(address + " got another copy after 250 was read");
  if (refused_.count(address) > 0) wrongs_.push_back(address + " got a copy after 5xx was read");
}

std::size_t Ledger::copies(const std::string& address) const {
  const auto found = copies_.find(address);
  return found == copies_.end() ? 0 : found->second;
}

FaultySmtpPeer::FaultySmtpPeer(Ledger& ledger, Dice& dice, Manners& manners)
    : ledger_(ledger), dice_(dice), manners_(manners) {
  const Spoil how = spoil();
  if (!spoiled(how, "no service")) say("220 faulty.example");
}

void FaultySmtpPeer::hear(std::string_view octets) {
  heard_ += octets;
  while (!is_closed_ && take_piece()) continue;
}

std::string FaultySmtpPeer::speak(std::size_t most) {
  const std::string piece = said_.substr(0, most);
  said_.erase(0, piece.size());
  read_octets_ += piece.size();
  for (; !verdicts_.empty() && verdicts_.front().read_at <= read_octets_; verdicts_.pop_front()) {
    const Verdict& verdict = verdicts_.front();
    verdict.is_yes ? ledger_.read_yes(verdict.address) : ledger_.read_no(verdict.address);
  }
  return piece;
}

FaultySmtpPeer::Spoil FaultySmtpPeer::spoil(bool may_keep) {
  if (manners_.faults_left == 0 || !dice_.one_in(manners_.fault_in)) return Spoil::nothing;
  --manners_.faults_left;
  const std::uint64_t side = dice_.roll(10);
  if (side < 4) return Spoil::later;
  if (side < 7) return Spoil::never;
  if (side < 8) return Spoil::farewell;
  return side == 9 && may_keep ? Spoil::keep_and_drop : Spoil::drop;
}

// True when the usual answer is not to be given.
bool FaultySmtpPeer::spoiled(Spoil how, const std::string& words) {
  switch (how) {
    case Spoil::nothing: return false;
    case Spoil::later: say("450 4.2.0 " + words); return true;
    case Spoil::never: say("550 5.2.0 " + words); return true;
    case Spoil::farewell: say("421 4.3.2 " + words); break;
    case Spoil::drop:
    case Spoil::keep_and_drop: transcript_ += "S: (drops)\n"; break;
  }
  is_closed_ = true;
  return true;
}

void FaultySmtpPeer::say(const std::string& reply) {
  transcript_ += "S: " + reply + "\n";
  said_ += reply + "\r\n";
  said_octets_ += reply.size() + 2;
}

void FaultySmtpPeer::verdict(bool is_yes, const std::string& address) {
  verdicts_.push_back({said_octets_, is_yes, address});
}

bool FaultySmtpPeer::take_piece() {
  if (reading_ == Reading::chunk) {
    if (heard_.size() < chunk_octets_) return false;
    heard_.erase(0, chunk_octets_);
    reading_ = Reading::commands;
    finish_chunk();
    return true;
  }
  const std::size_t end = heard_.find("\r\n");
  if (end == std::string::npos) return false;
  const std::string line = heard_.substr(0, end);
  heard_.erase(0, end + 2);
  if (reading_ == Reading::commands) {
    obey(line);
  } else if (line == ".") {
    reading_ = Reading::commands;
    answer_message();
    forget();
  }
  return true;
}

void FaultySmtpPeer::obey(const std::string& line) {
  transcript_ += "C: " + line + "\n";
  const std::string verb = line.substr(0, 4);
  if (verb == "EHLO" || verb == "LHLO") {
    is_lmtp_ = verb == "LHLO";
    return greet();
  }
  if (verb == "MAIL") return obey_mail(line);
  if (verb == "RCPT") return obey_rcpt(line);
  if (verb == "DATA") return obey_data();
  if (verb == "BDAT") return obey_bdat(line);
  if (verb == "QUIT") {
    say("221 2.0.0 bye");
    is_closed_ = true;
    return;
  }
  if (verb == "RSET") forget();
  if (!spoiled(spoil(), verb)) say("250 2.0.0 ok");
}

void FaultySmtpPeer::greet() {
  if (spoiled(spoil(), "not now")) return;
  for (const std::string& extension : manners_.extensions) say("250-" + extension);
  say("250 HELP");
}

void FaultySmtpPeer::obey_mail(const std::string& /*line*/) {
  if (has_mail_) return say("503 5.5.1 nested MAIL");
  const Spoil how = spoil();
  manners_.refused_mail |= how == Spoil::never;
  if (spoiled(how, "sender")) return;
  has_mail_ = true;
  say("250 2.1.0 sender");
}

void FaultySmtpPeer::obey_rcpt(const std::string& line) {
  const std::string address = line.substr(9, line.find('>') - 9);
  if (!has_mail_) return say(manners_.is_lax ? "250 2.1.5 whoever" : "503 5.5.1 MAIL first");
  const bool is_full = !recipients_.empty() && manners_.faults_left > 0 && dice_.one_in(manners_.fault_in * 4);
  if (is_full) return say("452 4.5.3 too many");
  const Spoil how = spoil();
  if (spoiled(how, "recipient")) {
    if (how == Spoil::never) verdict(false, address);
    return;
  }
  recipients_.push_back(address);
  say("250 2.1.5 recipient");
}

void FaultySmtpPeer::obey_data() {
  if (recipients_.empty()) {
    // RFC 2920 3.1 allows both, and wants a dot behind the second.
    if (!has_mail_ || dice_.one_in(2)) return say("503 5.5.1 no recipients");
    reading_ = Reading::message;
    return say("354 for nobody");
  }
  const Spoil how = spoil();
  if (!spoiled(how, "no data")) {
    reading_ = Reading::message;
    return say("354 go on");
  }
  if (how != Spoil::never) return;
  for (const std::string& address : recipients_) verdict(false, address);
}

void FaultySmtpPeer::obey_bdat(const std::string& line) {
  chunk_octets_ = std::stoul(line.substr(5));
  is_last_chunk_ = line.find(" LAST") != std::string::npos;
  reading_ = Reading::chunk;
}

void FaultySmtpPeer::finish_chunk() {
  if (recipients_.empty()) return say("503 5.5.1 no recipients");
  if (is_last_chunk_) return answer_message();
  const Spoil how = spoil();
  if (!spoiled(how, "chunk")) return say("250 2.0.0 chunk");
  if (how != Spoil::never) return;
  for (const std::string& address : recipients_) verdict(false, address);
}

void FaultySmtpPeer::answer_message() {
  if (recipients_.empty()) return say("554 5.5.1 no recipients");
  bool was_kept = true;
  if (is_lmtp_) {
    for (const std::string& address : std::vector<std::string>(recipients_)) {
      if (!is_closed_) answer_for({address});
    }
  } else {
    was_kept = answer_for(recipients_);
  }
  if (was_kept || manners_.forgets_refused_chunks) forget();
}

bool FaultySmtpPeer::answer_for(const std::vector<std::string>& addresses) {
  const Spoil how = spoil(/*may_keep=*/true);
  if (how == Spoil::nothing || how == Spoil::keep_and_drop) {
    for (const std::string& address : addresses) {
      transcript_ += "   kept for " + address + "\n";
      ledger_.keep(address);
    }
  }
  const std::string& words = addresses.front();
  if (!spoiled(how, words)) say("250 2.0.0 " + words);
  if (how == Spoil::nothing || how == Spoil::never) {
    for (const std::string& address : addresses) verdict(how == Spoil::nothing, address);
  }
  return how == Spoil::nothing;
}

void FaultySmtpPeer::forget() {
  has_mail_ = false;
  recipients_.clear();
}

}  // namespace majlis::test
