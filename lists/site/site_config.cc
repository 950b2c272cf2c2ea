#include "lists/site/site_config.h"

#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "mail/address.h"
#include "net/clamd.h"
#include "net/resolver.h"
#include "spool/budgets.h"

namespace majlis::lists {
namespace {

constexpr std::size_t kMaxValueOctets = 1000;
constexpr std::int64_t kMany = 1'000'000'000;
constexpr std::int64_t kLots = 1'000'000'000'000;

enum class Kind { domain, address, relay, language, path, word, endpoint, scanner, choice, budgets, number };

// One key of site.conf. Exactly one of `text` and `number` is set.
struct KeySpec {
  std::string_view name;
  Kind kind;
  std::string SiteConfig::*text;
  std::int64_t SiteConfig::*number;
  std::int64_t minimum;
  std::int64_t maximum;
  std::string_view description;
  std::string_view choices = {};  // separated by '|'
};

using C = SiteConfig;
constexpr KeySpec kKeys[] = {
    {"domain", Kind::domain, &C::domain, nullptr, 0, 0, "Default domain of lists named without one. Needed."},
    {"postmaster", Kind::address, &C::postmaster, nullptr, 0, 0,
     "Address of the person in charge of the site. Needed."},
    {"relay", Kind::relay, &C::relay, nullptr, 0, 0,
     "Where mail goes: smtp://HOST[:PORT], smtps://, lmtp://, lmtp:/SOCKET, sendmail:/PATH or maildir:DIR; a relative "
     "path is below the site."},
    {"relay_tls", Kind::choice, &C::relay_tls, nullptr, 0, 0,
     "TLS to smtp:// and lmtp:// relays: off, when-offered (STARTTLS, whoever answers) or required (certificate and "
     "host name are verified, else nothing is sent). smtps:// is always verified.",
     "off|when-offered|required"},
    {"relay_tls_ca", Kind::path, &C::relay_tls_ca, nullptr, 0, 0,
     "File of the certificates (PEM) that the relay's is verified with; a relative path is below the site; empty: "
     "those "
     "of the system."},
    {"relay_credentials", Kind::path, &C::relay_credentials, nullptr, 0, 0,
     "File with user name and password for the relay (AUTH), one line each, mode 0600; TLS is then required, except on "
     "the loopback; empty: none. A relative path is below the site."},
    {"relay_auth_without_tls", Kind::choice, &C::relay_auth_without_tls, nullptr, 0, 0,
     "yes: the credentials are shown in clear text as well; no: over TLS only, or on the loopback.", "yes|no"},
    {"verp", Kind::choice, &C::verp, nullptr, 0, 0,
     "Senders of lists that want one for each recipient: signed (ours, a forged bounce counts nothing) or xverp (the "
     "relay makes them where it offers XVERP: faster, not signed).",
     "signed|xverp"},
    {"language", Kind::language, &C::language, nullptr, 0, 0, "Language of the site's own letters: en or fr."},
    {"log_file", Kind::path, &C::log_file, nullptr, 0, 0,
     "File the log goes to; a relative path is below the site; empty: syslog."},
    {"authserv_id", Kind::word, &C::authserv_id, nullptr, 0, 0,
     "The name our own mail server writes in Authentication-Results; only fields with this name are believed, and "
     "those "
     "only above its Received field; empty: none."},
    {"verify_dkim", Kind::choice, &C::verify_dkim, nullptr, 0, 0,
     "Verify DKIM signatures here when those fields do not show where a message comes from: for mail servers that do "
     "not.",
     "yes|no"},
    {"resolver", Kind::endpoint, &C::resolver, nullptr, 0, 0,
     "Name server that is asked: ADDRESS or ADDRESS:PORT, [ADDRESS]:PORT for IPv6; empty: those of /etc/resolv.conf."},
    {"dns_seconds", Kind::number, nullptr, &C::dns_seconds, 1, 60,
     "Seconds that all questions to name servers about one message may take together."},
    {"scanner", Kind::scanner, &C::scanner, nullptr, 0, 0,
     "Where clamd listens, which scans posts for viruses: unix:/PATH of its socket or tcp:HOST:PORT; empty: nothing is "
     "scanned."},
    {"scanner_seconds", Kind::number, nullptr, &C::scanner_seconds, 1, 100,
     "Seconds that it may take to scan one message, however slowly the scanner talks."},
    {"scanner_down", Kind::choice, &C::scanner_down, nullptr, 0, 0,
     "What becomes of a post while the scanner does not answer, where its list does not say: it stays with the mail "
     "server, which tries again (defer), or waits for a moderator (hold).",
     "defer|hold"},
    {"max_message_octets", Kind::number, nullptr, &C::max_message_octets, 1024, kMany,
     "Largest message that is accepted."},
    {"max_commands", Kind::number, nullptr, &C::max_commands, 1, 1000,
     "Commands obeyed in one message; with a right password in it up to 1000."},
    {"max_errors", Kind::number, nullptr, &C::max_errors, 1, 1000,
     "Wrong commands after which the rest of a message is not read."},
    {"max_reply_octets", Kind::number, nullptr, &C::max_reply_octets, 1024, kMany,
     "Largest reply; what is more is cut off and said so."},
    {"replies_per_day", Kind::number, nullptr, &C::replies_per_day, 1, 100'000,
     "Replies to one address in a day, not counting those to a right password or token; and as many files, as many "
     "notices to an author, and five times as many searches. Addresses that differ behind a '+' only are one."},
    {"file_octets_per_day", Kind::number, nullptr, &C::file_octets_per_day, 1024, kLots,
     "Octets of files mailed to one address in a day."},
    {"site_file_octets_per_day", Kind::number, nullptr, &C::site_file_octets_per_day, 1024, kLots,
     "Octets of files mailed to all addresses in a day. When it is reached the postmaster is told."},
    {"challenges_per_day", Kind::number, nullptr, &C::challenges_per_day, 1, 100'000,
     "Requests for confirmation to one address in a day, over all lists; as many about memberships that it has."},
    {"connections", Kind::number, nullptr, &C::connections, 1, 100, "Connections to the relay at the same time."},
    {"recipients_per_transaction", Kind::number, nullptr, &C::recipients_per_transaction, 1, 10'000,
     "Recipients handed over with one copy of a message, at most; fewer where the relay takes no more."},
    {"domain_transactions", Kind::number, nullptr, &C::domain_transactions, 0, 1000,
     "Transactions to one destination domain at the same time, over all runs; 0: no limit."},
    {"domain_per_minute", Kind::number, nullptr, &C::domain_per_minute, 0, 1'000'000,
     "Recipients of one destination domain in a minute, over all runs; 0: no limit."},
    {"domain_budgets", Kind::budgets, &C::domain_budgets, nullptr, 0, 0,
     "Other limits for some domains: DOMAIN:TRANSACTIONS:PER_MINUTE, separated by blanks."},
    {"metrics_file", Kind::path, &C::metrics_file, nullptr, 0, 0,
     "File that majlis-flush writes its figures to, for Prometheus; a relative path is below the site; empty: none."},
    {"job_days", Kind::number, nullptr, &C::job_days, 1, 60, "Days after which a delivery is given up."},
    {"max_bad_files", Kind::number, nullptr, &C::max_bad_files, 1, 100'000,
     "Files in spool/bad at which no more mail is set aside there; it stays with the mail server, and the postmaster "
     "is "
     "told."},
    {"max_bad_octets", Kind::number, nullptr, &C::max_bad_octets, 1024, kLots, "Octets of these, likewise."},
    {"bad_days", Kind::number, nullptr, &C::bad_days, 0, 3650,
     "Days after which files in spool/bad are removed; 0: never."},
    {"max_received", Kind::number, nullptr, &C::max_received, 5, 1000,
     "Received fields above which a message is in a loop."},
};
constexpr std::size_t kKeyCount = std::size(kKeys);

std::optional<std::size_t> find_key(std::string_view name) {
  for (std::size_t i = 0; i < kKeyCount; ++i) {
    if (equals_ignoring_case(kKeys[i].name, name)) return i;
  }
  return std::nullopt;
}

bool is_relay(std::string_view text) {
  static constexpr std::string_view kSchemes[] = {"smtp://", "smtps://", "lmtp:/", "sendmail:/", "maildir:"};
  for (const std::string_view scheme : kSchemes) {
    if (text.starts_with(scheme) && text.size() > scheme.size()) return true;
  }
  return false;
}

bool is_choice(std::string_view choices, std::string_view word) {
  for (const std::string_view choice : split_at(choices, '|')) {
    if (choice == word) return true;
  }
  return false;
}

std::string canonical_domain(std::string_view text) {
  const std::optional<mail::Address> probe = mail::Address::parse("postmaster@" + std::string(text));
  return probe ? probe->domain() : std::string();
}

std::string canonical_address(std::string_view text) {
  const std::optional<mail::Address> address = mail::Address::parse(text);
  return address ? address->text() : std::string();
}

// The value in its canonical form; nullopt when it is not acceptable. An empty one says that there is none.
std::optional<std::string> normalise(const KeySpec& key, std::string_view value) {
  const Kind kind = key.kind;
  std::string normal(value);
  const bool is_needed = kind == Kind::relay || kind == Kind::language || kind == Kind::choice;
  if (value.empty()) return is_needed ? std::nullopt : std::optional(normal);
  if (value.size() > kMaxValueOctets || printable(value, kMaxValueOctets) != value) return std::nullopt;
  if (kind == Kind::domain) normal = canonical_domain(value);
  if (kind == Kind::address) normal = canonical_address(value);
  if (kind == Kind::language || kind == Kind::choice) normal = to_lower_ascii(value);
  if (kind == Kind::budgets && !spool::parse_domain_budgets(value)) return std::nullopt;
  if (kind == Kind::endpoint && !net::parse_endpoint(value, net::kDnsPort)) return std::nullopt;
  if (kind == Kind::scanner && !net::ScannerAddress::parse(value)) return std::nullopt;
  const bool one_word = split_words(value).size() == 1;
  const bool known_language = normal == "en" || normal == "fr";
  if ((kind == Kind::language && !known_language) || (kind == Kind::relay && !is_relay(value)) ||
      (kind == Kind::word && !one_word) || (kind == Kind::choice && !is_choice(key.choices, normal)) ||
      normal.empty()) {
    return std::nullopt;
  }
  return normal;
}

std::string range_of(const KeySpec& key) {
  return "must be a number from " + std::to_string(key.minimum) + " to " + std::to_string(key.maximum);
}

// Empty: taken. Otherwise what is wrong.
std::string assign(const KeySpec& key, std::string_view value, SiteConfig& config) {
  if (key.kind == Kind::number) {
    const std::optional<std::uint64_t> number = parse_number(value);
    if (!number || *number > static_cast<std::uint64_t>(key.maximum)) return range_of(key);
    if (static_cast<std::int64_t>(*number) < key.minimum) return range_of(key);
    config.*key.number = static_cast<std::int64_t>(*number);
    return {};
  }
  std::optional<std::string> normal = normalise(key, value);
  if (!normal) return "'" + printable(value, 80) + "' is not acceptable (" + std::string(key.description) + ")";
  config.*key.text = std::move(*normal);
  return {};
}

// A comment begins with '#' at the start of a line or behind a blank.
std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '#' && (i == 0 || is_blank(line[i - 1]))) return line.substr(0, i);
  }
  return line;
}

Error misconfigured(std::size_t line, const std::string& why) {
  const std::string place = line == 0 ? "" : " line " + std::to_string(line);
  return {ErrorKind::misconfigured, "lists: site.conf" + place + ": " + why};
}

}  // namespace

Result<SiteConfig> SiteConfig::parse(std::string_view text) {
  SiteConfig config;
  std::array<bool, kKeyCount> seen{};
  std::size_t number = 0;
  while (const std::optional<std::string_view> line = next_line(text)) {
    ++number;
    const std::string_view content = trim(without_comment(*line));
    if (content.empty()) continue;
    const std::size_t equals = content.find('=');
    if (equals == std::string_view::npos) return misconfigured(number, "not 'key = value'");
    const std::string_view name = trim(content.substr(0, equals));
    const std::optional<std::size_t> key = find_key(name);
    if (!key) return misconfigured(number, "unknown key '" + printable(name, 80) + "'");
    const std::string where = std::string(kKeys[*key].name) + ": ";
    if (std::exchange(seen[*key], true)) return misconfigured(number, where + "given twice");
    const std::string problem = assign(kKeys[*key], trim(content.substr(equals + 1)), config);
    if (!problem.empty()) return misconfigured(number, where + problem);
  }
  if (config.domain.empty()) return misconfigured(0, "domain is missing");
  if (config.postmaster.empty()) return misconfigured(0, "postmaster is missing");
  return config;
}

std::string SiteConfig::write() const {
  std::string text = "# Settings of this Majlis site: key = value; see majlis-site.conf(5).\n";
  for (const KeySpec& key : kKeys) {
    const std::string value = key.kind == Kind::number ? std::to_string(this->*key.number) : this->*key.text;
    text += "\n# " + std::string(key.description) + "\n" + std::string(key.name) + " =";
    text += value.empty() ? "\n" : " " + value + "\n";
  }
  return text;
}

}  // namespace majlis::lists
