#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// The files of another system. They are strangers': links are not followed, pipes not waited for, sizes are bounded.
namespace majlis::foreign {

constexpr std::size_t kMaxTextOctets = 256 * 1024;
constexpr std::size_t kMaxConfigOctets = 1024 * 1024;
constexpr std::size_t kMaxRosterOctets = 256 * 1024 * 1024;
constexpr std::size_t kMaxNamesInFolder = 100'000;

enum class FileType { missing, file, folder, other };
FileType type_of(const std::string& path);  // of a link: other

// The path without links in it, for what a person named on a command line. missing when there is nothing.
Result<std::string> resolved(const std::string& path);

// Sorted; of a folder that is no link. refused: there are more than kMaxNamesInFolder.
Result<std::vector<std::string>> names_in(const std::string& folder);

// A file's text as UTF-8: what is not valid is taken for windows-1252. Errors name the file.
Result<std::string> read_text(const std::string& path, std::size_t max_octets);

std::string_view base_name(std::string_view path);
std::string_view folder_of(std::string_view path);  // "." where there is no '/'

}  // namespace majlis::foreign
