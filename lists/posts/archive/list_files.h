#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/site/list.h"
#include "mail/composer.h"
#include "store/database.h"

namespace majlis::lists {

constexpr std::size_t kMaxFilesShown = 500;

// A file that may be asked for by mail: in the list's folder `files`, or a month of its archive ("2026-11"), or the
// index of one ("2026-11.idx").
struct ListFile {
  std::string name;
  std::string path;
  std::uint64_t octets = 0;  // of an archive month: those that are committed, whatever lies behind them
  std::optional<std::uint64_t> posts =
      {};  // of an archive month that has an index (lists/posts/archive/archive_index.h)
};

// One visible name inside one folder: valid UTF-8 without control characters, '/' or '\', not beginning with '.' or
// '-', at most 100 octets, and none under which a file is being written (base/temporary_name.h).
bool is_file_name(std::string_view name);

// Sorted by name, at most kMaxFilesShown; only regular files: what a link points to is nobody's business.
Result<std::vector<ListFile>> files_of(const store::View& state, const List& list);
Result<std::optional<ListFile>> find_list_file(const store::View& state, const List& list, std::string_view name);
Result<std::string> read_list_file(const ListFile& file);

// With the type and charset its content shows: text, a month of mail that is no text, or octets. A month that is text
// is one, with ".txt" behind its name.
mail::Attachment as_attachment(const std::string& name, std::string bytes);

}  // namespace majlis::lists
