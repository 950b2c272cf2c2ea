#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/content/inflate.h"
#include "mail/content/kind.h"

namespace majlis::mail {

// Something in an archive or document.
struct Holding {
  std::string name;         // "" where it has none: macros
  std::vector<Kind> kinds;  // what its octets show; empty where they cannot be seen
};

// What the octets of a file are, and hold.
struct Inspection {
  std::vector<Kind> kinds;        // never empty; several where it can be read as several
  std::vector<Holding> holdings;  // of all archives in it, at any depth
  bool is_listed = true;          // false: it holds what cannot be seen
};

// Looks at the files of one message. All of them together may cost so much: beyond a ceiling, an archive cannot be
// listed.
class Inspector {
 public:
  static constexpr int kMaxDepth = 3;                                  // an archive in an archive in an archive
  static constexpr std::size_t kMaxHoldings = 10'000;                  // in all archives
  static constexpr std::size_t kMaxInflatedOctets = 64 * 1024 * 1024;  // of all archives
  static constexpr std::size_t kMaxOpenedOctets = 16 * 1024 * 1024;    // of one archive in another

  Inspection inspect(std::string_view octets);

 private:
  // Each is told how many archives are around the octets; `found` is of the file as a whole.
  std::vector<Kind> look(std::string_view octets, int depth, Inspection& found);
  Kind open(Kind kind, std::string_view octets, int depth, Inspection& found);
  Kind open_zip(std::string_view octets, int depth, Inspection& found);
  void open_tar(std::string_view octets, int depth, Inspection& found);
  void open_gzip(std::string_view octets, int depth, Inspection& found);
  void take_deflated(const std::vector<std::string>& names, std::string_view compressed, int depth, Inspection& found);
  void take_member(const std::vector<std::string>& names, std::string_view octets, int depth, Inspection& found);
  bool add(const std::vector<std::string>& names, const std::vector<Kind>& kinds, Inspection& found);
  Inflated inflate(Stream form, std::string_view compressed, std::size_t most);

  std::size_t holdings_left_ = kMaxHoldings;
  std::size_t inflated_left_ = kMaxInflatedOctets;
};

}  // namespace majlis::mail
