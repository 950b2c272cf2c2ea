// Says what is made of pages: html_cleaned < FILE. A line of FILE is "keep" or "remove" (what loads from elsewhere) and
// the page, UTF-8 in hexadecimal; the answer is "active" or "passive" and the cleaned page, likewise.
#include <iostream>
#include <string>

#include "base/text.h"
#include "mail/html/clean.h"
#include "pages.h"

using majlis::mail::RemoteContent;

int main() {
  std::string word, written;
  while (std::cin >> word >> written) {
    const RemoteContent remote = word == "remove" ? RemoteContent::remove : RemoteContent::keep;
    const std::string page = majlis::bytes_of_hex(written);
    const bool is_active = is_active_page({.text = page, .charset = "utf-8"}, remote);
    std::cout << (is_active ? "active " : "passive ") << majlis::hex(majlis::mail::clean_page(page, remote)) << "\n";
  }
  return 0;
}
