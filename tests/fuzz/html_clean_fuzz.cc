#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/text.h"
#include "mail/coding/decode.h"
#include "mail/html/clean.h"

namespace {

using majlis::mail::RemoteContent;

void require(bool condition) {
  if (!condition) std::abort();
}

// What comes out of any page is text in which nothing is active, and cleaned again it is what it is.
void clean_twice(std::string_view page, RemoteContent remote) {
  const std::string clean = majlis::mail::clean_page(page, remote);
  require(majlis::is_valid_utf8(clean));
  require(!is_active_page({.text = clean, .charset = "utf-8"}, remote));
  require(majlis::mail::clean_page(clean, remote) == clean);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string page = majlis::mail::to_utf8(input, "utf-8");
  (void)is_active_page({.text = page, .charset = ""}, RemoteContent::keep);
  clean_twice(page, RemoteContent::keep);
  clean_twice(page, RemoteContent::remove);
  return 0;
}
