// Whatever a table of people holds: a line is taken apart or not, no cell is longer than the line, and a line without
// quotes has one cell more than separators.
#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "bin/admin/members/csv_line.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto columns = majlis::bin::admin::csv_columns(text)) {
    const auto cells = majlis::bin::admin::csv_cells(text, columns->separator);
    assert(cells && columns->address < cells->size());
    assert(!columns->name || *columns->name < cells->size());
  }
  for (const char separator : {',', ';', '\t'}) {
    const auto cells = majlis::bin::admin::csv_cells(text, separator);
    if (!cells) continue;
    for (const auto& cell : *cells) assert(cell.size() <= size);
    const auto separators = static_cast<std::size_t>(std::count(text.begin(), text.end(), separator));
    assert(text.find('"') != std::string_view::npos || cells->size() == separators + 1);
  }
  return 0;
}
