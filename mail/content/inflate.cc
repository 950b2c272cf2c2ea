#include "mail/content/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace majlis::mail {
namespace {

constexpr int kRaw = -MAX_WBITS;
constexpr int kGzip = MAX_WBITS + 16;
constexpr std::size_t kFirstStep = 4096;
constexpr std::size_t kMaxStep = 1024 * 1024;
constexpr std::size_t kMaxInput = std::numeric_limits<uInt>::max();

class Reader {
 public:
  Reader(std::string_view compressed, int window_bits) {
    // zlib's interface takes no const; it does not write there.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(compressed.data()));
    stream_.avail_in = static_cast<uInt>(std::min(compressed.size(), kMaxInput));
    is_open_ = inflateInit2(&stream_, window_bits) == Z_OK;
  }
  ~Reader() {
    if (is_open_) inflateEnd(&stream_);
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  bool is_open() const { return is_open_; }
  bool has_input() const { return stream_.avail_in > 0; }
  bool begin_next() { return inflateReset(&stream_) == Z_OK; }

  // Appends at most `most` octets; what inflate(3) said.
  int read(std::string& out, std::size_t most) {
    const std::size_t before = out.size();
    out.resize(before + most);
    stream_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream_.avail_out = static_cast<uInt>(most);
    const int said = inflate(&stream_, Z_NO_FLUSH);
    out.resize(before + most - stream_.avail_out);
    return said;
  }

 private:
  z_stream stream_{};
  bool is_open_ = false;
};

}  // namespace

Inflated inflate(Stream form, std::string_view compressed, std::size_t max_octets) {
  Inflated result;
  Reader reader(compressed, form == Stream::raw ? kRaw : kGzip);
  if (!reader.is_open()) return result;
  std::size_t step = kFirstStep;
  for (;;) {
    const int said = reader.read(result.octets, std::min(step, max_octets - result.octets.size()));
    if (said == Z_STREAM_END) {
      result.is_whole = form == Stream::raw || !reader.has_input();
      if (result.is_whole || !reader.begin_next()) return result;
    } else if (said != Z_OK || result.octets.size() >= max_octets) {
      return result;
    }
    step = std::min(step * 2, kMaxStep);
  }
}

}  // namespace majlis::mail
