// Gives a fuzz target files instead of a fuzzer: every file named, and every file below a folder named.
//
//   NAME_fuzz FILE|FOLDER...      exit status 77 (skipped) when there is nothing to read
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace {

constexpr int kSkipped = 77;

void replay(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

std::size_t replay_all(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) {
    std::printf("%s is not there: left out\n", path.c_str());
    return 0;
  }
  if (!std::filesystem::is_directory(path)) return replay(path), 1;
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file()) continue;
    replay(entry.path());
    ++count;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (int i = 1; i < argc; ++i) count += replay_all(argv[i]);
  std::printf("%zu inputs read\n", count);
  return count == 0 ? kSkipped : 0;
}
