#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "lists/site/list.h"

// The files of a list's archive: one of each kind a month, "2026-11" and an ending.
namespace majlis::lists {

constexpr std::string_view kMboxEnding = ".mbox";
constexpr std::string_view kArchiveIndexEnding = ".idx";

bool is_month(std::string_view name);  // "2026-11"
std::string archive_directory(const List& list);
std::string archive_file(const List& list, std::string_view month, std::string_view ending);
// Of which there is an mbox file, in order.
Result<std::vector<std::string>> archive_months(const List& list);

// The octets of a file from `at` on, at most `most`; "" at its end.
Result<std::string> read_piece(int fd, std::uint64_t at, std::size_t most, const std::string& path);

}  // namespace majlis::lists
