#include "bin/admin/members/csv_line.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "base/text.h"

namespace majlis::bin::admin {
namespace {

constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};

// As spreadsheets, address books and list managers name them, in English and French.
constexpr std::array<std::string_view, 8> kAddressNames = {"address",  "email",         "e-mail",         "mail",
                                                           "courriel", "email address", "e-mail address", "adresse"};
constexpr std::array<std::string_view, 5> kNameNames = {"name", "full name", "display name", "realname", "nom"};

// Takes a quoted cell off the front of `rest`, whose first octet is the quote.
std::optional<std::string> take_quoted(std::string_view& rest) {
  std::string cell;
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (rest[at] != '"') {
      cell += rest[at];
    } else if (rest.substr(at + 1).starts_with('"')) {
      cell += rest[at++];
    } else {
      rest.remove_prefix(at + 1);
      return cell;
    }
  }
  return std::nullopt;
}

std::string take_plain(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  std::string cell(trim(rest.substr(0, end)));
  rest.remove_prefix(end);
  return cell;
}

std::optional<std::size_t> place_of(const std::vector<std::string>& cells, std::span<const std::string_view> names) {
  const auto cell = std::find_if(cells.begin(), cells.end(), [&](const std::string& written) {
    return std::find(names.begin(), names.end(), to_lower_ascii(trim(written))) != names.end();
  });
  if (cell == cells.end()) return std::nullopt;
  return static_cast<std::size_t>(std::distance(cells.begin(), cell));
}

}  // namespace

std::optional<std::vector<std::string>> csv_cells(std::string_view line, char separator) {
  std::vector<std::string> cells;
  for (;;) {
    if (line.starts_with('"')) {
      std::optional<std::string> cell = take_quoted(line);
      if (!cell) return std::nullopt;
      cells.push_back(std::move(*cell));
    } else {
      cells.push_back(take_plain(line, separator));
    }
    if (line.empty()) return cells;
    if (line.front() != separator) return std::nullopt;
    line.remove_prefix(1);
  }
}

std::optional<CsvColumns> csv_columns(std::string_view line) {
  for (const char separator : kSeparators) {
    const auto cells = csv_cells(line, separator);
    if (!cells) continue;
    if (const auto address = place_of(*cells, kAddressNames)) {
      return CsvColumns{separator, *address, place_of(*cells, kNameNames)};
    }
  }
  return std::nullopt;
}

}  // namespace majlis::bin::admin
