#include "lists/effects/scanning.h"

#include <deque>
#include <span>

#include "base/log.h"
#include "mail/coding/decode.h"
#include "mail/content/text_blocks.h"

namespace majlis::lists {
namespace {

// Of files in texts; what goes beyond is scanned within the whole message only.
constexpr std::size_t kMaxBlocks = 1000;

// What is given to the scanner of one message, which stays where it is.
class Pieces {
 public:
  explicit Pieces(const mail::Message& message) : bytes_(message.bytes()), views_{message.bytes()} {
    const std::vector<mail::Part>& parts = message.scan().parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      // Children stand right behind their parent.
      const bool holds_others = i + 1 < parts.size() && parts[i + 1].parent == static_cast<int>(i);
      if (!holds_others) add_part(parts[i]);
    }
  }

  std::span<const std::string_view> views() const { return views_; }

 private:
  void add_part(const mail::Part& part) {
    std::string_view octets = bytes_.substr(part.body_begin, part.body_end - part.body_begin);
    const bool is_encoded = part.encoding == "base64" || part.encoding == "quoted-printable";
    if (is_encoded) octets = keep(mail::decode_transfer(octets, part.encoding));
    add(octets);
    const bool is_known = is_encoded || part.encoding == "7bit" || part.encoding == "8bit" || part.encoding == "binary";
    if (part.type == "text/plain" || !is_known) add_blocks(octets);
  }

  void add_blocks(std::string_view text) {
    for (mail::TextBlock& block : mail::find_text_blocks(text)) {
      if (++blocks_ > kMaxBlocks) return;
      add(keep(std::move(block.octets)));
    }
  }

  std::string_view keep(std::string octets) { return decoded_.emplace_back(std::move(octets)); }
  void add(std::string_view octets) {
    if (!octets.empty()) views_.push_back(octets);
  }

  std::string_view bytes_;
  std::deque<std::string> decoded_;
  std::vector<std::string_view> views_;
  std::size_t blocks_ = 0;
};

std::chrono::seconds patience_of(const Site& site) { return std::chrono::seconds(site.config().scanner_seconds); }

net::Scan down(const std::string& why) { return {net::Scan::Verdict::down, "", why}; }

net::Scan ask(const Site& site, std::span<const std::string_view> pieces) {
  const SiteConfig& config = site.config();
  if (config.scanner.empty()) return down("lists: site.conf has no scanner");
  const Result<net::Scanner> scanner = net::Scanner::create(config.scanner, patience_of(site), config.resolver);
  return scanner ? scanner->scan(pieces) : down(scanner.error().what);
}

const char* word_for(net::Scan::Verdict verdict) {
  switch (verdict) {
    case net::Scan::Verdict::clean: return "clean";
    case net::Scan::Verdict::found: return "found";
    case net::Scan::Verdict::down: return "down";
  }
  return "down";
}

}  // namespace

bool is_scanned(const Site& site, const List& list) {
  const std::string_view choice = list.config().choice(Setting::antivirus);
  return choice.empty() ? !site.config().scanner.empty() : choice == "yes";
}

WhileDown while_scanner_is_down(const Site& site, const List& list) {
  const std::string_view choice = list.config().choice(Setting::scanner_down);
  const std::string_view word = choice.empty() ? std::string_view(site.config().scanner_down) : choice;
  return word == "hold" ? WhileDown::hold : WhileDown::defer;
}

std::optional<Reason> obstacle_in(const net::Scan& scan) {
  switch (scan.verdict) {
    case net::Scan::Verdict::clean: return std::nullopt;
    case net::Scan::Verdict::found: return Reason{ReasonId::infected, {{"name", scan.name}}};
    case net::Scan::Verdict::down: break;
  }
  return Reason{ReasonId::not_scanned};
}

bool SiteScanner::is_over() const {
  return began_ && std::chrono::steady_clock::now() - *began_ >= patience_of(*site_);
}

net::Scan SiteScanner::scan(const mail::Message& message) {
  if (is_over()) return down("lists: no time was left for it");
  if (!began_) began_ = std::chrono::steady_clock::now();
  return ask(*site_, Pieces(message).views());
}

void log_scan(const List& list, const mail::Message& message, const net::Scan& scan) {
  log(scan.verdict == net::Scan::Verdict::clean ? Severity::info : Severity::warning,
      LogLine("scan")
          .with("list", list.address())
          .with("msgid", message.message_id())
          .with("verdict", word_for(scan.verdict))
          .with("name", scan.name)
          .with("why", scan.why));
}

net::Scan scan_octets(const Site& site, std::string_view octets) { return ask(site, std::span(&octets, 1)); }

}  // namespace majlis::lists
