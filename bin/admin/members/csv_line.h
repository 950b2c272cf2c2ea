#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace majlis::bin::admin {

// The cells of one line of CSV (RFC 4180), without their quotes; nullopt where a quoted cell does not end on the line
// or something but the separator stands behind it. Pure, linear.
std::optional<std::vector<std::string>> csv_cells(std::string_view line, char separator);

// Where a table of people has what we want to know.
struct CsvColumns {
  char separator = ',';
  std::size_t address = 0;
  std::optional<std::size_t> name = std::nullopt;
};

// What a table's first line says of its columns, whose names are taken in any case: "email", "e-mail", "address", ...
// and "name". nullopt: it is no such line.
std::optional<CsvColumns> csv_columns(std::string_view line);

}  // namespace majlis::bin::admin
