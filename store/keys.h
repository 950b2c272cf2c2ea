#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "mail/address.h"

// Keys of the one tree. The first octet names the table; parts follow so that octet order is the order of the parts:
// a text part ends with 00 01 (a NUL inside is written 00 FF), a number or time is 8 octets big-endian.
namespace majlis::store {

enum class Table : char {
  index = 'A',              // address, list -> empty row
  counted = 'B',            // list (and a blank and a word: store/roster.cc) -> number of members of a kind
  members = 'C',            // list -> number of members
  due = 'D',                // kind, time, list, id -> empty row
  expiry = 'E',             // time, key of another row -> empty row
  fact = 'F',               // name -> number
  change = 'G',             // -> change number
  pending_item = 'H',       // list, id -> PendingItem
  item = 'I',               // list, kind, id -> DueItem
  pending_id = 'J',         // id, list of a pending item -> empty row
  counter = 'K',            // key, window length, window start -> count
  bounce = 'L',             // list, address -> BounceRecord
  roster = 'M',             // list, address -> Member
  reference = 'N',          // list, unkeyed member reference, address -> empty row
  archive = 'O',            // list, month -> octets
  pending_digest = 'P',     // list -> PendingDigest
  report = 'Q',             // list, kind, address -> ReportEntry
  receipt = 'R',            // fingerprint -> Receipt
  seen = 'S',               // list, digest
  token = 'T',              // canonical token
  keyed_reference = 'U',    // list, keyed member reference, address -> empty row
  trace = 'V',              // key, time, number -> text
  pending_about = 'W',      // list, kind, address, id of a pending item -> empty row
  ban = 'X',                // list (empty: the site), whether '*' is in it, pattern -> Ban
  domain_policy = 'Y',      // domain -> what is known of its DMARC policy
  personal_password = 'b',  // address -> PersonalPassword
  consent = 'c',            // list, address of a member -> Consent
  accepted = 'a',           // list, address of a member -> how many of its posts passed
  thread = 'Z',             // list, digest of a Message-ID -> when its thread began
};

// Longer parts cannot be stored: keys must stay well below a page for the tree to be flat.
constexpr std::size_t kMaxKeyPartOctets = 1024;

class Key {
 public:
  explicit Key(Table table) : octets_(1, static_cast<char>(table)) {}

  Key& text(std::string_view part);
  Key& number(std::uint64_t value);
  Key& time(UnixTime value);  // earlier times sort first, negative ones too
  // Reversed domain, then local part: neighbours in the tree are neighbours on the way.
  Key& address(const mail::Address& address);
  Key& raw(std::string_view key);  // a whole key as the last part

  // The part that address() adds, to be put together once for several keys.
  static Key part_of(const mail::Address& address);
  Key& part(const Key& part);

  const std::string& octets() const { return octets_; }
  bool is_too_long() const { return too_long_; }

 private:
  Key() = default;
  std::string octets_;
  bool too_long_ = false;
};

// "lists.example.org" -> "org.example.lists"
std::string reversed_domain(std::string_view domain);

// The next part of `rest`, which moves behind it; nullopt when it is malformed.
std::optional<std::string> take_text(std::string_view& rest);
std::optional<UnixTime> take_time(std::string_view& rest);

// A cursor (records.h) for the place of a whole roster key; nullopt when it is none.
std::optional<std::string> cursor_of_key(std::string_view list, std::string_view key);
// The key strictly behind which the walk goes on; nullopt when the text is no cursor.
std::optional<std::string> key_of_cursor(std::string_view list, std::string_view cursor);

}  // namespace majlis::store
