#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <zlib.h>

namespace majlis::mail {

// Archives for tests, well-formed where nothing else is asked for.

inline std::string little(std::uint64_t value, unsigned octets) {
  std::string out;
  for (unsigned i = 0; i < octets; ++i, value >>= 8U) out += static_cast<char>(value & 0xFFU);
  return out;
}

inline std::string deflated(std::string_view text, int window_bits = -MAX_WBITS) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string in(text), out(deflateBound(&stream, static_cast<uLong>(text.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string gzipped(std::string_view text) { return deflated(text, MAX_WBITS + 16); }

struct ZipFile {
  std::string name;
  std::string content;
  bool is_deflated = false;
  bool is_encrypted = false;
  std::string local_name = {};  // where it differs
  std::string extra = {};
};

inline std::string zip_of(const std::vector<ZipFile>& files) {
  std::string out, directory;
  for (const ZipFile& file : files) {
    const std::string data = file.is_deflated ? deflated(file.content) : file.content;
    const std::string& local = file.local_name.empty() ? file.name : file.local_name;
    const auto head = [&](std::string_view name) {
      return little(file.is_encrypted ? 1 : 0, 2) + little(file.is_deflated ? 8 : 0, 2) + little(0, 8) +
             little(data.size(), 4) + little(file.content.size(), 4) + little(name.size(), 2) +
             little(file.extra.size(), 2);
    };
    directory += "PK\x01\x02" + little(20, 2) + little(20, 2) + head(file.name) + little(0, 10) +
                 little(out.size(), 4) + file.name + file.extra;
    out += "PK\x03\x04" + little(20, 2) + head(local) + local + file.extra + data;
  }
  const std::size_t at = out.size();
  return out + directory + "PK\x05\x06" + little(0, 4) + little(files.size(), 2) + little(files.size(), 2) +
         little(directory.size(), 4) + little(at, 4) + little(0, 2);
}

inline std::string tar_entry(std::string_view name, std::string_view content, char type = '0') {
  std::string header(512, '\0');
  const auto put = [&](std::size_t at, std::string_view text) { header.replace(at, text.size(), text); };
  const auto octal = [](std::size_t value, unsigned digits) {
    std::string text;
    for (unsigned i = digits; i-- > 0;) text += static_cast<char>('0' + ((value >> (3 * i)) & 7U));
    return text;
  };
  put(0, name.substr(0, 100));
  put(124, octal(content.size(), 11));
  put(148, "        ");
  header[156] = type;
  put(257, std::string_view("ustar\0"
                            "00",
                            8));
  std::size_t sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, octal(sum, 6) + std::string(1, '\0'));
  std::string padded(content);
  padded.resize((padded.size() + 511) / 512 * 512, '\0');
  return header + padded;
}

inline std::string tar_of(const std::vector<std::pair<std::string, std::string>>& files) {
  std::string out;
  for (const auto& [name, content] : files) out += tar_entry(name, content);
  return out + std::string(1024, '\0');
}

// An OLE directory entry at a sector's start, behind a head.
inline std::string ole_of(const std::vector<std::string>& names, std::string_view class_id = {}) {
  std::string out = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(504, '\0');
  const auto entry = [&](std::string_view name, char type, std::string_view id) {
    std::string octets(128, '\0');
    for (std::size_t i = 0; i < name.size(); ++i) octets[2 * i] = name[i];
    octets[64] = static_cast<char>(2 * name.size() + 2);
    octets[66] = type;
    octets.replace(80, id.size(), id);
    return octets;
  };
  out += entry("Root Entry", 5, class_id);
  for (const std::string& name : names) out += entry(name, 2, {});
  return out;
}

}  // namespace majlis::mail
